"""Lives in the market: offers, endorsements, orders, payments."""

from dataclasses import replace
from datetime import timedelta

from services.chassis.core.calls import Call, event_call
from services.chassis.events.outbox import EventPlace, entries
from services.civic.actor import SYSTEM, CivicActor
from services.civic.standing import Standing
from services.market.paying.payments import usecases as payment_cases
from services.market.selling.amounts import UNIT
from services.market.selling.listings import contract as listing_shapes
from services.market.selling.listings import usecases as listing_cases
from services.market.selling.listings.usecases import REMEMBERED
from services.market.selling.orders import contract as order_shapes
from services.market.selling.orders import usecases as order_cases
from services.market.selling.orders.model import OrderTerms
from tests.county.officials import acting
from tests.county.people import name_of, phone_of
from tests.county.scene import Scene, standing_in

GOODS = ("猕猴桃", "黑茶", "土鸡蛋", "腊肉", "蜂蜜", "竹编", "红薯粉", "花椒", "枇杷", "生态米")
FATES = {"received": 84, "paid": 5, "shipped": 1, "cancelled": 10}
"""How many of a hundred orders are in each state: our assumption."""
STOCK = 500


def trade_all(scene: Scene, certified: list, listings: int, orders: int) -> None:
    """Let so many listings be offered and so many orders be placed for those on sale."""
    offered = [_offers(scene, seller, n) for n, seller in enumerate(scene.some(certified, listings))]
    on_sale = [listing for listing in offered if listing.state == "endorsed"]
    fates = scene.chance.choices(list(FATES), FATES.values(), k=orders if on_sale else 0)
    buyers = scene.some(certified, len(fates))
    for number, (buyer, fate) in enumerate(zip(buyers, fates, strict=True)):
        listing = on_sale[number % len(on_sale)]
        if listing.seller_id != buyer.id:
            _orders(scene, buyer, listing, fate)


def _offers(scene: Scene, seller, number: int):
    good = scene.chance.choice(GOODS)
    asked = {"title": f"{good} {name_of(number)}家", "description": "自家出产。" * 5, "unit": "箱"}
    asked |= {"price_fen": scene.chance.randrange(500, 20_000), "stock": STOCK}
    now = scene.later(seller.decided_at, 3)
    people = standing_in(standing=lambda id: Standing(True, False, seller.region, "2019"))
    who = CivicActor(seller.id, "resident", assurance=1)
    listing = listing_cases.offer(
        scene.listings,
        people,
        scene.call("market.offer_produce", asked, who, now, listing_shapes.Listing),
    )
    if scene.chance.random() < 0.1:
        return listing
    village = acting(
        scene.county.official("village_administrator", seller.region), "village_administrator", seller.region
    )
    call = scene.call(
        "market.endorse_listing",
        {"listing_id": listing.id},
        village,
        scene.later(now),
        listing_shapes.Listing,
    )
    return listing_cases.endorse(scene.listings, {}, call)


def _orders(scene: Scene, buyer, listing, fate: str) -> None:
    number = scene.chance.randrange(1_000_000)
    recipient = {"name": name_of(number), "phone": phone_of(number), "address": "成都市测试路 1 号"}
    asked = {"listing_id": listing.id, "quantity": 1, "price_fen": None, "recipient": recipient}
    now = scene.later(max(listing.decided_at, buyer.decided_at), 10)
    if fate == "shipped":  # the clock takes it for received ten days later
        now = scene.county.now - timedelta(days=scene.chance.uniform(3, 6))
    now = now.replace(microsecond=0)
    who = CivicActor(buyer.id, "resident", assurance=1)
    counter = standing_in(
        find_on_sale=scene.listings.get, reserve=lambda order, call: _moved(scene, order, "reserved", call)
    )
    people = standing_in(find=lambda id: {"certified": True})
    call = scene.call("market.place_order", asked, who, now, order_shapes.Order)
    order = order_cases.place(scene.orders, counter, people, lambda *people: None, OrderTerms(), call)
    if fate == "cancelled":
        data = {"order_id": order.id}
        order_cases.cancel(
            scene.orders, scene.call("market.cancel_order", data, who, now, order_shapes.Order)
        )
        _moved(scene, order, "released", call)
        return
    _pays(scene, order, who, now)
    seller = CivicActor(order.seller_id, "resident", assurance=1)
    steps = {"received": ("ship", "receive"), "shipped": ("ship",), "paid": ()}[fate]
    for step in steps:
        now = scene.later(now, 1)
        data = {"order_id": order.id, "way": "carrier", "carrier": "中国邮政", "tracking": f"TEST{number}"}
        actor, shape = (seller, order_shapes.Order) if step == "ship" else (who, order_shapes.OrderRow)
        call = scene.call(f"market.{step}_order", data, actor, now, shape)
        getattr(order_cases, step)(scene.orders, call)


def _pays(scene: Scene, order, buyer: CivicActor, now) -> None:
    provider = standing_in(
        open=lambda payment: {"provider_id": f"p-{payment.id}", "pay_url": f"http://pay.test/{payment.id}"},
        read_callback=lambda body, *signed: body,
    )
    call = scene.call("market.pay_order", {"order_id": order.id}, buyer, now)
    payment = payment_cases.pay_order(scene.payments, scene.orders, provider, call)
    said = {"payment_id": payment.id, "order_id": order.id, "amount_fen": order.amount_fen}
    taken = {"body": {**said, "state": "succeeded"}, "timestamp": "", "signature": ""}
    payment_cases.take_callback(
        scene.payments,
        provider,
        standing_in(),
        scene.call("market.take_payment_callback", taken, SYSTEM, now + timedelta(seconds=5)),
    )
    heard = event_call(f"payment:{payment.id}:3", said, now + timedelta(seconds=6))
    order_cases.take_payment(scene.orders, heard)
    _moved(scene, order, "sold", heard)


def _moved(scene: Scene, order, how: str, call: Call) -> bool:
    """Do what the server computes in `ListingStore.reserve`, `release` and `sell`: counts, hold, event."""
    document = scene.listings.documents.kept[order.listing_id]
    change = {"reserved": (-1, 1, 0), "released": (1, -1, 0), "sold": (0, -1, 1)}[how]
    for name, by in zip(("stock", "reserved", "sold"), change, strict=True):
        document[name] += by * order.quantity
        document["thousandths"] |= {name: 0} if by else {}
    document["sold_out"] = document["stock"] < 1
    state, until = ("held", order.hold_until) if how == "reserved" else (how, call.now + REMEMBERED)
    amount = {"quantity": order.quantity, "quantity_milli": order.quantity_milli}
    hold = {"order_id": order.id, **amount, "state": state, "until": until}
    document["holds"] = [
        one for one in document["holds"] if one["order_id"] != order.id and one["state"] == "held"
    ] + [hold]
    left = {name: document[name] for name in ("stock", "reserved")}
    left |= {f"{name}_milli": count * UNIT for name, count in left.items()}
    told = (f"listing.{how}", {"listing_id": order.listing_id, "order_id": order.id, **amount, **left})
    document["outbox"] += entries(
        "market",
        "listing",
        [told],
        replace(call),
        order.listing_id,
        EventPlace(order.region, order.edition),
        document["version"],
    )
    document["version"] += 1
    return True
