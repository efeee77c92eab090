"""Claims on the made orders in every state, and what buyers and sellers wrote about them."""

from datetime import timedelta

from services.market.selling.claims.contract import DISPUTE_STATES, STATES
from services.market.selling.claims.model import UNFINISHED, Claim
from services.market.selling.claims.store import ClaimStore
from services.market.selling.conversations.model import Conversation, ConversationTerms
from services.market.selling.conversations.store import ConversationStore
from services.market.selling.orders.store import OrderStore


def make_claims(database) -> None:
    """Write one claim and one conversation for each order that was ever paid; those of paid orders are disputed."""
    claims, conversations = ClaimStore(database), ConversationStore(database)
    orders = OrderStore(database)
    paid = [
        orders.from_document(one) for one in database.orders.find({"payment_id": {"$ne": None}}).sort("_id")
    ]
    claims.documents.insert_many(
        [claims.to_document(_claim(order, number)) for number, order in enumerate(paid)]
    )
    conversations.documents.insert_many([conversations.to_document(_conversation(order)) for order in paid])


def _claim(order, number: int) -> Claim:
    state = "disputed" if order.state == "paid" else STATES[number % len(STATES)]
    asked_at = order.paid_at + timedelta(days=1)
    one = Claim(
        id=f"claim-{number:04}", region=order.region, order_id=order.id, number=1, payment_id=order.payment_id,
        buyer_id=order.buyer_id, seller_id=order.seller_id, title=order.title, paid_fen=order.amount_fen, amount_fen=1,
        goods_back=number % 2 == 0, reason="测试理由。", asked_at=asked_at, state=state, edition=order.edition, version=1,
    )  # fmt: skip
    if state in DISPUTE_STATES:
        one.disputed_by, one.disputed_at = "silence", asked_at + timedelta(days=3)
    if state in ("returning", "sent_back", "refunding", "refunded"):
        one.agreed_fen = one.amount_fen
    if state in UNFINISHED:
        one.due = asked_at + timedelta(days=400)
    return one


def _conversation(order) -> Conversation:
    one = Conversation(
        order.id, order.region, order.buyer_id, order.seller_id, order.title, order.paid_at, edition=order.edition, version=1
    )  # fmt: skip
    for number in range(3):
        one.write("buyer", f"什么时候发货？{number}", ConversationTerms(kept_months=1200), order.paid_at)
    return one
