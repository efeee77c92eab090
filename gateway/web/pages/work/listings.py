"""What residents offer and the village has to vouch for: longest waiting first."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/listings",
    "农产品上架",
    OFFICIALS,
    reads={"listings": Read("GET /listings/offers", passed=("state", "cursor"))},
    prepare=lambda visit: places.of_rows(visit, visit.parts["listings"]),
)
