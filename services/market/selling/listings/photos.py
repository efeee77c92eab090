"""Photos of listings: sent by the seller, shown to everybody while the listing is on sale.

A listing names the files that it shows; in which order that is written down says `services.civic.files.holding`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.scope import scope_filter
from services.civic.files import holding, views
from services.civic.files.receiving import FilePurpose
from services.market.selling.listings.contract import OFFICIALS
from services.market.selling.listings.store import ENDORSED
from services.market.selling.listings.usecases import only_who_stays_begins
from services.market.selling.parties import sold_by

if TYPE_CHECKING:
    from services.civic.actor import CivicActor
    from services.civic.calls import Call
    from services.civic.files.receiving import ReceivedFiles
    from services.civic.ports import People
    from services.market.selling.listings.model import Listing
    from services.market.selling.listings.store import ListingStore


def begin(listings: ListingStore, people: People, files: ReceivedFiles, call: Call) -> dict:
    """Begin to receive a photo; raises NotFound for another's listing, Conflict or Rejected where it takes none.

    Rejected also where the seller is being erased: what begins nothing new fills nothing new.
    """
    listing = _own(listings, call)
    only_who_stays_begins(people, call)
    return holding.begun(files, _of(listing), listing.takes_a_photo, call)


def put(listings: ListingStore, files: ReceivedFiles, call: Call) -> dict:
    """Take one piece."""
    return holding.piece_taken(files, _of(_own(listings, call)), call)


def add(listings: ListingStore, files: ReceivedFiles, call: Call) -> Listing:
    """Show a photo of which all pieces are there; raises Rejected for what is no photo, or one too many."""
    listing = listings.get(call.data["listing_id"], call, sold_by(call.actor))
    listing.takes_a_photo()
    with holding.held(files, _of(listing), call) as file:
        photo = {"id": file.id, **holding.measures_of(file, "state")}
        listings.save(listing, listing.add_photo(photo, call.now), call)
    return listing


def remove(listings: ListingStore, files: ReceivedFiles, call: Call) -> Listing:
    """Take a photo away and erase it; raises NotFound for one that is not there."""
    listing, photo_id = (
        listings.get(call.data["listing_id"], call, sold_by(call.actor)),
        call.data["photo_id"],
    )
    events = listing.remove_photo(photo_id)
    with holding.given_up(files, [photo_id], call):
        listings.save(listing, events, call)
    return listing


def one(listings: ListingStore, files: ReceivedFiles, call: Call) -> dict:
    """Give a photo to whoever may see its listing; raises NotFound to everybody else."""
    listing = listings.get(call.data["listing_id"], scope=_seen_by(call.actor))
    listing.has_photo(call.data["photo_id"])
    if call.actor.kind != "official" and listing.seller_id != call.actor.subject:
        listing.shows_photo(call.data["photo_id"])
    return views.content(files, call.data["photo_id"], call.data["variant"])


def _own(listings: ListingStore, call: Call) -> Listing:
    return listings.get(call.data["listing_id"], scope=sold_by(call.actor))


def _of(listing: Listing) -> FilePurpose:
    return FilePurpose("listing_photo", listing.id, listing.seller_id, listing.region)


def _seen_by(actor: CivicActor) -> dict:
    """The filter of listings whose photos somebody sees: what is on sale, and the own, or the region's, in every state."""
    if actor.kind == "resident":
        return {"$or": [ENDORSED, sold_by(actor)]}
    if actor.kind == "official":
        return {"$or": [ENDORSED, scope_filter(actor, *OFFICIALS)]}
    return ENDORSED
