"""Offers, endorsement and the public shelf."""

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import Call
from services.civic.actor import ANONYMOUS, CivicActor
from services.market.selling.listings import views
from services.market.selling.parties import bought_by
from tests.integration.market.conftest import BUYER, ENDORSER, KIWI, OTHER, SELLER, VILLAGE

NEIGHBOUR = CivicActor("v2", "official", (Role("village_administrator", "510183103205"),))
TOWN = CivicActor("t1", "official", (Role("town_administrator", "510183103"),))


def found(market, **wanted):
    return [one["title"] for one in market.ask(ANONYMOUS, "search_listings", **wanted)["items"]]


def test_only_a_certified_resident_sells(market):
    assert market.refused(BUYER, "offer_produce", **KIWI) == "listing.seller_not_certified"
    assert market.refused(CivicActor("stranger", "resident"), "offer_produce", **KIWI) == "assurance.too_low"
    assert market.refused(ENDORSER, "offer_produce", **KIWI) == "access.forbidden"


def test_an_offer_is_on_sale_once_its_own_village_endorsed_it(market):
    offered = market.ask(SELLER, "offer_produce", **KIWI)
    assert found(market) == []
    assert market.refused(ANONYMOUS, "find_listing_on_sale", listing_id=offered["id"]) == "listing.not_found"
    assert market.refused(NEIGHBOUR, "endorse_listing", listing_id=offered["id"]) == "listing.not_found"
    assert market.refused(TOWN, "endorse_listing", listing_id=offered["id"]) == "access.forbidden"
    market.ask(ENDORSER, "endorse_listing", listing_id=offered["id"])
    assert found(market) == ["金果猕猴桃"]


def test_everybody_sees_the_village_and_nothing_else_of_the_seller(market):
    shown = market.ask(ANONYMOUS, "find_listing_on_sale", listing_id=market.on_sale())
    assert shown["region"] == VILLAGE
    assert set(shown) == {
        "id",
        "region",
        "title",
        "description",
        "unit",
        "price_fen",
        "stock",
        "stock_milli",
        "step_milli",
        "sold_out",
        "photos",
        "on_sale_since",
    }


def test_a_declined_offer_tells_the_seller_why_and_nobody_else(market):
    offered = market.ask(SELLER, "offer_produce", **KIWI)
    market.ask(ENDORSER, "decline_listing", listing_id=offered["id"], reason="请注明采摘日期")
    assert market.ask(SELLER, "find_listing", listing_id=offered["id"])["reason"] == "请注明采摘日期"
    assert market.refused(OTHER, "find_listing", listing_id=offered["id"]) == "listing.not_found"
    market.deliver()
    assert "采摘" not in str([event.data for event in market.heard])


def test_changed_words_leave_the_shelf_and_a_changed_price_does_not(market):
    listing = market.on_sale()
    market.ask(SELLER, "change_listing", listing_id=listing, price_fen=5900)
    assert market.ask(ANONYMOUS, "find_listing_on_sale", listing_id=listing)["price_fen"] == 5900
    market.ask(SELLER, "change_listing", listing_id=listing, title="红心猕猴桃")
    assert market.refused(ANONYMOUS, "find_listing_on_sale", listing_id=listing) == "listing.not_found"
    market.ask(ENDORSER, "endorse_listing", listing_id=listing)
    assert found(market, text="红心") == ["红心猕猴桃"] and found(market, text="金果") == []


def test_only_the_seller_changes_and_withdraws(market):
    listing = market.on_sale()
    assert market.refused(OTHER, "change_listing", listing_id=listing, stock=9) == "listing.not_found"
    assert market.refused(OTHER, "withdraw_listing", listing_id=listing) == "listing.not_found"
    assert market.refused(SELLER, "change_listing", listing_id=listing) == "request.invalid"
    market.ask(SELLER, "withdraw_listing", listing_id=listing)
    assert found(market) == []
    assert (
        market.refused(SELLER, "change_listing", listing_id=listing, stock=9) == "listing.withdrawn_already"
    )


def test_what_is_on_sale_is_found_by_region_and_by_words_page_by_page(market):
    for title in ("金果猕猴桃", "红心猕猴桃", "邛崃黑茶"):
        market.on_sale(title=title)
    assert found(market) == ["邛崃黑茶", "红心猕猴桃", "金果猕猴桃"]
    assert found(market, text="猕猴桃", region="510183") == ["红心猕猴桃", "金果猕猴桃"]
    assert found(market, text="茶") == ["邛崃黑茶"]
    assert found(market, region="510183103205") == []
    first = market.ask(ANONYMOUS, "search_listings", text="猕猴", limit=1)
    second = market.ask(ANONYMOUS, "search_listings", text="猕猴", limit=1, cursor=first["next"])
    assert [page["items"][0]["title"] for page in (first, second)] == ["红心猕猴桃", "金果猕猴桃"]
    assert second["next"] is None
    assert market.refused(ANONYMOUS, "search_listings", text="！！") == "listing.search_without_words"


