"""Bad ratings of the own place: what is to be called back, mended, confirmed, and appeals to decide; the most urgent first."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/rating-cases",
    "差评",
    OFFICIALS,
    reads={"cases": Read("GET /rating-cases", passed=("state", "cursor"))},
    prepare=lambda visit: places.of_rows(visit, visit.parts["cases"]),
)
