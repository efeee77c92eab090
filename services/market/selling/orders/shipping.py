"""The rules of shipping an order, and of correcting how it was shipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict

if TYPE_CHECKING:
    from services.market.selling.orders.model import Order

MOST_CORRECTIONS = 5
"""Our default: how often a seller may correct one shipment, of which the buyer is told each time."""


def only_a_paid_order_is_shipped(order: Order) -> None:
    """Nothing is sent before it is paid, or twice."""
    if order.state != "paid":
        raise Conflict(
            "order.not_shippable", "只有已付款、还没发货的订单可以发货，请刷新后再看。", state=order.state
        )


def only_what_is_under_way_is_corrected(order: Order) -> None:
    """Until receipt the buyer looks for the parcel where the seller says."""
    if order.state != "shipped":
        raise Conflict(
            "order.shipment_fixed",
            "只有已发货、还没收货的订单可以更正运单，请刷新后再看。",
            state=order.state,
        )


def a_shipment_is_corrected_a_few_times(order: Order) -> None:
    """A number that changes again and again tells the buyer nothing."""
    if order.corrections >= MOST_CORRECTIONS:
        raise Conflict("order.corrected_too_often", "这个订单的运单已更正多次，请留言告诉买家。")
