"""What stands in the way of an erasure in market."""

from gateway.routing import Routes
from services.market.civic import contract

routes = Routes("个人信息 privacy", contract)
routes.get("/erasures/obstacles/orders", contract.list_orders_in_the_way)
