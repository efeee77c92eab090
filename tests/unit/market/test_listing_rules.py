"""The rules of offering and endorsing."""

from datetime import UTC, datetime

import pytest
from marshmallow import ValidationError

from services.chassis.core.errors import Conflict, Rejected
from services.market.selling.listings.contract import ChangeListing, OfferProduce
from services.market.selling.listings.model import (
    Listing,
    an_offer_holds_one_step_at_least,
    only_certified_residents_may_sell,
)

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def listing(**given) -> Listing:
    values = {"title": "金果猕猴桃", "description": "现摘", "unit": "箱", "price_fen": 6800, "stock": 5}
    return Listing(id="l1", region="510183103204", seller_id="r1", offered_at=NOW, **{**values, **given})


def test_nobody_sells_before_the_village_vouches_for_them():
    with pytest.raises(Rejected) as refusal:
        only_certified_residents_may_sell(False)
    assert refusal.value.code == "listing.seller_not_certified"
    only_certified_residents_may_sell(True)


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


def test_so_much_costs_the_price_of_its_part_of_a_unit():
    by_half = listing(unit="斤", price_fen=685, step_milli=500)
    assert [by_half.quote(milli) for milli in (500, 1000, 1500)] == [343, 685, 1028]


@pytest.mark.parametrize(("step_milli", "quantity_milli"), [(500, 700), (1000, 500), (2500, 1000)])
def test_nobody_buys_between_two_steps_and_is_told_the_step(step_milli, quantity_milli):
    with pytest.raises(Rejected) as refusal:
        listing(step_milli=step_milli).quote(quantity_milli)
    assert refusal.value.code == "listing.not_in_steps"
    assert f"每份 {step_milli / 1000:g} 箱" in refusal.value.message


def test_what_rounds_to_nothing_is_not_sold():
    with pytest.raises(Rejected) as refusal:
        listing(price_fen=4, step_milli=100).quote(100)
    assert refusal.value.code == "listing.costs_nothing"
    assert listing(price_fen=5, step_milli=100).quote(100) == 1


def test_an_offer_is_sold_out_where_not_even_one_step_is_left():
    assert not listing(stock=0, thousandths={"stock": 500}, step_milli=500).sold_out
    assert listing(stock=0, thousandths={"stock": 499}, step_milli=500).sold_out
    assert listing(stock=2, step_milli=2500).sold_out and listing(stock=0).sold_out
    with pytest.raises(Rejected) as refusal:
        an_offer_holds_one_step_at_least(listing(stock=2, step_milli=2500))
    assert refusal.value.code == "listing.stock_below_step"


def test_a_seller_says_the_stock_anew_in_parts_or_in_whole_units():
    endorsed = listing(state="endorsed", on_sale_since=NOW)
    [(_, fact)] = endorsed.change({"stock_milli": 2500, "step_milli": 500}, NOW)
    assert (endorsed.stock, endorsed.stock_milli, endorsed.state) == (2, 2500, "endorsed")
    assert (fact["stock"], fact["stock_milli"], fact["step_milli"]) == (2, 2500, 500)
    endorsed.change({"stock": 3}, NOW)
    assert (endorsed.stock, endorsed.stock_milli) == (3, 3000)


KIWI = {"title": "金果猕猴桃", "description": "现摘", "unit": "斤", "price_fen": 680}


@pytest.mark.parametrize("stock", [{"stock": 2}, {"stock_milli": 2500}, {"stock": 2, "stock_milli": 2500}])
def test_stock_is_told_in_whole_units_in_parts_or_in_both_alike(stock):
    assert OfferProduce().load({**KIWI, **stock})
    assert ChangeListing().load({"listing_id": "l", **stock})


@pytest.mark.parametrize(
    "stock", [{}, {"stock": 4, "stock_milli": 2500}, {"stock_milli": 0}, {"stock_milli": 0.5}]
)
def test_an_offer_of_nothing_or_of_two_amounts_is_refused(stock):
    with pytest.raises(ValidationError):
        OfferProduce().load({**KIWI, **stock})
