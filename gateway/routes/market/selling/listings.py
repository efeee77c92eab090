"""Offers, their endorsement by the village, and what is on sale."""

from gateway.routing import Cached, Routes
from services.market.selling.listings import contract

routes = Routes("农产品 listings", contract)

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
