"""Orders from placing to receipt, for their two parties; a helper may buy for a ward, not sell."""

from gateway.routing import RESIDENTS, Routes
from services.market.selling.orders import contract

routes = Routes("market", "订单 orders")
ONE = "/orders/{order_id}"

routes.add(
    "POST",
    "/orders",
    "place_order",
    contract.PlaceOrder,
    contract.Order,
    RESIDENTS,
    status=201,
    mandate="orders",
    assurance=0,
)
routes.add(
    "GET", "/orders", "list_orders", contract.ListOrders, contract.OrderPage, RESIDENTS, mandate="orders"
)
routes.add("GET", ONE, "find_order", contract.FindOrder, contract.Order, RESIDENTS, mandate="orders")

STEPS = (
    ("cancellation", "cancel_order", contract.FindOrder, contract.Order, "orders"),
    ("giving-up", "cancel_sale", contract.CancelSale, contract.Order, None),
    ("shipment", "ship_order", contract.ShipOrder, contract.Order, None),
    ("receipt", "receive_order", contract.FindOrder, contract.OrderRow, "orders"),
)
for step, door, request, answer, mandate in STEPS:
    routes.add("POST", f"{ONE}/{step}", door, request, answer, RESIDENTS, mandate=mandate, assurance=0)
