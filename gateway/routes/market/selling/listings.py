"""Offers, their endorsement by the village, and what is on sale."""

import base64

from flask import Request

from gateway.routing import Cached, RawBody, Routes, Upload
from gateway.uploads import streamed
from services.chassis.core.cleaning import is_number
from services.market.selling.listings import contract

routes = Routes("农产品 listings", contract)

PIECE = RawBody("application/octet-stream", query=("number",))
LOOKING_SECONDS = 15.0
"""How long somebody waits until a photo was looked at: its child has 10 seconds, and may wait 5 for its turn; after a silence it is
asked once more."""

SHOWN_AGAIN = "private, max-age=300"
"""Goods are looked at again and again; what was taken away is gone from a phone after five minutes."""


def piece(request: Request) -> dict:
    """Give the piece's number and bytes."""
    number = request.args.get("number", "0")
    given = int(number) if is_number(number) and len(number) < 9 else number
    return {"number": given, "body": base64.b64encode(request.get_data(cache=False)).decode()}


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
routes.post("/listings/{listing_id}/photos/begun", contract.begin_listing_photo, status=201)
routes.put(
    "/listings/{listing_id}/photos/begun/{file_id}/pieces",
    contract.put_listing_photo_piece,
    collect=piece,
    raw=PIECE,
)
routes.post(
    "/listings/{listing_id}/photos",
    contract.add_listing_photo,
    status=201,
    upload=Upload("photo", "begin_listing_photo", "put_listing_photo_piece"),
    seconds=LOOKING_SECONDS,
)
routes.get(
    "/listings/{listing_id}/photos/{photo_id}",
    contract.find_listing_photo,
    media=("image/jpeg",),
    only_media=True,
    finish=streamed("market", SHOWN_AGAIN),
)
routes.delete("/listings/{listing_id}/photos/{photo_id}", contract.remove_listing_photo)
