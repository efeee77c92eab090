"""What is done with payments: load -> decide -> save, with the provider asked in between."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, DomainError, NotFound, Rejected
from services.market.paying.payments.model import Events, Payment, what_nobody_knows_of
from services.market.selling.parties import bought_by

if TYPE_CHECKING:
    from datetime import datetime

    from services.civic.calls import Call
    from services.market.paying.payments.ledger import Refund
    from services.market.paying.payments.ports import Discrepancies, Orders, OrderToPay
    from services.market.paying.payments.provider import PaymentProvider
    from services.market.paying.payments.store import PaymentStore

log = logging.getLogger("services.market.paying.payments")


def pay_order(payments: PaymentStore, orders: Orders, provider: PaymentProvider, call: Call) -> Payment:
    """Open a payment of the buyer's order; raises Conflict where nothing is to be paid, or Unavailable.

    Written down before the provider hears of it: a crash in between leaves a payment that the sweep settles.
    """
    order = orders.get(call.data["order_id"], scope=bought_by(call.actor))
    payment = payments.find_live(order.id) or _request(payments, order, call)
    if payment.state == "requested":
        events = payment.open(provider.open(payment), call.now)
        payments.save(payment, events, call.without_key())
    return payment


def _request(payments: PaymentStore, order: OrderToPay, call: Call) -> Payment:
    amount_fen, pay_by = order.bill(call.now)
    payment = Payment(
        id=call.new_id("payment"),
        region=order.region,
        edition=order.edition,
        order_id=order.id,
        buyer_id=order.buyer_id,
        amount_fen=amount_fen,
        pay_by=pay_by,
        title=order.title,
        requested_at=call.now,
    )
    try:
        payments.add(payment, payment.request(), call.without_key())
    except Conflict:
        # the same order at the same moment, or a repeat of a key whose payment has failed since
        return payments.find_live(order.id) or payments.get(payment.id)
    return payment


def take_callback(
    payments: PaymentStore, provider: PaymentProvider, discrepancies: Discrepancies, call: Call
) -> Payment:
    """Take the provider's word; a repeated or late one changes nothing, and what nobody here knows of is noted.

    Raises Forbidden for a forged or stale callback, NotFound for an unknown payment, Rejected for another
    amount.
    """
    known: Payment | None = None
    sent = call.data
    said = provider.read_callback(sent["body"], sent["timestamp"], sent["signature"], call.now)
    try:
        payment = known = payments.get(said["payment_id"])
        events = payment.settle(said, call.now)
    except (NotFound, Rejected) as refused:
        discrepancies.note(refused.code.partition(".")[2], said, known, call.now)
        raise
    _save_if_new(payments, payment, events, call)
    if unknown := what_nobody_knows_of(payment, said):
        discrepancies.note(unknown, said, payment, call.now)
    return payment


def ask_refund(payments: PaymentStore, call: Call) -> None:
    """An order's payment is due back; the sweep carries it out."""
    payment = payments.get(call.data["payment_id"])
    _save_if_new(payments, payment, payment.ask_refund(call.now), call)


def ask_partial_refund(payments: PaymentStore, call: Call) -> None:
    """A part of an order's payment is due back; the sweep carries it out. Raises Rejected where it is not there.

    The save under the payment's version is what keeps two at once from giving back more than was paid.
    """
    asked = call.data
    payment = payments.get(asked["payment_id"])
    events = payment.ask_partial_refund(asked["claim_id"], asked["refund_fen"], call.now)
    _save_if_new(payments, payment, events, call)


def _save_if_new(payments: PaymentStore, payment: Payment, events: Events, call: Call) -> None:
    if events:
        payments.save(payment, events, call)


def sweep(payments: PaymentStore, provider: PaymentProvider, call: Call, most: int = 50) -> int:
    """Ask where a callback has not come, and carry refunds out; gives how many payments it changed.

    What brings nothing new is asked later. The provider knows a repeated refund.
    """

    def act(payment: Payment) -> Events:
        events = _news(payment, provider, call.now)
        if not events:
            payments.postpone(payment, payment.next_asking(call.now))
        return events

    return payments.sweep(act, call, most)


def _news(payment: Payment, provider: PaymentProvider, now: datetime) -> Events:
    if payment.owed:
        events = [event for refund in payment.owed for event in _carry_out(payment, refund, provider, now)]
        return events + payment.tell_what_is_owed_too_long(now)
    try:
        said = provider.ask(payment.id)
        return (payment.settle(said, now) if said else []) or payment.lapse(said is not None, now)
    except DomainError as refusal:
        log.error("the provider's word on a payment is of no use", extra=_about(payment, refusal))
        return []


def _carry_out(payment: Payment, refund: Refund, provider: PaymentProvider, now: datetime) -> Events:
    """Ask for one refund; where it is refused it is asked for later, and the others do not wait for it."""
    try:
        return payment.settle(provider.refund(payment, refund), now)
    except DomainError as refusal:
        extra = {**_about(payment, refusal), "refund_id": refund.id}
        log.error("the provider does not carry a refund out", extra=extra)
        return []


def _about(payment: Payment, refusal: DomainError) -> dict:
    """What a log may say of it: a field named `code` is taken for a secret there."""
    return {"payment_id": payment.id, "refusal": refusal.code, "detail": refusal.detail}
