"""One photo of an offer, for the village that looks at it before it is on sale."""

from gateway.web.declarations import OFFICIALS, WebPage
from gateway.web.photos import of_a_listing

PAGE = WebPage(
    "/work/listings/{listing_id}/photos/{photo_id}", "照片", OFFICIALS, prepare=of_a_listing, gives_file=True
)
