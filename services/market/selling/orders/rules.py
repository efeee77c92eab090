"""The rules of an order, each named like its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.errors import Conflict, Rejected

if TYPE_CHECKING:
    from datetime import datetime

    from services.market.selling.orders.model import Order
    from services.market.selling.orders.ports import ListingOnSale

MOST_CORRECTIONS = 5
"""Our default: how often a seller may correct one shipment, of which the buyer is told each time."""


def only_known_residents_may_buy(person: dict | None) -> None:
    """Any registered resident may buy, certified or not."""
    if person is None:
        raise Rejected("order.buyer_unknown", "您的注册信息还没有同步到集市，请一分钟后再试。")


def nobody_buys_their_own_listing(listing: ListingOnSale, entries: list[str]) -> None:
    """Orders to oneself, under whichever entry, only make false sales figures (E-Commerce Law, article 17)."""
    if listing.seller_id in entries:
        raise Rejected("order.own_listing", "不能购买自己发布的商品，请选择其他商品。")


def no_helper_sells_to_the_ward(listing: ListingOnSale, helper: list[str]) -> None:
    """Who acts for another does not deal with himself, under whichever entry, in that person's name (民法典 art. 168)."""
    if listing.seller_id in helper:
        raise Rejected("order.helper_sells", "代办人不能替委托人购买自己的商品，请由委托人本人下单。")


def a_buyer_has_few_unpaid_orders(others: int, most: int) -> None:
    """An order keeps goods from everybody else for half an hour and costs nothing: who means it pays before ordering on and on."""
    if others >= most:
        raise Rejected(
            "order.too_many_unpaid",
            f"您已有 {most} 笔订单没有付款，请先付款或取消，再下新的订单。",
            most=most,
        )


def the_price_is_the_one_the_buyer_saw(listing: ListingOnSale, price_fen: int | None) -> None:
    """A price that rose meanwhile is asked again, not charged."""
    if price_fen not in (None, listing.price_fen):
        raise Conflict(
            "order.price_changed", "价格刚刚有变动，请核对新价格后重新下单。", price_fen=listing.price_fen
        )


def the_order_got_its_boxes(order: Order, remaining: int = 0) -> None:
    """The answer to placing an order: it has its boxes, or it is refused, and what is left is said."""
    if order.state == "sold_out":
        raise Conflict(
            "order.sold_out",
            "手慢了，这件商品刚刚卖完或剩余数量不够，请减少数量或选购其他商品。",
            remaining=remaining,
        )
    if order.state == "abandoned":
        raise Conflict("order.abandoned", "上次下单中途断开，没有订到货，请重新下单。")


def only_so_many_orders_stand_behind_a_listing(crowded: bool) -> None:
    """One document holds them all: who comes at a bad moment comes again, and is not told that anything is sold out."""
    if crowded:
        raise Conflict("order.listing_crowded", "下单的人太多，这一次没有订到，请过一会儿重新下单。")


def only_what_is_not_shipped_is_cancelled(order: Order) -> None:
    """The buyer cancels freely until the boxes are on their way; from then on a claim is the way back."""
    if order.state not in ("placed", "paid"):
        raise Conflict(
            "order.not_cancellable",
            "只有还没发货的订单可以取消，请刷新后再看；已发货的请申请退款。",
            state=order.state,
        )


def only_a_paid_order_is_given_up(order: Order) -> None:
    """Once shipped, goods come back by a return, not by giving up the sale."""
    if order.state != "paid":
        raise Conflict(
            "order.not_given_up", "只有已付款、还没发货的订单可以退款取消，请刷新后再看。", state=order.state
        )


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


def only_a_shipped_order_is_received(order: Order) -> None:
    """What was not sent cannot be received."""
    if order.state != "shipped":
        raise Conflict(
            "order.not_receivable", "只有已发货的订单可以确认收货，请刷新后再看。", state=order.state
        )


def only_a_placed_order_is_paid_in_time(order: Order, now: datetime) -> datetime:
    """Stock is kept for 30 minutes; a payment after that would only be refunded: gives the end of them."""
    if order.state != "placed" or order.pay_by is None or now >= order.pay_by:
        raise Conflict("order.not_payable", "这个订单不在待付款状态，请刷新后再看。", state=order.state)
    return order.pay_by
