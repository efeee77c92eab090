"""Orders from placing to receipt, for their two parties."""

from gateway.routing import RESIDENTS, Routes
from services.market.orders import contract

routes = Routes("market", "订单 orders")
ONE = "/orders/{order_id}"

routes.add("POST", "/orders", "place_order", contract.PlaceOrder, contract.Order, RESIDENTS, status=201)
routes.add("GET", "/orders", "list_orders", contract.ListOrders, contract.OrderPage, RESIDENTS)
routes.add("GET", ONE, "find_order", contract.FindOrder, contract.Order, RESIDENTS)

STEPS = (
    ("cancellation", "cancel_order", contract.FindOrder),
    ("giving-up", "cancel_sale", contract.CancelSale),
    ("shipment", "ship_order", contract.ShipOrder),
    ("receipt", "receive_order", contract.FindOrder),
)
for step, door, request in STEPS:
    routes.add("POST", f"{ONE}/{step}", door, request, contract.Order, RESIDENTS)
