"""Orders from placing to receipt, for their two parties; a helper may buy for a ward, not sell."""

from gateway.routing import Routes
from services.market.selling.orders import contract

routes = Routes("订单 orders", contract)

routes.post("/orders", contract.place_order, status=201)
routes.get("/orders", contract.list_orders)
routes.get("/orders/{order_id}", contract.find_order)

routes.post("/orders/{order_id}/cancellation", contract.cancel_order)
routes.post("/orders/{order_id}/giving-up", contract.cancel_sale)
routes.post("/orders/{order_id}/shipment", contract.ship_order)
routes.patch("/orders/{order_id}/shipment", contract.correct_shipment)
routes.post("/orders/{order_id}/receipt", contract.receive_order)
