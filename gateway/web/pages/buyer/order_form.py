"""Order some of an offer: how much and where to, what it costs, all of it once more, and then it is ordered."""

from gateway.web import numbers, words
from gateway.web.declarations import LEFT_OUT, RESIDENTS, Action, Read, WebPage
from gateway.web.later import asked_after
from gateway.web.visit import PageVisit
from services.chassis.core.cleaning import is_number

QUANTITY = "quantity_milli"


def of_the_offer(visit: PageVisit) -> dict:
    """Say which offer, and the price that the buyer saw."""
    seen = visit.sent.get("price_fen", "")
    return {
        "listing_id": visit.path["listing_id"],
        **({"price_fen": int(seen[:9])} if is_number(seen) else {}),
    }


def _quantity(visit: PageVisit) -> dict | None:
    """Ask what it costs once somebody has said how much."""
    typed = visit.sent.get(QUANTITY, "")
    milli = numbers.scaled(typed, 1000, (visit.sent.get("unit", ""),)) if typed else None
    return {QUANTITY: milli} if isinstance(milli, int) else None


def in_whole_steps(visit: PageVisit, asked: dict) -> dict[str, str]:
    """Refuse what is sold in no such part, before it is shown once more."""
    listing = asked_after(visit, listing=PAGE.reads["listing"])["listing"]
    if not listing or asked[QUANTITY] % listing.value["step_milli"] == 0:
        return {}
    step = words.amount(listing.value["step_milli"], listing.value["unit"])
    return {QUANTITY: f"每份 {step}，请按它的整数倍填写。"}


def the_least(visit: PageVisit) -> dict:
    """Offer the least that can be ordered."""
    listing = visit.parts["listing"]
    return {QUANTITY: words.amount(listing.value["step_milli"])} if listing else {}


PAGE = WebPage(
    "/market/{listing_id}/order",
    "下单",
    RESIDENTS,
    reads={
        "listing": Read("GET /listings/{listing_id}"),
        "quote": Read("GET /listings/{listing_id}/quote", _quantity, optional=True),
    },
    acts={
        "order": Action(
            "POST /orders",
            "下单",
            (QUANTITY, "recipient.name", "recipient.phone", "recipient.address"),
            given=of_the_offer,
            needed={QUANTITY: LEFT_OUT},
            starts=the_least,
            check=True,
            looks=in_whole_steps,
            done="已经订到。请在半小时内付款，过时会自动取消。",
            to="/my/orders/{id}",
        )
    },
)
