"""What buyer and seller write to each other about an order."""

from gateway.routing import Routes
from services.market.selling.conversations import contract

routes = Routes("订单留言 conversations", contract)
ABOUT_AN_ORDER = "/orders/{order_id}/messages"

routes.post(ABOUT_AN_ORDER, contract.write_order_message, status=201)
routes.get(ABOUT_AN_ORDER, contract.list_order_messages)
routes.post(f"{ABOUT_AN_ORDER}/reading", contract.read_order_messages)
