"""A seller dies, is deactivated or moves: what is on sale, what was ordered, who vouches, and what happens at the same moment."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import utc_now
from services.chassis.core.errors import DomainError
from services.chassis.events.event import Envelope
from services.civic.actor import CivicActor
from tests.integration.edition_switch_events import Adopting
from tests.integration.market.conftest import BUYER, ENDORSER, KIWI, OTHER, RECIPIENT, SELLER, VILLAGE

NEXT_DOOR = "510183103203"
THERE = CivicActor("v2", "official", (Role("village_administrator", NEXT_DOOR),))
ENDS = ["deceased", "deactivated", "erased"]


def becomes(market, told: str, person=SELLER, region: str = VILLAGE, sequence: int = 5, **more) -> None:
    """Let every listener of the market hear it, twice."""
    state = "certified" if told == "moved" else told
    data = {"resident_id": person.id, "state": state, "edition": "2019", **more}
    event = Envelope(
        f"{told}:{person.id}:{sequence}", f"xiangzhi.identity.resident.{told}.v1", "/x", person.id, utc_now(),
        region, sequence, data, "2019",
    )  # fmt: skip
    for _ in range(2):
        market._hear(event)


def moves(market, region: str = NEXT_DOOR, sequence: int = 5) -> None:
    becomes(market, "moved", region=region, sequence=sequence, before=VILLAGE)


@pytest.mark.parametrize("told", ENDS)
def test_what_a_seller_offers_who_is_gone_is_off_sale_and_cannot_be_ordered(market, told):
    waiting, sold = market.ask(SELLER, "offer_produce", **KIWI)["id"], market.on_sale()
    becomes(market, told)
    assert market.refused(OTHER, "find_listing_on_sale", listing_id=sold) == "listing.not_found"
    wanted = {"listing_id": sold, "quantity": 1, "recipient": RECIPIENT}
    assert market.refused(BUYER, "place_order", **wanted) in ("listing.not_found", "departure.no_trade")
    assert {market.listing(id).state for id in (waiting, sold)} == {"withdrawn"}
    assert market.refused(ENDORSER, "endorse_listing", listing_id=waiting) == "listing.decided_already"
    assert market.deliver().count("listing.withdrawn") == 2


def test_orders_that_wait_for_one_who_is_gone_end_and_the_buyer_is_told_why(market):
    order = market.order(market.on_sale())
    becomes(market, "deceased")
    shown = market.ask(BUYER, "find_order", order_id=order["id"])
    assert (shown["state"], shown["ended_by"]) == ("cancelled", "seller") and "卖家的账号" in shown["reason"]
    assert market.refused(BUYER, "pay_order", order_id=order["id"]) == "order.not_payable"
    assert "order.cancelled" in market.deliver()
    assert market.counts(order["listing_id"]) == (5, 0, 0)


def test_what_was_paid_to_one_who_is_gone_goes_back(market, receiver):
    placed = market.order(market.on_sale())
    market.pay(placed)
    receiver.wait_for(2)
    market.deliver()
    becomes(market, "deactivated")
    assert market.state(placed["id"]) == "refunding"
    assert "order.refund_due" in market.deliver()
    assert market.sweep_payments() == 1
    market.deliver()
    shown = market.ask(BUYER, "find_order", order_id=placed["id"])
    assert (shown["state"], shown["ended_by"]) == ("refunded", "seller") and "卖家的账号" in shown["reason"]
    assert market.payment_of(placed) == "refunded"


def test_what_was_shipped_is_received_by_the_clock_as_ever(market):
    order = market.shipped()
    becomes(market, "deceased")
    assert market.state(order["id"]) == "shipped"
    market.sweep_orders(timedelta(days=11))
    assert market.state(order["id"]) == "received"


def test_others_who_sell_are_not_touched(market):
    order = market.order(market.on_sale())
    becomes(market, "deceased", OTHER)
    becomes(market, "deceased", BUYER)
    assert market.state(order["id"]) == "placed" and market.listing(order["listing_id"]).state == "endorsed"


def test_whoever_dies_under_another_entry_sells_nothing_under_the_former_one(market):
    order = market.order(market.on_sale())
    left = replace(OTHER, merged=(SELLER.id,))
    becomes(market, "merged", into=left.id)
    assert market.state(order["id"]) == "placed" and market.listing(order["listing_id"]).state == "endorsed"
    becomes(market, "deceased", left, sequence=9)
    assert market.state(order["id"]) == "cancelled"
    assert market.listing(order["listing_id"]).state == "withdrawn"


@pytest.mark.parametrize("step", ["find_on_sale", "reserve"])
def test_no_order_stands_that_was_placed_while_the_seller_died(market, monkeypatch, step):
    listing, listings = market.on_sale(), market.service.listings
    real = getattr(listings, step)

    def meanwhile(*given):
        done = real(*given)
        monkeypatch.undo()
        becomes(market, "deceased")
        return done

    monkeypatch.setattr(listings, step, meanwhile)
    with pytest.raises(DomainError):
        market.order(listing)
    market.deliver()
    assert {one["state"] for one in market.service.orders.documents.find()} <= {"abandoned", "cancelled"}
    assert market.counts(listing) == (5, 0, 0)


def test_nothing_is_offered_by_one_who_died_at_this_moment(market, monkeypatch):
    real = market.service.listings.add

    def then_dies(*given):
        becomes(market, "deceased")  # heard before the offer stands there
        real(*given)

    monkeypatch.setattr(market.service.listings, "add", then_dies)
    assert market.refused(SELLER, "offer_produce", **KIWI) == "listing.seller_not_certified"
    assert {one["state"] for one in market.service.listings.documents.find()} == {"withdrawn"}


def test_all_that_a_moved_seller_offers_belongs_to_the_new_village(market):
    sold, waiting = market.on_sale(), market.ask(SELLER, "offer_produce", **KIWI)["id"]
    over = market.on_sale()
    market.ask(SELLER, "withdraw_listing", listing_id=over)
    market.deliver()
    moves(market)
    for id in (sold, waiting, over):
        assert market.refused(ENDORSER, "find_listing", listing_id=id) == "listing.not_found"
        assert market.ask(THERE, "find_listing", listing_id=id)["region"] == NEXT_DOOR
    assert market.refused(ENDORSER, "endorse_listing", listing_id=waiting) == "listing.not_found"
    assert market.ask(THERE, "endorse_listing", listing_id=waiting)["state"] == "endorsed"
    market.deliver()
    told = [one for one in market.heard if one.name == "market.listing.changed"]
    assert {one.subject for one in told} == {sold, waiting} and {one.region for one in told} == {NEXT_DOOR}


def test_what_the_old_village_vouched_for_stays_on_sale_until_its_words_change(market):
    listing = market.on_sale()
    moves(market)
    assert market.order(listing)["region"] == NEXT_DOOR
    market.ask(SELLER, "change_listing", listing_id=listing, price_fen=7000)
    assert market.listing(listing).state == "endorsed"
    market.ask(SELLER, "change_listing", listing_id=listing, description="别处收的")
    waiting = [one["id"] for one in market.ask(THERE, "list_listings")["items"]]
    assert waiting == [listing] and market.ask(ENDORSER, "list_listings")["items"] == []


def test_what_is_offered_while_the_seller_moves_is_the_new_villages(market, monkeypatch):
    real = market.service.listings.add

    def then_moves(*given):
        moves(market)
        monkeypatch.undo()
        real(*given)

    monkeypatch.setattr(market.service.listings, "add", then_moves)
    id = market.ask(SELLER, "offer_produce", **KIWI)["id"]
    assert market.listing(id).region == NEXT_DOOR


def test_a_move_that_is_heard_after_a_switch_leads_to_what_the_village_is_then(market):
    listing = market.on_sale()
    Adopting(market.service).move(NEXT_DOOR, "510183103219")
    moves(market)
    found = market.listing(listing)
    assert (found.region, found.edition) == ("510183103219", "2020")


def test_under_a_merged_entry_it_goes_where_the_person_lives_and_moves(market):
    listing = market.on_sale()
    market.service.people.learn(OTHER.id, 3, {"region": NEXT_DOOR, "edition": "2019", "certified": True})
    becomes(market, "merged", into=OTHER.id)
    assert market.listing(listing).region == NEXT_DOOR
    becomes(market, "moved", OTHER, region=VILLAGE, sequence=9, before=NEXT_DOOR)
    assert market.listing(listing).region == VILLAGE
