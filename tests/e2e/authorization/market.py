"""The table of the market service; a listing here is the owner's, from 黑虎村, an order the neighbour's of that listing."""

from tests.e2e.authorization.row import Row
from tests.e2e.authorization.seats import ADMINISTRATORS, ANYBODY, EVERYBODY, FOR_HER, HELPER

OFFER = {
    "title": "金果猕猴桃",
    "description": "黑虎村自家果园，当季采摘。",
    "unit": "箱",
    "price_fen": 6800,
    "stock": 9,
}
RECIPIENT = {"name": "王某某", "phone": "13800000000", "address": "四川省成都市某某收发室 8 号"}
SHIPMENT = {"carrier": "中国邮政", "tracking": "EMS1234567"}
LISTING, ORDER = "/listings/{listing_id}", "/orders/{order_id}"


def an_offer(cast) -> dict:
    """An offer that waits for the village."""
    made = cast["owner"].post("/listings", OFFER, expect=201)
    return {"listing_id": made["id"], "id": made["id"]}


def on_sale(cast) -> dict:
    """A listing that the village vouches for."""
    made = an_offer(cast)
    cast["village administrator"].post(f"/listings/{made['id']}/endorsement")
    return made


def an_order_of(made: dict) -> dict:
    """Ask for one box of the listing."""
    return {"listing_id": made["listing_id"], "quantity": 1, "recipient": RECIPIENT}


def placed(cast) -> dict:
    """An order that is not paid yet."""
    made = cast["neighbour"].post("/orders", an_order_of(on_sale(cast)), expect=201)
    return {"order_id": made["id"], "id": made["id"]}


def paying(cast) -> dict:
    """An order whose payment was asked for."""
    made = placed(cast)
    cast["neighbour"].post(f"/orders/{made['id']}/payment", expect=201)
    return made


def paid(cast) -> dict:
    """An order that is paid."""
    made = paying(cast)
    cast.platform.wait_for(lambda: cast["neighbour"].get(f"/orders/{made['id']}")["state"] == "paid", 60)
    return made


def shipped(cast) -> dict:
    """An order on its way."""
    made = paid(cast)
    cast["owner"].post(f"/orders/{made['id']}/shipment", SHIPMENT)
    return made


def on_sale_next_door(cast) -> dict:
    """A listing of the neighbour's that the village vouches for."""
    made = cast["neighbour"].post("/listings", OFFER, expect=201)
    cast["village administrator"].post(f"/listings/{made['id']}/endorsement")
    return {"listing_id": made["id"], "id": made["id"]}


def bought_by_the_owner(cast) -> dict:
    """The owner's own order, of the neighbour's listing."""
    made = cast["owner"].post("/orders", an_order_of(on_sale_next_door(cast)), expect=201)
    return {"order_id": made["id"], "id": made["id"]}


def paid_by_the_owner(cast) -> dict:
    """The owner's own order, whose payment was asked for."""
    made = bought_by_the_owner(cast)
    cast["owner"].post(f"/orders/{made['id']}/payment", expect=201)
    return made


OWN_LISTING = {"neighbour": "order.own_listing"}

ROWS = [
    Row("GET /listings", ANYBODY),
    Row(f"GET {LISTING}", ANYBODY, on_sale),
    Row(f"GET {LISTING}/quote", ANYBODY, on_sale, {"quantity_milli": 2000}),
    Row("POST /listings", "owner, neighbour", send=OFFER, told={"newcomer": "assurance.too_low"}),
    Row(f"PATCH {LISTING}", "owner", an_offer, {"price_fen": 7000}),
    Row(f"POST {LISTING}/withdrawal", "owner", an_offer),
    Row("GET /listings/mine", "owner", an_offer, lists=True),
    Row("GET /listings/offers", ADMINISTRATORS, an_offer, lists=True),
    Row("GET /listings/offers/{listing_id}", f"owner, {ADMINISTRATORS}", an_offer),
    Row(f"POST {LISTING}/endorsement", "village administrator", an_offer),
    Row(f"POST {LISTING}/refusal", "village administrator", an_offer, {"reason": "照片与实物不符"}),
    Row(
        "POST /orders",
        "neighbour, newcomer",
        on_sale,
        an_order_of,
        told=dict.fromkeys(FOR_HER.split(", "), "order.own_listing"),
    ),
    Row("POST /orders", f"{FOR_HER}, newcomer", on_sale_next_door, an_order_of, told=OWN_LISTING),
    Row("GET /orders", FOR_HER, bought_by_the_owner, lists=True),
    Row(f"GET {ORDER}", f"{FOR_HER}, neighbour", bought_by_the_owner),
    Row(f"POST {ORDER}/payment", FOR_HER, bought_by_the_owner),
    Row(f"GET {ORDER}/payment", FOR_HER, paid_by_the_owner),
    Row(f"POST {ORDER}/cancellation", FOR_HER, bought_by_the_owner),
    Row("GET /orders", "neighbour", placed, lists=True, also=HELPER.name),
    Row(
        "GET /orders",
        "owner",
        placed,
        {"side": "seller"},
        lists=True,
        told={HELPER.name: "order.only_buying_side"},
    ),
    Row(f"GET {ORDER}", "owner, neighbour", placed, also=HELPER.name),
    Row(f"POST {ORDER}/cancellation", "neighbour", placed, also=HELPER.name),
    Row(f"POST {ORDER}/giving-up", "owner", paid, {"reason": "果子被冰雹打坏了"}),
    Row(f"POST {ORDER}/shipment", "owner", paid, SHIPMENT),
    Row(f"POST {ORDER}/receipt", "neighbour", shipped, also=HELPER.name),
    Row(f"POST {ORDER}/payment", "neighbour", placed, also=HELPER.name),
    Row(f"GET {ORDER}/payment", "neighbour", paying, also=HELPER.name),
    Row("POST /payments/callback", "", told=dict.fromkeys(EVERYBODY.split(", "), "payment.callback_forged")),
]
