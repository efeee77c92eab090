"""Disputes between buyers and sellers that the county has to decide: what is due first on top."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/disputes",
    "退款争议",
    OFFICIALS,
    reads={"disputes": Read("GET /claims/disputes", passed=("state", "cursor"))},
    prepare=lambda visit: places.of_rows(visit, visit.parts["disputes"]),
)
