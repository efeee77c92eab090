"""What is on the public shelf: nothing that is sold out, in the order that is asked for, page by page."""

import itertools
from datetime import timedelta

import pytest

from services.chassis.core.calls import Call, utc_now
from services.chassis.runtime.migrations import migrate
from services.civic.actor import ANONYMOUS
from services.market.selling.listings import views
from services.market.service import Service
from tests.integration.market.conftest import BUYER, ENDORSER, KIWI, OTHER, RECIPIENT, SELLER, VILLAGE


def shelf(market, **wanted) -> list[str]:
    return [one["title"] for one in market.ask(ANONYMOUS, "search_listings", **wanted)["items"]]


def own(market, actor=SELLER, **wanted) -> list[str]:
    return [one["title"] for one in market.ask(actor, "list_own_listings", **wanted)["items"]]


def all_pages(market, **wanted) -> list[str]:
    seen, cursor = [], None
    for _ in range(20):
        page = market.ask(ANONYMOUS, "search_listings", **wanted, limit=2, cursor=cursor)
        seen += [one["id"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            return seen
    raise AssertionError("the pages do not end")


EVERY_SEARCH = [
    {},
    {"text": "猕猴桃"},
    {"region": VILLAGE},
    {"seller_id": SELLER.id},
    {"text": "mht", "region": VILLAGE},
]


@pytest.mark.parametrize("wanted", EVERY_SEARCH)
def test_what_is_sold_out_leaves_the_shelf_and_comes_back_with_what_comes_back(market, wanted):
    listing = market.on_sale(stock=2)
    placed = market.order(listing, quantity=2)
    assert shelf(market, **wanted) == []
    market.ask(BUYER, "cancel_order", order_id=placed["id"])
    market.deliver()
    assert shelf(market, **wanted) == ["金果猕猴桃"]
    market.ask(SELLER, "change_listing", listing_id=listing, stock=0)
    assert shelf(market, **wanted) == []
    market.ask(SELLER, "change_listing", listing_id=listing, stock=1)
    assert shelf(market, **wanted) == ["金果猕猴桃"]


def test_who_has_the_address_of_something_sold_out_is_told_that_nothing_is_left(market):
    listing = market.on_sale(stock=2)
    shown = market.ask(ANONYMOUS, "find_listing_on_sale", listing_id=listing)
    assert (shown["stock"], shown["stock_milli"], shown["sold_out"]) == (2, 2000, False)
    market.order(listing, quantity=2)
    shown = market.ask(ANONYMOUS, "find_listing_on_sale", listing_id=listing)
    assert (shown["stock"], shown["stock_milli"], shown["sold_out"]) == (0, 0, True)
    more = {"listing_id": listing, "quantity": 1, "recipient": RECIPIENT}
    assert market.refused(OTHER, "place_order", **more) == "order.sold_out"


def test_a_seller_finds_every_offer_and_filters_them_by_state_and_by_what_is_left(market):
    market.ask(SELLER, "offer_produce", **{**KIWI, "title": "等待审核"})
    market.on_sale(title="在售")
    market.order(market.on_sale(title="售完", stock=1))
    market.ask(SELLER, "withdraw_listing", listing_id=market.on_sale(title="下架"))
    assert own(market) == ["下架", "售完", "在售", "等待审核"]
    assert own(market, state="endorsed") == ["售完", "在售"]
    assert own(market, state="endorsed", sold_out=True) == ["售完"]
    assert own(market, state="endorsed", sold_out=False) == ["在售"]
    assert own(market, sold_out=True) == ["售完"]
    assert own(market, state="withdrawn") == ["下架"] and own(market, OTHER) == []
    assert market.refused(SELLER, "list_own_listings", state="sold") == "request.invalid"


def test_the_page_of_a_seller_shows_what_everybody_may_see_and_nothing_else(market):
    market.service.people.learn(OTHER.id, 3, {"region": VILLAGE, "certified": True})
    market.on_sale(title="在售")
    market.ask(SELLER, "offer_produce", **{**KIWI, "title": "等待审核"})
    market.ask(SELLER, "withdraw_listing", listing_id=market.on_sale(title="下架"))
    others = market.ask(OTHER, "offer_produce", **{**KIWI, "title": "别家的"})
    market.ask(ENDORSER, "endorse_listing", listing_id=others["id"])
    [one] = market.ask(ANONYMOUS, "search_listings", seller_id=SELLER.id)["items"]
    assert one["title"] == "在售" and not {"seller_id", "reserved", "sold", "state"} & set(one)
    assert shelf(market, seller_id=OTHER.id) == ["别家的"] and shelf(market, seller_id="nobody") == []


def test_what_is_on_sale_is_sorted_by_price_both_ways_and_by_newest(market):
    for title, price in (("贵", 900), ("便宜", 100), ("中等", 500)):
        market.on_sale(title=f"{title}猕猴桃", price_fen=price)
    assert [one[0] for one in shelf(market, sort="price_asc")] == ["便", "中", "贵"]
    assert [one[0] for one in shelf(market, sort="price_desc", text="mht")] == ["贵", "中", "便"]
    assert (
        [one[0] for one in shelf(market)]
        == [one[0] for one in shelf(market, sort="newest")]
        == ["中", "便", "贵"]
    )
    assert market.refused(ANONYMOUS, "search_listings", sort="price") == "request.invalid"


@pytest.mark.parametrize("sort", ["newest", "price_asc", "price_desc"])
def test_pages_hold_everything_once_where_many_have_one_price_and_one_time(market, sort):
    listings = [market.on_sale(price_fen=500) for _ in range(7)]
    at = utc_now().replace(microsecond=0)
    market.service.listings.documents.update_many({}, {"$set": {"on_sale_since": at}})
    seen = all_pages(market, sort=sort)
    assert sorted(seen) == sorted(listings) and len(seen) == 7


def test_a_cursor_of_another_order_is_refused(market):
    for _ in range(3):
        market.on_sale()
    orders = ("newest", "price_asc", "price_desc")
    cursors = {one: market.ask(ANONYMOUS, "search_listings", limit=1, sort=one)["next"] for one in orders}
    for sort, of in itertools.permutations(orders, 2):
        asked = {"limit": 1, "sort": sort, "cursor": cursors[of]}
        assert market.refused(ANONYMOUS, "search_listings", **asked) == "page.cursor_invalid"


@pytest.mark.parametrize("sort", ["newest", "price_asc", "price_desc"])
@pytest.mark.parametrize("wanted", EVERY_SEARCH)
def test_no_order_of_the_shelf_is_sorted_in_memory_and_no_sold_out_offer_is_read_for_it(
    market, plans, wanted, sort
):
    for _ in range(12):
        market.on_sale(stock=1)
    market.on_sale()
    documents = market.service.listings.documents
    for gone in documents.find().sort("_id", 1).limit(12):
        market.order(gone["_id"])
    left = documents.count_documents({"sold_out": False})
    with plans("listings") as seen:
        page = views.search(
            market.service.listings,
            Call(
                {
                    "region": None,
                    "text": None,
                    "seller_id": None,
                    **wanted,
                    "sort": sort,
                    "limit": 20,
                    "cursor": None,
                }
            ),
        )
    [plan] = seen
    assert len(page["items"]) == left and plan["examined"] <= left, plan


def test_a_sellers_lists_go_by_an_index_too(market, plans):
    for _ in range(3):
        market.on_sale()
    asked = {"limit": 1, "cursor": None}
    with plans("listings") as seen:
        for more in (
            {},
            {"state": "endorsed"},
            {"sold_out": False},
            {"state": "endorsed", "sold_out": False},
        ):
            views.own(market.service.listings, Call({**asked, **more}, SELLER))
    assert len(seen) == 4


def test_what_the_version_before_sold_out_leaves_the_shelf_with_the_next_declare(market, database):
    stored, sold = market.on_sale(title="存着"), market.on_sale(title="卖完")
    documents = market.service.listings.documents
    documents.update_many({}, {"$unset": {"sold_out": "", "thousandths": "", "step_milli": ""}})
    assert "2 moved (which listings are sold out)" in migrate(database, Service.migrations)
    assert shelf(market) == ["卖完", "存着"]
    documents.update_one({"_id": sold}, {"$set": {"stock": 0}})
    assert "1 moved (which listings are sold out)" in migrate(database, Service.migrations)
    assert shelf(market) == ["存着"]
    assert "sold out" not in migrate(database, Service.migrations)
    assert market.listing(stored).stock_milli == 5000


def test_nothing_that_expired_long_ago_keeps_an_offer_off_the_shelf(market):
    listing = market.on_sale(stock=1)
    market.order(listing)
    market.sweep_orders(timedelta(hours=1))
    market.deliver()
    assert shelf(market) == ["金果猕猴桃"] and market.counts(listing) == (1, 0, 0)
