"""The messages' doors."""

from services.chassis.actor import ANYONE
from services.chassis.rpc import rpc
from services.chassis.uses import Uses
from services.identity.messages import contract, usecases, views
from services.identity.messages.receipts import Receipts
from services.identity.messages.store import MessageStore, Nonces
from services.identity.messages.texting import Texting


class MessageDoors:
    """A person's own messages, and the providers' receipts."""

    messages = Uses(MessageStore)
    sms_nonces = Uses(Nonces)
    sms_receipts = Uses(Receipts)
    texting = Uses(Texting)

    # no idempotency key: a provider knows none, and its word taken twice changes nothing
    @rpc(contract.TakeReceipt, contract.ReceiptTaken, allow=(ANYONE,))
    def take_sms_receipt(self, call):
        return usecases.take_receipt(self.messages, self.sms_receipts, call)

    @rpc(contract.ListMessages, contract.MessagePage, allow=("resident",))
    def list_messages(self, call):
        return views.own(self.messages, call)
