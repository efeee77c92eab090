"""The table of the market service; a listing here is the owner's, from 黑虎村, an order the neighbour's of that listing."""

import orjson
import requests

from services.chassis.http.signing import signed_headers
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
EVERY_CLERK = "county clerk, county clerk of another county, town clerk, town clerk of another town"
CLAIM = {"amount_fen": 600, "reason": "有三个坏果"}
LISTING, ORDER, ONE_CLAIM = "/listings/{listing_id}", "/orders/{order_id}", "/claims/{claim_id}"


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


def shipped_to_the_owner(cast) -> dict:
    """The owner's own order, which the neighbour has handed to her."""
    made = paid_by_the_owner(cast)
    path = f"/orders/{made['id']}"
    cast.platform.wait_for(lambda: cast["owner"].get(path)["state"] == "paid", 60)
    cast["neighbour"].post(f"{path}/shipment", {"way": "own_delivery"})
    return made


def claimed(cast, goods_back: bool = False) -> dict:
    """The owner's claim on it."""
    made = shipped_to_the_owner(cast)
    asked = {**CLAIM, "goods_back": goods_back}
    claim = cast["owner"].post(f"/orders/{made['id']}/claims", asked, expect=201)
    return {**made, "claim_id": claim["id"], "id": claim["id"]}


def refused(cast) -> dict:
    """The owner's claim, to which the neighbour does not agree."""
    made = claimed(cast)
    cast["neighbour"].post(f"/claims/{made['id']}/refusal", {"reason": "交货时是好的"})
    return made


def disputed(cast) -> dict:
    """The owner's claim, about which the county is to decide."""
    made = refused(cast)
    cast["owner"].post(f"/claims/{made['id']}/dispute", {"statement": "开箱时就坏了"})
    return made


def to_send_back(cast) -> dict:
    """The owner's claim, whose goods the neighbour takes back."""
    made = claimed(cast, goods_back=True)
    cast["neighbour"].post(f"/claims/{made['id']}/agreement")
    return made


def sent_back(cast) -> dict:
    """The owner's claim, whose goods are on their way to the neighbour."""
    made = to_send_back(cast)
    cast["owner"].post(f"/claims/{made['id']}/return", SHIPMENT)
    return made


def said_otherwise(cast) -> dict:
    """What the provider says of the neighbour's payment and nobody here knows of."""
    payment = cast["neighbour"].get(f"/orders/{paying(cast)['id']}/payment")
    said = {
        "payment_id": payment["id"],
        "order_id": payment["order_id"],
        "amount_fen": 1,
        "state": "refunded",
    }
    body, secret = orjson.dumps(said), cast.platform.settings.payment_secret.encode()
    headers = signed_headers("Payment", secret, body)
    answer = requests.post(cast.platform.base + "/payments/callback", data=body, headers=headers, timeout=10)
    assert answer.json()["code"] == "payment.amount_differs"
    listed = cast["county clerk"].get("/payments/discrepancies")["items"]
    return next(one for one in listed if one["payment"] == payment["id"])


def written_about(cast) -> dict:
    """The owner's order, about which she has written to the neighbour."""
    made = shipped_to_the_owner(cast)
    cast["owner"].post(f"/orders/{made['id']}/messages", {"text": "有三个坏果"}, expect=201)
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
    Row(f"POST {ORDER}/cancellation", FOR_HER, paid_by_the_owner),
    Row(f"PATCH {ORDER}/shipment", "owner", shipped, {"way": "pick_up"}),
    Row(f"POST {ORDER}/receipt", "neighbour", shipped, also=HELPER.name),
    Row(f"POST {ORDER}/claims", FOR_HER, shipped_to_the_owner, CLAIM),
    Row(f"GET {ORDER}/claims", f"{FOR_HER}, neighbour", claimed),
    Row("GET /claims", FOR_HER, claimed, lists=True),
    Row(
        "GET /claims",
        "neighbour",
        claimed,
        {"side": "seller"},
        lists=True,
        told={HELPER.name: "claim.only_buying_side"},
    ),
    Row("GET /claims/disputes", "county clerk", disputed, lists=True),
    Row(f"GET {ONE_CLAIM}", f"{FOR_HER}, neighbour", claimed, also=EVERY_CLERK),
    Row(f"GET {ONE_CLAIM}", f"{FOR_HER}, neighbour, county clerk", disputed),
    Row(f"POST {ONE_CLAIM}/agreement", "neighbour", claimed),
    Row(f"POST {ONE_CLAIM}/refusal", "neighbour", claimed, {"reason": "交货时是好的"}),
    Row(
        f"POST {ONE_CLAIM}/dispute",
        FOR_HER,
        refused,
        {"statement": "开箱时就坏了"},
        told={"neighbour": "claim.not_to_dispute"},
    ),
    Row(f"POST {ONE_CLAIM}/decision", "county clerk", disputed, {"amount_fen": 300, "ruling": "各担一半"}),
    Row(f"POST {ONE_CLAIM}/return", FOR_HER, to_send_back, SHIPMENT),
    Row(f"POST {ONE_CLAIM}/return/confirmation", "neighbour", sent_back),
    Row(f"POST {ONE_CLAIM}/withdrawal", FOR_HER, claimed),
    Row(f"POST {ORDER}/messages", "owner, neighbour", shipped_to_the_owner, {"text": "有三个坏果"}),
    Row(f"GET {ORDER}/messages", "owner, neighbour", written_about),
    Row(f"POST {ORDER}/messages/reading", "owner, neighbour", written_about),
    Row(f"POST {ORDER}/payment", "neighbour", placed, also=HELPER.name),
    Row(f"GET {ORDER}/payment", "neighbour", paying, also=HELPER.name),
    Row("GET /payments/discrepancies", "county clerk", said_otherwise, lists=True),
    Row("POST /payments/callback", "", told=dict.fromkeys(EVERYBODY.split(", "), "payment.callback_forged")),
]
