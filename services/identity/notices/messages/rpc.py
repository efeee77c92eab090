"""The messages' operations."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.notices.messages import contract, usecases, views
from services.identity.notices.messages.model import TextMessage
from services.identity.notices.messages.receipts import DeliveryReceipts
from services.identity.notices.messages.store import MessageStore, Nonces
from services.identity.notices.messages.texting import Texting


class MessageEndpoints:
    """A person's own messages, and the providers' receipts."""

    messages = Provided(MessageStore)
    sms_nonces = Provided(Nonces)
    sms_receipts = Provided(DeliveryReceipts)
    texting = Provided(Texting)

    @rpc(contract.take_sms_receipt)
    def take_sms_receipt(self, call: Call) -> TextMessage:
        return usecases.take_receipt(self.messages, self.sms_receipts, call)

    @rpc(contract.list_messages)
    def list_messages(self, call: Call) -> dict:
        return views.own(self.messages, call)
