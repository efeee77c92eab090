"""What is done with listings: load -> decide -> save."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from services.civic.second_look import undone_where_refused
from services.market.civic.rules import who_is_leaving_trades_nothing
from services.market.selling.amounts import to_milli
from services.market.selling.listings.model import (
    Listing,
    an_offer_holds_one_step_at_least,
    only_certified_residents_may_sell,
)
from services.market.selling.parties import sold_by

if TYPE_CHECKING:
    from services.chassis.events.event import Envelope
    from services.civic.calls import Call
    from services.civic.editions.code_crosswalk import CodeCrosswalk
    from services.civic.ports import People
    from services.market.selling.listings.store import ListingStore

REMEMBERED = timedelta(minutes=5)
"""How long an order that is over is kept from taking stock again: longer than orders may take a hold."""


def offer(listings: ListingStore, people: People, call: Call) -> Listing:
    """Offer produce where the seller lives now.

    Raises Rejected where the village does not vouch for the seller, the seller is being erased, or there is less than one step of it.
    How the seller stands is looked at once more when it is written: whoever moved or is leaving was heard of before it stood there.
    """
    standing = people.standing(call.actor.id)
    only_certified_residents_may_sell(standing.certified)
    who_is_leaving_trades_nothing(standing.leaving)
    listing = Listing(
        id=call.new_id("listing"),
        region=standing.region,
        edition=standing.edition,
        seller_id=call.actor.id,
        offered_at=call.now,
        stock=0,
        **{name: value for name, value in call.data.items() if name not in ("stock", "stock_milli")},
    )
    listing.put_on_stock(to_milli(call.data, "stock"))
    an_offer_holds_one_step_at_least(listing)
    listings.add(listing, listing.offer(), call)
    with undone_where_refused(listings, listing, lambda: listing.erase(call.actor.id, call.now), call):
        now = people.standing(call.actor.id)
        only_certified_residents_may_sell(now.certified)
        who_is_leaving_trades_nothing(now.leaving)
    if now != standing:
        listings.follow_seller([call.actor.id], now.region, now.edition, call)
    return listing


def follow_seller(
    listings: ListingStore, people: People, moves: CodeCrosswalk, event: Envelope, call: Call
) -> None:
    """A seller moved: the village that knows the person now is in charge of what is offered.

    Learned first: whoever offers at this moment sees it when looking again.
    """
    people.hear([(event, call)])
    sellers = people.entries_of(call.data["resident_id"])
    listings.follow_seller(sellers, *moves.now(event.region, call.data.get("edition", "")), call)


def follow_survivor(listings: ListingStore, people: People, event: Envelope, call: Call) -> None:
    """A seller's entry was merged: what is offered belongs where the person lives under the entry that is left."""
    people.hear([(event, call)])
    left = people.standing(call.data["into"])
    if left.region:
        sellers = people.entries_of(call.data["resident_id"])
        listings.follow_seller(sellers, left.region, left.edition, call)


def endorse(listings: ListingStore, scope: dict, call: Call) -> Listing:
    """The village vouches for an offer; raises NotFound outside the official's scope, Conflict where it was changed since it was seen."""
    listing = listings.get_to_edit(call.data["listing_id"], call, scope)
    listings.save(listing, listing.endorse(call.actor.id, call.now), call)
    return listing


def decline(listings: ListingStore, scope: dict, call: Call) -> Listing:
    """The village does not vouch and says why; raises NotFound outside the official's scope."""
    listing = listings.get(call.data["listing_id"], call, scope)
    listings.save(listing, listing.decline(call.actor.id, call.data["reason"], call.now), call)
    return listing


def change(listings: ListingStore, call: Call) -> Listing:
    """The seller changes an offer; raises NotFound for another's."""
    listing = listings.get(call.data["listing_id"], call, sold_by(call.actor))
    listings.save(listing, listing.change(call.data, call.now), call)
    return listing


def withdraw(listings: ListingStore, call: Call) -> Listing:
    """The seller takes an offer back; raises NotFound for another's."""
    listing = listings.get(call.data["listing_id"], call, sold_by(call.actor))
    listings.save(listing, listing.withdraw(), call)
    return listing


def end_hold(listings: ListingStore, call: Call) -> None:
    """An order is over or paid: what it took goes back on sale, or counts as sold. Asked again, nothing changes."""
    order = call.data
    end = listings.sell if order["state"] == "paid" else listings.release
    end(order["listing_id"], order["order_id"], to_milli(order, "quantity"), call.now + REMEMBERED, call)


def take_back(listings: ListingStore, call: Call) -> None:
    """A buyer called a paid order off: its boxes go back on sale."""
    order = call.data
    listings.take_back(
        order["listing_id"], order["order_id"], to_milli(order, "quantity"), call.now + REMEMBERED, call
    )
