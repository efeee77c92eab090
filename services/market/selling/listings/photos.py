"""Photos of listings: sent by the seller, shown to everybody while the listing is on sale.

A listing names the files that it shows. Adding one: the file is looked at and kept, the listing names it, then the clock leaves the
file alone; taking one away goes the other way round. Whoever stops on the way leaves a file that no listing names, which the clock
erases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.scope import scope_filter
from services.civic.files import views
from services.civic.files.receiving import FilePurpose
from services.market.selling.listings.contract import OFFICIALS
from services.market.selling.listings.store import ENDORSED
from services.market.selling.parties import sold_by

if TYPE_CHECKING:
    from services.civic.actor import CivicActor
    from services.civic.calls import Call
    from services.civic.files.receiving import ReceivedFiles
    from services.market.selling.listings.model import Listing
    from services.market.selling.listings.store import ListingStore

MEASURES = ("width", "height", "thumbnail_width", "thumbnail_height")


def begin(listings: ListingStore, files: ReceivedFiles, call: Call) -> dict:
    """Begin to receive a photo; raises NotFound for another's listing, Conflict or Rejected where it takes none."""
    listing = _own(listings, call)
    if not files.has_begun(_of(listing), call):
        listing.takes_a_photo()
    return views.begun(files, files.begin(_of(listing), call))


def put(listings: ListingStore, files: ReceivedFiles, call: Call) -> dict:
    """Take one piece."""
    asked = call.data
    files.put(asked["file_id"], _of(_own(listings, call)), asked["number"], asked["body"])
    return {"file_id": asked["file_id"], "number": asked["number"]}


def add(listings: ListingStore, files: ReceivedFiles, call: Call) -> Listing:
    """Show a photo of which all pieces are there; raises Rejected for what is no photo, or one too many."""
    asked = call.data
    listing = listings.get(asked["listing_id"], call, sold_by(call.actor))
    listing.takes_a_photo()
    file = files.finish(asked["file_id"], _of(listing), asked["size"], asked["sha256"], call)
    photo = {"id": file.id, **{name: getattr(file, name) for name in MEASURES}}
    listings.save(listing, listing.add_photo(photo, call.now), call)
    files.settle(file.id)
    return listing


def remove(listings: ListingStore, files: ReceivedFiles, call: Call) -> Listing:
    """Take a photo away and erase it; raises NotFound for one that is not there."""
    listing, photo_id = (
        listings.get(call.data["listing_id"], call, sold_by(call.actor)),
        call.data["photo_id"],
    )
    events = listing.remove_photo(photo_id)
    files.give_up(photo_id, call)
    listings.save(listing, events, call)
    files.erase(photo_id)
    return listing


def one(listings: ListingStore, files: ReceivedFiles, call: Call) -> dict:
    """Give a photo to whoever may see its listing; raises NotFound to everybody else."""
    listing = listings.get(call.data["listing_id"], scope=_seen_by(call.actor))
    listing.has_photo(call.data["photo_id"])
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
