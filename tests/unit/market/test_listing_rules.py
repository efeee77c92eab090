"""The rules of offering and endorsing."""

from datetime import UTC, datetime

import pytest

from services.chassis.core.errors import Conflict, Rejected
from services.market.selling.listings.model import Listing, only_certified_residents_may_sell

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def listing(**given) -> Listing:
    values = {"title": "金果猕猴桃", "description": "现摘", "unit": "箱", "price_fen": 6800, "stock": 5}
    return Listing(id="l1", region="510183103204", seller_id="r1", offered_at=NOW, **{**values, **given})


@pytest.mark.parametrize("person", [None, {"region": "510183103204", "certified": False}])
def test_nobody_sells_before_the_village_vouches_for_them(person):
    with pytest.raises(Rejected) as refusal:
        only_certified_residents_may_sell(person)
    assert refusal.value.code == "listing.seller_not_certified"


def test_an_endorsed_offer_is_on_sale_from_then_on():
    offered = listing()
    assert offered.endorse("v1", NOW)[0][1]["state"] == "endorsed"
    assert offered.on_sale_since == NOW


@pytest.mark.parametrize("state", ["endorsed", "declined", "withdrawn"])
def test_an_offer_is_decided_once(state):
    for decide in (lambda o: o.endorse("v1", NOW), lambda o: o.decline("v1", "不符", NOW)):
        with pytest.raises(Conflict) as refusal:
            decide(listing(state=state))
        assert refusal.value.code == "listing.decided_already"


@pytest.mark.parametrize("change", [{"title": "红心猕猴桃"}, {"description": "冷库"}, {"unit": "斤"}])
def test_other_words_need_a_new_endorsement(change):
    endorsed = listing(state="endorsed", on_sale_since=NOW)
    [(name, fact)] = endorsed.change(change, NOW)
    assert (name, fact["state"], endorsed.on_sale_since) == ("listing.changed", "offered", None)


def test_another_price_or_stock_needs_no_new_endorsement_and_the_same_words_neither():
    endorsed = listing(state="endorsed", on_sale_since=NOW)
    endorsed.change({"price_fen": 5900, "stock": 9, "title": endorsed.title}, NOW)
    assert (endorsed.state, endorsed.price_fen, endorsed.stock, endorsed.on_sale_since) == (
        "endorsed",
        5900,
        9,
        NOW,
    )


def test_a_withdrawn_offer_stays_withdrawn():
    gone = listing(state="endorsed")
    gone.withdraw()
    for again in (gone.withdraw, lambda: gone.change({"stock": 1}, NOW)):
        with pytest.raises(Conflict) as refusal:
            again()
        assert refusal.value.code == "listing.withdrawn_already"
