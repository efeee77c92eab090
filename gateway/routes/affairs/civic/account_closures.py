"""What stands in the way of an erasure in affairs."""

from gateway.routing import RESIDENTS, Routes
from services.affairs.civic import contract

routes = Routes("affairs", "个人信息 privacy")
routes.add(
    "GET",
    "/erasures/obstacles/applications",
    "list_applications_in_the_way",
    None,
    contract.AffairsObstacles,
    RESIDENTS,
)
