"""Offers, orders and payments follow their divisions into another edition."""

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.errors import VersionConflict
from services.civic.actor import CivicActor
from services.civic.editions import code_crosswalk
from tests.integration.edition_switch_events import ADOPTION, COUNTY, Adopting
from tests.integration.market.conftest import BUYER, ENDORSER, KIWI, SELLER, VILLAGE

HEIR, COMES = "510183103219", "510183103208"


@pytest.fixture
def adopting(market):
    return Adopting(market.service)


def where(market):
    """Give where everything lies, by collection."""
    stores = market.service.following.stores
    return {
        store.collection: {(one["region"], one.get("edition"), one["regions"][-1]) for one in store.documents.find()}
        for store in stores
        if store.documents.find_one()
    }  # fmt: skip


def test_offers_orders_and_payments_follow_and_say_where_they_were(market, receiver, adopting, monkeypatch):
    monkeypatch.setattr(code_crosswalk, "BATCH", 1)
    made = market.order(market.on_sale())
    market.on_sale()
    market.pay(made)
    adopting.move(VILLAGE, HEIR)
    there = {(HEIR, "2020", HEIR)}
    assert where(market) == {"listings": there, "orders": there, "payments": there}
    was = [{"edition": "2019", "code": VILLAGE}]
    assert market.ask(BUYER, "find_order", order_id=made["id"])["formerly"] == was
    heir = CivicActor("v2", "official", (Role("village_administrator", HEIR),))
    assert market.ask(heir, "find_listing", listing_id=made["listing_id"])["formerly"] == was
    assert market.refused(ENDORSER, "find_listing", listing_id=made["listing_id"]) == "listing.not_found"


def test_what_came_to_a_code_does_not_follow_what_left_it_however_often_it_is_heard(market, adopting):
    market.ask(SELLER, "offer_produce", **KIWI)
    market.service.people.learn(SELLER.id, 3, {"region": COMES, "edition": "2019", "certified": True})
    market.ask(SELLER, "offer_produce", **KIWI)
    adopting.move(COMES, VILLAGE, sequence=2)
    for _ in range(2):
        adopting.move(VILLAGE, HEIR, sequence=3)
        adopting.move(COMES, VILLAGE, sequence=2)
    adopting.all_moved()
    adopting.finish()
    assert where(market) == {"listings": {(HEIR, "2020", HEIR), (VILLAGE, "2020", VILLAGE)}}


def test_who_offers_after_the_move_offers_in_the_new_village_also_with_an_old_copy(market, adopting):
    adopting.move(VILLAGE, HEIR)
    listing = market.on_sale_in(HEIR)
    assert market.order(listing)["region"] == HEIR
    adopting.all_moved()
    adopting.finish()
    assert where(market) == {"listings": {(HEIR, "2020", HEIR)}, "orders": {(HEIR, "2020", HEIR)}}


def test_a_service_that_is_killed_between_two_documents_goes_on_and_moves_none_twice(
    market, adopting, monkeypatch
):
    made = market.order(market.on_sale())
    orders = market.service.following.stores[1]
    with monkeypatch.context() as broken, pytest.raises(VersionConflict):
        broken.setattr(
            type(orders), "follow", lambda *_: (_ for _ in ()).throw(VersionConflict("test.killed", ""))
        )
        adopting.move(VILLAGE, HEIR, sequence=2)
    assert (market.listing(made["listing_id"]).region, orders.get(made["id"]).region) == (HEIR, VILLAGE)
    adopting.move(VILLAGE, HEIR, sequence=2)
    assert (market.listing(made["listing_id"]).region, orders.get(made["id"]).region) == (HEIR, HEIR)
    assert len(market.listing(made["listing_id"]).formerly) == len(orders.get(made["id"]).formerly) == 1


def test_the_market_says_once_that_it_has_followed_and_catches_what_was_written_meanwhile(market, adopting):
    adopting.move(VILLAGE, HEIR)
    market.on_sale_in(HEIR)
    late = {"region": VILLAGE, "regions": [COUNTY, VILLAGE[:9], VILLAGE], "edition": "2019"}
    market.service.listings.documents.update_many({}, {"$set": late})
    for _ in range(2):
        adopting.all_moved()
    assert where(market) == {"listings": {(HEIR, "2020", HEIR)}}
    (told,) = market.service.followed.documents.find_one({"_id": f"market.{ADOPTION}"})["outbox"]
    assert (told["type"], told["data"]) == ("xiangzhi.market.adoption.followed.v1", {"adoption_id": ADOPTION})
    assert told["id"] == f"adoption:market.{ADOPTION}:1"  # no other service tells under this id


def test_after_a_split_the_county_has_the_sellers_offers_and_sales_until_the_seller_is_placed(
    market, adopting
):
    made = market.order(market.on_sale())
    adopting.move(VILLAGE, COMES, HEIR)
    waiting = {(COUNTY, "2020", COUNTY)}
    assert where(market) == {"listings": waiting, "orders": waiting}
    market.ask(SELLER, "offer_produce", **KIWI)
    adopting.place(BUYER.id, HEIR)
    assert where(market) == {"listings": waiting, "orders": waiting}
    adopting.place(SELLER.id, COMES)
    placed = {(COMES, "2020", COMES)}
    assert where(market) == {"listings": placed, "orders": placed}
    assert market.ask(BUYER, "find_order", order_id=made["id"])["region"] == COMES


def test_who_has_read_an_offer_before_it_moved_saves_nothing_over_it(market, adopting):
    offered = market.ask(SELLER, "offer_produce", **KIWI)
    held = market.listing(offered["id"])
    adopting.move(VILLAGE, HEIR)
    with pytest.raises(VersionConflict):
        market.service.listings.save(held, [], market.at_now())
    assert where(market) == {"listings": {(HEIR, "2020", HEIR)}}


def test_an_event_says_in_which_edition_its_region_is_read(market, adopting):
    adopting.move(VILLAGE, HEIR)
    listing = market.on_sale_in(HEIR)
    market.order(listing)
    told = {
        one["type"]: one for one in market.service.listings.documents.find_one({"_id": listing})["outbox"]
    }
    for name in ("endorsed", "reserved"):
        assert (told[f"xiangzhi.market.listing.{name}.v1"]["region"], told[f"xiangzhi.market.listing.{name}.v1"]["edition"]) == (
            HEIR, "2020",
        )  # fmt: skip


def test_the_market_counts_in_a_rehearsal_what_would_move_and_moves_nothing(market, adopting):
    market.order(market.on_sale())
    asked = {"succession_id": "510183-2019-2020", "rehearsal": 1}
    for _ in range(2):
        adopting.tell("identity.succession.rehearsed", sequence=2, codes=[VILLAGE, COMES], **asked)
    (told,) = market.service.followed.documents.find_one({"_id": "market.510183-2019-2020.1"})["outbox"]
    none = dict.fromkeys(("payments", "payment_discrepancies", "claims", "conversations", "departures"), 0)
    counts = {"listings": 1, "orders": 1, **none}
    assert told["data"] == {**asked, "counts": counts}
    assert {place for place, *_ in where(market)["listings"]} == {VILLAGE}
