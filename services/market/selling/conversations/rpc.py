"""The conversations' endpoints: for the two who write."""

from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.market.selling.conversations import contract, usecases, views
from services.market.selling.conversations.model import Conversation, ConversationTerms
from services.market.selling.conversations.ports import Orders
from services.market.selling.conversations.store import ConversationStore
from services.market.selling.parties import traded_by


class ConversationEndpoints:
    """Messages about orders; `orders` is wired in the service."""

    conversations = Provided(ConversationStore)
    conversation_terms = Provided(ConversationTerms)
    orders: Orders

    @rpc(contract.write_order_message)
    def write_order_message(self, call: Call) -> Conversation:
        mine = traded_by(call.actor)
        return usecases.write(self.conversations, self.orders, self.conversation_terms, mine, call)

    @rpc(contract.list_order_messages)
    def list_order_messages(self, call: Call) -> dict:
        return views.messages(self.conversations, self.orders, call)

    @rpc(contract.read_order_messages)
    def read_order_messages(self, call: Call) -> Conversation:
        return usecases.read(self.conversations, traded_by(call.actor), call)
