"""What stands in the way of an erasure in market."""

from gateway.routing import RESIDENTS, Routes
from services.market.civic import contract

routes = Routes("market", "个人信息 privacy")
routes.add(
    "GET", "/erasures/obstacles/orders", "list_orders_in_the_way", None, contract.MarketObstacles, RESIDENTS
)
