"""One photo of my offer, also before it is on sale."""

from gateway.web.declarations import RESIDENTS, WebPage
from gateway.web.photos import of_a_listing

PAGE = WebPage(
    "/my/sales/{listing_id}/photos/{photo_id}", "照片", RESIDENTS, prepare=of_a_listing, gives_file=True
)
