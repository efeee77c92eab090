"""Offers, their endorsement by the village, and what is on sale."""

from gateway.file_routes import photo_comes_in, photo_is_shown
from gateway.routing import Cached, Routes
from services.market.selling.listings import contract

routes = Routes("农产品 listings", contract)

SHOWN_AGAIN = "private, max-age=300"
"""Goods are looked at again and again; what was taken away is gone from a phone after five minutes."""

# every movement of stock is an event of the listing, also those that follow an order
# after an adoption they lie in other divisions
TOLD = ("market.listing.*", "market.adoption.followed")

routes.get("/listings", contract.search_listings, cached=Cached(TOLD))
routes.get(
    "/listings/{listing_id}",
    contract.find_listing_on_sale,
    cached=Cached(TOLD, one="listing_id"),
    own=contract.find_listing,
)
routes.get("/listings/{listing_id}/quote", contract.quote_listing, cached=Cached(TOLD, one="listing_id"))
routes.post("/listings", contract.offer_produce, status=201)
routes.patch("/listings/{listing_id}", contract.change_listing)
routes.post("/listings/{listing_id}/withdrawal", contract.withdraw_listing)
routes.get("/listings/mine", contract.list_own_listings)
routes.get("/listings/offers", contract.list_listings)
routes.get("/listings/offers/{listing_id}", contract.find_listing)
routes.post("/listings/{listing_id}/endorsement", contract.endorse_listing)
routes.post(
    "/listings/{listing_id}/refusal", contract.decline_listing, formerly="/listings/{listing_id}/declination"
)
photo_comes_in(
    routes,
    "/listings/{listing_id}/photos",
    contract.begin_listing_photo,
    contract.put_listing_photo_piece,
    contract.add_listing_photo,
)
photo_is_shown(routes, "/listings/{listing_id}/photos/{photo_id}", contract.find_listing_photo, SHOWN_AGAIN)
routes.delete("/listings/{listing_id}/photos/{photo_id}", contract.remove_listing_photo)
