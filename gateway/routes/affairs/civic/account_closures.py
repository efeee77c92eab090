"""What stands in the way of an erasure in affairs."""

from gateway.routing import Routes
from services.affairs.civic import contract

routes = Routes("个人信息 privacy", contract)
routes.get("/erasures/obstacles/applications", contract.list_applications_in_the_way)