def test_pairs_that_stand_apart_are_not_taken_for_the_word_on_any_page(market):
    for title in ("国中药和中国", "中国中药一", "国中药与中国", "中国中药Ａ", "中国中药三"):
        market.on_sale(title=title)
    titles, cursor = [], None
    for _ in range(3):
        page = market.ask(ANONYMOUS, "search_listings", text="中国中药", limit=1, cursor=cursor)
        titles += [one["title"] for one in page["items"]]
        cursor = page["next"]
    assert titles == ["中国中药三", "中国中药Ａ", "中国中药一"] and cursor is None
    assert found(market, text="中药a 国") == found(market, text="药Ａ") == ["中国中药Ａ"]


def test_a_list_does_not_load_the_orders_behind_a_listing(market):
    listing = market.on_sale()
    market.order(listing)
    assert len(market.listing(listing).holds) == 1
    more = {"limit": 9, "cursor": None}
    for rows in (
        views.search(market.service.listings, Call({**SEARCHES["both"], **more})),
        views.in_scope(market.service.listings, Call({"state": "endorsed", **more}, ENDORSER)),
        views.own(market.service.listings, Call(more, SELLER)),
    ):
        assert [(one.reserved, one.holds) for one in rows["items"]] == [(1, [])]


def test_officials_see_the_offers_of_their_region_longest_waiting_first(market):
    for title in ("第一", "第二"):
        market.ask(SELLER, "offer_produce", **{**KIWI, "title": title})
    for official in (ENDORSER, TOWN):
        titles = [one["title"] for one in market.ask(official, "list_listings")["items"]]
        assert titles == ["第一", "第二"]
    assert market.ask(NEIGHBOUR, "list_listings")["items"] == []


def test_an_offer_sent_twice_under_one_key_is_one_offer(market):
    first, second = (market.ask(SELLER, "offer_produce", key="k" * 20, **KIWI) for _ in range(2))
    assert first == second
    assert len(market.ask(SELLER, "list_own_listings")["items"]) == 1


SEARCHES = {
    "everything": {"region": None, "text": None},
    "region": {"region": "510183103", "text": None},
    "words": {"region": None, "text": "猕猴桃"},
    "both": {"region": VILLAGE, "text": "猕猴桃"},
    "several words": {"region": None, "text": "猴 金果猕 桃"},
}


@pytest.mark.parametrize("wanted", SEARCHES.values(), ids=SEARCHES)
def test_no_search_reads_the_whole_collection_or_sorts(market, plans, wanted):
    for _ in range(3):
        market.on_sale()
    with plans("listings") as seen:
        views.search(market.service.listings, Call({**wanted, "limit": 1, "cursor": None}))
        views.search(market.service.listings, Call({**wanted, "limit": 100, "cursor": None}))
    assert len(seen) == 2


def test_no_list_reads_the_whole_collection_or_sorts(market, plans):
    market.order(market.on_sale())
    more = {"limit": 1, "cursor": None}
    with plans("listings") as seen:
        views.in_scope(market.service.listings, Call({"state": "offered", **more}, ENDORSER))
        views.own(market.service.listings, Call(more, SELLER))
    with plans("orders") as seen_orders:
        market.ask(BUYER, "list_orders", limit=1)
        market.ask(SELLER, "list_orders", side="seller", limit=1)
        market.service.orders.due(Call({}).now, 10)
    with plans("payments") as seen_payments:
        market.service.payments.due(Call({}).now, 10)
        market.service.payments.find_live("o1")
        market.service.payments.find_newest("o1", bought_by(BUYER))
    assert (len(seen), len(seen_orders), len(seen_payments)) == (2, 3, 3)


def test_a_search_by_word_reads_only_the_listings_that_have_it(market, plans):
    for number in range(20):
        market.on_sale(title=f"金果猕猴桃 {number}")
    market.on_sale(title="邛崃黑茶")
    with plans("listings") as seen:
        assert found(market, text="黑茶") == ["邛崃黑茶"]
    assert [plan["examined"] for plan in seen] == [1]
