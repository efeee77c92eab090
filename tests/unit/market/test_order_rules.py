"""The rules of an order's life."""

from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.core.errors import Conflict, Rejected
from services.market.selling.orders import contract, model, rules
from services.market.selling.orders.model import Order

NOW = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
RECIPIENT = {"name": "李四", "phone": "13800000000", "address": "成都市某路 1 号"}
LIFE = (
    "placing",
    "placed",
    "paid",
    "shipped",
    "received",
    "sold_out",
    "abandoned",
    "cancelled",
    "expired",
    "refunding",
)


def order(state="placing", **given) -> Order:
    values = {
        "due": NOW,
        "pay_by": NOW + timedelta(minutes=30),
        "payment_id": "p1" if state == "paid" else None,
    }
    return Order(
        id="o1", region="510183103204", listing_id="l1", seller_id="seller", buyer_id="buyer", title="猕猴桃", unit="箱",
        quantity=2, price_fen=6800, amount_fen=13600, recipient=dict(RECIPIENT), created_at=NOW, state=state,
        **{**values, **given},
    )  # fmt: skip


STEPS = {
    "cancel": (lambda o: o.cancel(NOW), {"placed", "paid"}, "order.not_cancellable"),
    "give_up": (lambda o: o.give_up("坏果", NOW), {"paid"}, "order.not_given_up"),
    "ship": (lambda o: o.ship("顺丰", "SF1234", NOW), {"paid"}, "order.not_shippable"),
    "correct_shipment": (
        lambda o: o.correct_shipment("pick_up", None, None),
        {"shipped"},
        "order.shipment_fixed",
    ),
    "receive": (lambda o: o.receive(NOW), {"shipped"}, "order.not_receivable"),
    "bill": (lambda o: o.bill(NOW), {"placed"}, "order.not_payable"),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", LIFE)
def test_each_step_is_taken_from_its_own_state_only(step, state):
    take, allowed, code = STEPS[step]
    if state in allowed:
        assert take(order(state))
        return
    with pytest.raises(Conflict) as refusal:
        take(order(state))
    assert refusal.value.code == code


def test_an_order_is_paid_within_half_an_hour_or_not_at_all():
    placed = order()
    placed.place(NOW)
    assert placed.bill(NOW + timedelta(minutes=29)) == (13600, placed.pay_by)
    with pytest.raises(Conflict):
        placed.bill(NOW + timedelta(minutes=30))


@pytest.mark.parametrize("state", ["cancelled", "expired", "sold_out", "abandoned", "received"])
def test_a_payment_for_an_order_that_is_over_is_due_back(state):
    over = order(state)
    [(name, fact)] = over.pay("p9", NOW)
    assert (name, fact["payment_id"], fact["state"]) == ("order.refund_due", "p9", state)
    assert over.pay("p9", NOW) == []


def test_a_second_payment_of_a_paid_order_is_due_back_and_the_first_told_twice_is_not():
    placed = order("placed")
    assert placed.pay("p1", NOW)[0][0] == "order.paid"
    assert placed.pay("p1", NOW) == []
    assert placed.pay("p2", NOW)[0][0] == "order.refund_due"
    assert (placed.state, placed.payment_id) == ("paid", "p1")


def test_an_order_given_up_is_refunded_by_its_own_payment_only():
    given_up = order("paid")
    given_up.give_up("坏果", NOW)
    assert given_up.refund("another", 13600) == []
    assert given_up.refund("p1", 13600)[0][0] == "order.refunded"
    assert given_up.refund("p1", 13600) == []


def test_a_buyer_who_cancels_after_paying_gets_the_money_back_and_the_seller_is_told_not_to_ship():
    paid = order("paid")
    told = dict(paid.cancel(NOW))
    assert set(told) == {"order.called_off", "order.refund_due"}
    assert told["order.refund_due"]["payment_id"] == "p1"
    assert (paid.state, paid.ended_by, paid.due) == ("refunding", "buyer", None)
    assert paid.refund("p1", 13600)[0][0] == "order.refunded"


def test_a_shipment_is_corrected_a_few_times_and_the_same_once_more_is_no_correction():
    paid = order("paid")
    paid.ship(None, None, NOW, "own_delivery")
    assert paid.correct_shipment("own_delivery", None, None) == []
    for number in range(rules.MOST_CORRECTIONS):
        [(name, _)] = paid.correct_shipment("carrier", "顺丰速运", f"SF{number}234")
        assert name == "order.shipment_corrected"
    with pytest.raises(Conflict, match="corrected_too_often"):
        paid.correct_shipment("pick_up", None, None)
    assert paid.correct_shipment("carrier", "顺丰速运", paid.tracking) == []


@pytest.mark.parametrize(
    ("sent", "fits"),
    [
        ({"carrier": "顺丰速运", "tracking": "SF1234"}, True),
        ({"way": "carrier", "carrier": "某家快递", "tracking": "SF1234"}, True),
        ({"way": "own_delivery"}, True),
        ({"way": "pick_up"}, True),
        ({}, False),
        ({"carrier": "顺丰速运"}, False),
        ({"tracking": "SF1234"}, False),
        ({"way": "pick_up", "tracking": "SF1234"}, False),
        ({"way": "by air"}, False),
    ],
)
def test_a_parcel_has_a_carrier_and_a_number_and_what_goes_from_hand_to_hand_has_neither(sent, fits):
    wrong = contract.ShipOrder().validate({"order_id": "o1", **sent})
    assert (not wrong) == fits


@pytest.mark.parametrize(
    ("phone", "fits"),
    [
        ("13800000000", True),
        ("028-88790000", True),
        ("0838-2206123", True),
        ("02888790000", True),
        ("88790000", False),
        ("12800000000", False),
        ("028-8879", False),
        ("+8613800000000", True),
    ],
)
def test_a_recipient_has_a_mobile_or_a_landline_with_its_area_code(phone, fits):
    assert (not contract.Recipient().validate({**RECIPIENT, "phone": phone})) == fits


def test_a_seller_is_shown_every_state_but_those_that_came_to_nothing():
    assert {*contract.STATES} - {*model.KNOWN_TO_SELLERS} == {"sold_out", "abandoned"}


def test_who_finds_too_little_left_is_told_how_much_there_is():
    with pytest.raises(Conflict) as refusal:
        rules.the_order_got_its_boxes(order("sold_out"), 3)
    assert (refusal.value.code, refusal.value.detail) == ("order.sold_out", {"remaining": 3})


def test_an_address_that_nothing_is_sent_to_is_erased():
    endings = {
        "placing": [lambda o: o.sell_out(NOW), lambda o: o.fall_due(False, NOW)],
        "placed": [lambda o: o.cancel(NOW), lambda o: o.fall_due(False, NOW)],
        "paid": [lambda o: o.give_up("坏果", NOW), lambda o: o.cancel(NOW)],
    }
    for state, ends in endings.items():
        for end in ends:
            ended = order(state)
            end(ended)
            assert ended.recipient is None, ended.state


@pytest.mark.parametrize(
    ("state", "reserved", "becomes"),
    [
        ("placing", True, "placed"),
        ("placing", False, "abandoned"),
        ("placed", True, "expired"),
        ("shipped", False, "received"),
    ],
)
def test_the_clock_acts_on_what_is_due_and_not_before(state, reserved, becomes):
    early = order(state)
    assert early.fall_due(reserved, NOW - timedelta(seconds=1)) == []
    assert early.fall_due(reserved, NOW)[0][0] == f"order.{becomes}"
    assert early.state == becomes


def test_a_shipped_order_counts_as_received_after_ten_days():
    paid = order("paid")
    paid.ship("顺丰", "SF1234", NOW)
    assert paid.fall_due(False, NOW + timedelta(days=10) - timedelta(seconds=1)) == []
    assert paid.fall_due(False, NOW + timedelta(days=10))[0][0] == "order.received"


def test_what_goes_back_after_shipping_is_counted_and_changes_no_state():
    shipped = order("shipped", payment_id="p1")
    assert shipped.refund("another", 13600) == [] and shipped.refunded_fen == 0
    for told, counted in ((3000, 3000), (13600, 13600), (3000, 13600)):
        assert shipped.refund("p1", told) == []
        assert (shipped.state, shipped.refunded_fen) == ("shipped", counted)
    assert order("refunded").refunded_fen == 13600, "the version before told of refunds by the state alone"


def test_a_part_of_the_money_does_not_end_an_order_that_was_given_up():
    given_up = order("paid")
    given_up.give_up("坏果", NOW)
    assert given_up.refund("p1", 13599) == []
    assert given_up.refund("p1", 13600)[0][0] == "order.refunded"


def test_who_leaves_orders_unpaid_places_no_more_of_them():
    rules.a_buyer_has_few_unpaid_orders(4, 5)
    with pytest.raises(Rejected, match="too_many_unpaid"):
        rules.a_buyer_has_few_unpaid_orders(5, 5)


def test_a_helper_sells_to_the_ward_under_none_of_the_own_entries():
    listing = type("Offer", (), {"seller_id": "old"})
    rules.no_helper_sells_to_the_ward(listing, [])
    with pytest.raises(Rejected, match="helper_sells"):
        rules.no_helper_sells_to_the_ward(listing, ["helper", "old"])


@pytest.mark.parametrize("state", LIFE)
def test_the_seller_sees_the_address_from_payment_on(state):
    seen = order(state).seen_by("seller").recipient
    assert (seen is None) == (state in ("placing", "placed"))
    assert order(state).seen_by("buyer").recipient == RECIPIENT


def test_no_event_says_whom_it_is_sent_to():
    placing = order()
    told = str(placing.request()) + str(placing.place(NOW)) + str(placing.pay("p1", NOW))
    told += str(placing.ship("顺丰", "SF1234", NOW))
    assert not [value for value in (*RECIPIENT.values(), "SF1234") if value in told]


def test_buying_needs_a_registration_and_another_ones_listing_at_the_price_that_was_seen():
    listing = type("Offer", (), {"seller_id": "seller", "price_fen": 6800})
    refusals = {
        "order.buyer_unknown": (Rejected, lambda: rules.only_known_residents_may_buy(None)),
        "order.own_listing": (
            Rejected,
            lambda: rules.nobody_buys_their_own_listing(listing, ["me", "seller"]),
        ),
        "order.price_changed": (Conflict, lambda: rules.the_price_is_the_one_the_buyer_saw(listing, 5900)),
    }
    for code, (kind, ask) in refusals.items():
        with pytest.raises(kind) as refusal:
            ask()
        assert refusal.value.code == code
    rules.the_price_is_the_one_the_buyer_saw(listing, None)
