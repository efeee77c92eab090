"""Offers, their endorsement by the village, and what is on sale."""

from gateway.routing import OFFICIALS, PUBLIC, RESIDENTS, SIGNED_IN, Cached, Routes
from services.market.selling.listings import contract

routes = Routes("market", "农产品 listings")
ONE = "/listings/{listing_id}"

# every movement of stock is an event of the listing, also those that follow an order
# after an adoption they lie in other divisions
TOLD = ("market.listing.*", "market.adoption.followed")

routes.add(
    "GET",
    "/listings",
    "search_listings",
    contract.SearchListings,
    contract.ListingOnSalePage,
    PUBLIC,
    cached=Cached(TOLD),
)
routes.add(
    "GET",
    ONE,
    "find_listing_on_sale",
    contract.FindListing,
    contract.ListingOnSale,
    PUBLIC,
    cached=Cached(TOLD, one="listing_id"),
)
routes.add(
    "POST",
    "/listings",
    "offer_produce",
    contract.OfferProduce,
    contract.Listing,
    RESIDENTS,
    status=201,
    assurance=1,
)
for verb, path, door, request in (
    ("PATCH", ONE, "change_listing", contract.ChangeListing),
    ("POST", f"{ONE}/withdrawal", "withdraw_listing", contract.FindListing),
):
    routes.add(verb, path, door, request, contract.Listing, RESIDENTS, assurance=0)
routes.add(
    "GET", "/listings/mine", "list_own_listings", contract.ListOwnListings, contract.ListingPage, RESIDENTS
)
routes.add("GET", "/listings/offers", "list_listings", contract.ListListings, contract.ListingPage, OFFICIALS)
routes.add(
    "GET",
    "/listings/offers/{listing_id}",
    "find_listing",
    contract.FindListing,
    contract.Listing,
    SIGNED_IN,
)
routes.add(
    "POST", f"{ONE}/endorsement", "endorse_listing", contract.EndorseListing, contract.Listing, OFFICIALS
)
routes.add(
    "POST", f"{ONE}/declination", "decline_listing", contract.DeclineListing, contract.Listing, OFFICIALS
)
