"""What listings tell: offered, endorsed, changed, withdrawn, and every movement of their stock."""

from services.chassis.core.schemas import Id, Whole
from services.chassis.events.event import Event, in_state, public
from services.market.selling.amount_fields import in_thousandths
from services.market.selling.listings.contract import MOST_PRICE, MOST_STEP, MOST_STOCK, STATES


class ListingEvent(Event):
    """What every event of a listing says; `stock` in whole units, a part of one is left out."""

    listing_id = public(Id(required=True))
    seller_id = public(Id(required=True))
    price_fen = public(Whole(1, MOST_PRICE, required=True))
    stock = public(Whole(0, 2 * MOST_STOCK, required=True))
    stock_milli = public(in_thousandths(2 * MOST_STOCK, 0, required=True))
    step_milli = public(Whole(1, MOST_STEP, required=True))


class ListingOffered(ListingEvent):
    """A resident offered produce and waits for the village."""

    name = "market.listing.offered"
    state = in_state("offered")


class ListingEndorsed(ListingEvent):
    """A village vouched for an offer: it is on sale."""

    name = "market.listing.endorsed"
    state = in_state("endorsed")


class ListingDeclined(ListingEvent):
    """A village did not vouch for an offer; the reason stays with the village and the seller."""

    name = "market.listing.declined"
    state = in_state("declined")


class ListingChanged(ListingEvent):
    """A seller changed an offer, with other words its `state` is offered again; or moved, and the event's region is the new village."""

    name = "market.listing.changed"
    state = in_state("offered", "endorsed", "declined")


class ListingPhotoCleared(ListingEvent):
    """The virus scanner found nothing in a photo: it is shown."""

    name = "market.listing.photo_cleared"
    state = in_state(*STATES)
    photo_id = public(Id(required=True))


class ListingPhotoInfected(ListingEvent):
    """The virus scanner found something in a photo: it is erased and not shown; nothing says what was found."""

    name = "market.listing.photo_infected"
    state = in_state(*STATES)
    photo_id = public(Id(required=True))


class ListingWithdrawn(ListingEvent):
    """A seller took an offer back, or the seller's entry ended."""

    name = "market.listing.withdrawn"
    state = in_state("withdrawn")


class StockEvent(Event):
    """What every movement of stock says; `stock` and `reserved` are those after it.

    In whole units: of `stock` and `reserved` a part of one is left out, of `quantity` one that is begun counts; exact under `_milli`.
    """

    listing_id = public(Id(required=True))
    order_id = public(Id(required=True))
    quantity = public(Whole(1, MOST_STOCK, required=True))
    quantity_milli = public(in_thousandths(MOST_STOCK, required=True))
    stock = public(Whole(0, 2 * MOST_STOCK, required=True))
    stock_milli = public(in_thousandths(2 * MOST_STOCK, 0, required=True))
    reserved = public(Whole(0, 2 * MOST_STOCK, required=True))
    reserved_milli = public(in_thousandths(2 * MOST_STOCK, 0, required=True))


class ListingReserved(StockEvent):
    """An order took boxes out of the stock."""

    name = "market.listing.reserved"


class ListingReleased(StockEvent):
    """An order that came to nothing gave its boxes back."""

    name = "market.listing.released"


class ListingSold(StockEvent):
    """The boxes of an order are paid for."""

    name = "market.listing.sold"
