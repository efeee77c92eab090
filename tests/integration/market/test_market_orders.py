"""Orders against the stock: races, crashes, deadlines, and who sees what."""

import threading
from datetime import timedelta

import pytest

from services.chassis.core.calls import write_call
from services.chassis.core.errors import DomainError
from services.civic.actor import ANONYMOUS, CivicActor
from services.market.selling.listings import model, store
from services.market.selling.orders import usecases
from services.market.selling.orders.model import OrderTerms
from tests.integration.market.conftest import BUYER, ENDORSER, OTHER, RECIPIENT, SELLER, at
from tests.integration.market.test_market_helpers import helper

HALF_AN_HOUR = timedelta(minutes=30)


def together(work, many: int) -> list:
    """Run work(number) in many threads that start at the same moment; gives answers and refusals."""
    gate, results = threading.Barrier(many), [None] * many

    def run(number):
        gate.wait(timeout=30)
        try:
            results[number] = work(number)
        except DomainError as refusal:
            results[number] = refusal.code

    threads = [threading.Thread(target=run, args=(number,)) for number in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert None not in results
    return results


@pytest.mark.parametrize("stock", [1, 5])
def test_of_sixteen_buyers_at_once_as_many_get_a_box_as_there_are(market, stock):
    listing = market.on_sale(stock=stock)
    answers = together(lambda number: market.order(listing, quantity=1), 16)
    placed = [one for one in answers if isinstance(one, dict)]
    assert [one["state"] for one in placed] == ["placed"] * stock
    assert [one for one in answers if not isinstance(one, dict)] == ["order.sold_out"] * (16 - stock)
    assert market.counts(listing) == (0, stock, 0)
    market.deliver()
    reserved = [event for event in market.heard if event.name == "market.listing.reserved"]
    assert sorted(event.data["stock"] for event in reserved) == list(range(stock))
    sequences = [event.sequence for event in market.heard if event.subject == listing]
    assert sequences == sorted(set(sequences))
    assert market.counts(listing) == (0, stock, 0)


def test_buyers_of_several_boxes_never_take_more_than_there_are(market):
    listing = market.on_sale(stock=20)
    answers = together(lambda number: market.order(listing, quantity=1 + number % 3), 16)
    taken = sum(one["quantity"] for one in answers if isinstance(one, dict))
    stock, reserved, _ = market.counts(listing)
    assert (stock + reserved, reserved) == (20, taken) and stock >= 0


def test_a_sellers_edits_and_orders_at_once_lose_no_box(market):
    listing = market.on_sale(stock=100)

    def act(number):
        if number % 4:
            return market.order(listing)
        return market.ask(SELLER, "change_listing", listing_id=listing, price_fen=6800)

    assert all(isinstance(one, dict) for one in together(act, 16))
    assert market.counts(listing) == (88, 12, 0)


def test_the_same_key_twice_is_one_order_one_after_the_other_and_at_once(market):
    listing = market.on_sale(stock=5)
    first = market.order(listing, key="k" * 20)
    assert market.order(listing, key="k" * 20) == first
    answers = together(lambda number: market.order(listing, key="m" * 20), 8)
    assert len({one["id"] for one in answers}) == 1
    assert market.counts(listing) == (3, 2, 0)


def test_an_answer_that_got_lost_is_given_again_though_the_listing_is_gone(market):
    listing = market.on_sale()
    first = market.order(listing, key="k" * 20, price_fen=6800)
    market.ask(SELLER, "withdraw_listing", listing_id=listing)
    assert market.order(listing, key="k" * 20, price_fen=6800) == first


def test_a_key_used_for_another_order_is_refused(market):
    listing = market.on_sale()
    market.order(listing, key="k" * 20)
    with pytest.raises(DomainError) as refusal:
        market.order(listing, key="k" * 20, quantity=2)
    assert refusal.value.code == "request.key_used_otherwise"


def test_a_refused_order_stays_refused_under_its_key_and_keeps_no_address(market):
    listing = market.on_sale(stock=1)
    market.order(listing)
    for _ in range(2):
        with pytest.raises(DomainError) as refusal:
            market.order(listing, actor=OTHER, key="k" * 20)
        assert refusal.value.code == "order.sold_out"
    document = market.service.orders.documents.find_one({"buyer_id": OTHER.id})
    assert document["state"] == "sold_out" and RECIPIENT["name"] not in str(document)


def test_rules_of_ordering_are_kept_at_the_door(market):
    listing = market.on_sale()
    wanted = {"listing_id": listing, "quantity": 1, "recipient": RECIPIENT}
    assert market.refused(SELLER, "place_order", **wanted) == "order.own_listing"
    for asked in (wanted, {**wanted, "listing_id": "none"}):
        assert (
            market.refused(CivicActor("stranger", "resident"), "place_order", **asked)
            == "order.buyer_unknown"
        )
    assert market.refused(BUYER, "place_order", **{**wanted, "price_fen": 1}) == "order.price_changed"
    assert market.refused(BUYER, "place_order", **{**wanted, "listing_id": "none"}) == "listing.not_found"
    assert market.refused(BUYER, "place_order", **{**wanted, "quantity": 0}) == "request.invalid"
    for actor in (ENDORSER, ANONYMOUS):
        assert market.refused(actor, "place_order", **wanted) == "access.forbidden"
    market.ask(SELLER, "withdraw_listing", listing_id=listing)
    assert market.refused(BUYER, "place_order", **wanted) == "listing.not_found"


def written_down(market, listing, key="k" * 20):
    """Take step 1 of placing only, as a crash after it would leave it; gives the call and the order."""
    wanted = {"listing_id": listing, "quantity": 1, "price_fen": None, "recipient": RECIPIENT}
    call = write_call("market.place_order", wanted, BUYER, key)
    service = market.service
    stays = service.must_not_leave
    return call, usecases.write_down(
        service.orders, service.listings, service.people, stays, service.order_terms, call
    )


def test_a_crash_before_the_reservation_loses_nothing_and_takes_nothing(market, age):
    listing = market.on_sale(stock=1)
    _, order = written_down(market, listing)
    assert market.sweep_orders() == 0
    age(order.id, timedelta(minutes=2))
    assert market.sweep_orders() == 1
    market.deliver()
    assert (market.state(order.id), market.counts(listing)) == ("abandoned", (1, 0, 0))


def test_a_crash_after_the_reservation_ends_in_an_order_that_can_be_paid(market, age):
    listing = market.on_sale(stock=1)
    call, order = written_down(market, listing)
    assert market.service.listings.reserve(order, call)
    age(order.id, timedelta(minutes=2))
    assert market.sweep_orders() == 1
    market.deliver()
    assert (market.state(order.id), market.counts(listing)) == ("placed", (0, 1, 0))


@pytest.mark.parametrize("reserved", [False, True])
def test_after_a_crash_the_same_key_goes_on_where_it_stopped(market, reserved):
    listing = market.on_sale(stock=1)
    call, order = written_down(market, listing)
    if reserved:
        market.service.listings.reserve(order, call)
    assert market.order(listing, key="k" * 20, price_fen=None)["id"] == order.id
    assert (market.state(order.id), market.counts(listing)) == ("placed", (0, 1, 0))


@pytest.mark.parametrize(
    ("door", "change", "code"),
    [
        ("withdraw_listing", {}, "listing.not_found"),
        ("change_listing", {"price_fen": 9900}, "order.price_changed"),
        ("change_listing", {"stock": 0}, "order.sold_out"),
    ],
)
def test_what_is_not_reserved_is_called_sold_out_only_where_too_little_is_left(market, door, change, code):
    listing = market.on_sale(stock=1)
    call, order = written_down(market, listing)
    market.ask(SELLER, door, listing_id=listing, **change)
    with pytest.raises(DomainError) as refusal:
        usecases.settle(market.service.orders, market.service.listings, order, call)
    assert refusal.value.code == code
    assert refusal.value.detail.get("price_fen") == change.get("price_fen")
    assert market.state(order.id) == ("sold_out" if code == "order.sold_out" else "abandoned")
    assert market.service.orders.get(order.id).recipient is None
    market.deliver()
    assert market.counts(listing) == (change.get("stock", 1), 0, 0)
    with pytest.raises(DomainError) as repeated:
        market.order(listing, key="k" * 20, price_fen=None)
    assert repeated.value.code in (code, "order.abandoned"), "the same key is refused again"


def test_who_resumes_too_late_is_told_to_order_anew_and_not_that_it_is_sold_out(market, age):
    listing = market.on_sale(stock=1)
    _, order = written_down(market, listing)
    age(order.id, timedelta(minutes=2))
    with pytest.raises(DomainError) as refusal:
        market.order(listing, key="k" * 20, price_fen=None)
    assert (refusal.value.code, market.state(order.id)) == ("order.abandoned", "abandoned")
    assert market.counts(listing) == (1, 0, 0)


def test_who_leaves_orders_unpaid_holds_no_more_and_may_again_once_one_is_over(market):
    market.service.order_terms = OrderTerms(most_unpaid=2)
    listing = market.on_sale(stock=9)
    wanted = {"listing_id": listing, "quantity": 1, "recipient": RECIPIENT}
    first = market.order(listing, key="k" * 20)
    market.order(listing, actor=helper())
    for actor in (BUYER, helper()):
        assert market.refused(actor, "place_order", **wanted) == "order.too_many_unpaid"
    assert market.order(listing, key="k" * 20) == first, "what is placed stays placed"
    assert market.order(listing, actor=OTHER)["state"] == "placed"
    market.ask(BUYER, "cancel_order", order_id=first["id"])
    assert market.order(listing)["state"] == "placed"


def test_of_many_orders_of_one_buyer_at_once_no_more_hold_stock_than_may_be_unpaid(market, monkeypatch):
    market.service.order_terms = OrderTerms(most_unpaid=3)
    listing, gate = market.on_sale(stock=20), threading.Barrier(8)
    add = market.service.orders.add

    def all_have_looked_before_any_writes(*asked):
        gate.wait(timeout=30)
        add(*asked)

    monkeypatch.setattr(market.service.orders, "add", all_have_looked_before_any_writes)
    answers = together(lambda number: market.order(listing), 8)
    placed = [one for one in answers if isinstance(one, dict)]
    assert {one for one in answers if not isinstance(one, dict)} == {"order.too_many_unpaid"}
    assert len(placed) <= 3 and market.counts(listing) == (20 - len(placed), len(placed), 0)
    kept = list(market.service.orders.documents.find({"state": "abandoned"}))
    assert len(kept) == 8 - len(placed) and RECIPIENT["name"] not in str(kept)


def test_a_listing_holds_few_orders_at_a_time_and_says_so_without_writing_one(market, monkeypatch):
    for place in (model, store):
        monkeypatch.setattr(place, "MOST_HOLDS", 2)
    listing = market.on_sale(stock=9)
    call, late = written_down(market, listing)
    first = market.order(listing)["id"]
    market.order(listing)
    wanted = {"listing_id": listing, "quantity": 1, "recipient": RECIPIENT}
    assert market.refused(BUYER, "place_order", **wanted) == "order.listing_crowded"
    with pytest.raises(DomainError) as refusal:
        usecases.settle(market.service.orders, market.service.listings, late, call)
    assert (refusal.value.code, market.state(late.id)) == ("order.listing_crowded", "abandoned")
    assert market.service.orders.documents.count_documents({}) == 3
    market.ask(BUYER, "cancel_order", order_id=first)
    market.deliver()
    assert market.refused(BUYER, "place_order", **wanted) == "order.listing_crowded"
    past = {"$set": {"holds.$[one].until": at(-timedelta(minutes=1)).now}}
    market.service.listings.documents.update_one(
        {"_id": listing}, past, array_filters=[{"one.state": "released"}]
    )
    assert market.order(listing)["state"] == "placed", "what is over and past its time no longer counts"
    assert len(market.listing(listing).holds) == 2


def test_a_step_that_wakes_up_late_takes_no_stock(market, age):
    listing = market.on_sale(stock=1)
    call, order = written_down(market, listing)
    assert not market.service.listings.reserve(age(order.id, timedelta(minutes=2)), call)
    assert market.counts(listing) == (1, 0, 0)


def test_a_step_that_wakes_up_after_the_order_was_cancelled_takes_no_stock(market):
    listing = market.on_sale(stock=1)
    call, order = written_down(market, listing)
    usecases.settle(market.service.orders, market.service.listings, order, call)
    market.ask(BUYER, "cancel_order", order_id=order.id)
    market.deliver()
    assert not market.service.listings.reserve(order, call)
    assert market.counts(listing) == (1, 0, 0)


def test_a_refused_order_takes_no_stock_that_comes_back_a_moment_later(market):
    listing = market.on_sale(stock=1)
    first = market.order(listing)["id"]
    call, order = written_down(market, listing)
    refused = market.service.orders.get(order.id)
    market.service.orders.save(refused, refused.sell_out(call.now), at(timedelta(0)))
    market.deliver()
    market.ask(BUYER, "cancel_order", order_id=first)
    market.deliver()
    assert not market.service.listings.reserve(order, call)
    assert market.counts(listing) == (1, 0, 0)


def test_a_reservation_that_slips_in_beside_a_refusal_is_given_back(market):
    listing = market.on_sale(stock=1)
    call, order = written_down(market, listing)
    refused = market.service.orders.get(order.id)
    market.service.orders.save(refused, refused.sell_out(call.now), at(timedelta(0)))
    market.service.listings.reserve(order, call)
    assert market.counts(listing) == (0, 1, 0)
    market.deliver()
    assert market.counts(listing) == (1, 0, 0)
    assert not market.service.listings.reserve(order, call)


def test_an_unpaid_order_expires_and_gives_its_boxes_back_exactly_once(market):
    listing = market.on_sale(stock=3)
    order = market.order(listing, quantity=2)["id"]
    market.sweep_orders(HALF_AN_HOUR - timedelta(seconds=5))
    assert market.state(order) == "placed"
    swept = together(lambda number: market.sweep_orders(HALF_AN_HOUR), 4)
    assert sum(swept) == 1 and market.state(order) == "expired"
    names = market.deliver(copies=3)
    assert names.count("listing.released") == 1
    assert market.counts(listing) == (3, 0, 0)


def test_a_cancelled_order_gives_its_boxes_back_and_the_next_buyer_gets_them(market):
    listing = market.on_sale(stock=1)
    order = market.order(listing)["id"]
    assert market.refused(OTHER, "cancel_order", order_id=order) == "order.not_found"
    assert market.ask(BUYER, "cancel_order", order_id=order)["recipient"] is None
    market.deliver(copies=2)
    assert market.order(listing, actor=OTHER)["state"] == "placed"
    assert market.refused(BUYER, "cancel_order", order_id=order) == "order.not_cancellable"


def test_only_the_two_parties_see_an_order_and_the_seller_no_address_before_payment(market):
    order = market.order(market.on_sale())["id"]
    assert market.ask(BUYER, "find_order", order_id=order)["recipient"] == RECIPIENT
    assert market.ask(SELLER, "find_order", order_id=order)["recipient"] is None
    for who, side in ((SELLER, "seller"), (BUYER, "buyer")):
        (row,) = market.ask(who, "list_orders", side=side)["items"]
        assert row["id"] == order and not {"recipient", "tracking", "reason"} & set(row)
    assert market.ask(SELLER, "list_orders")["items"] == []
    assert market.refused(OTHER, "find_order", order_id=order) == "order.not_found"
    assert market.refused(ENDORSER, "find_order", order_id=order) == "access.forbidden"


def test_orders_in_one_state_are_listed_longest_waiting_first_and_page_by_page(market):
    listing = market.on_sale(stock=5)
    placed = [market.order(listing)["id"] for _ in range(3)]
    market.ask(BUYER, "cancel_order", order_id=placed[1])
    for who, side in ((SELLER, "seller"), (BUYER, "buyer")):
        first = market.ask(who, "list_orders", side=side, state="placed", limit=1)
        rest = market.ask(who, "list_orders", side=side, state="placed", cursor=first["next"])
        assert [row["id"] for row in first["items"] + rest["items"]] == [placed[0], placed[2]]
        (ended,) = market.ask(who, "list_orders", side=side, state="cancelled")["items"]
        assert ended["id"] == placed[1]
        assert [row["id"] for row in market.ask(who, "list_orders", side=side)["items"]] == placed[::-1]
    assert market.ask(OTHER, "list_orders", state="placed")["items"] == []
    assert market.refused(BUYER, "list_orders", state="lost") == "request.invalid"


def test_ended_reservations_are_forgotten_in_time(market):
    listing = market.on_sale(stock=2)
    market.ask(BUYER, "cancel_order", order_id=market.order(listing)["id"])
    market.deliver()
    documents = market.service.listings.documents
    assert len(market.listing(listing).holds) == 1
    documents.update_one({"_id": listing}, {"$set": {"holds.0.until": at(-timedelta(minutes=1)).now}})
    market.ask(BUYER, "cancel_order", order_id=market.order(listing)["id"])
    market.deliver()
    assert [hold["state"] for hold in market.listing(listing).holds] == ["released"]
