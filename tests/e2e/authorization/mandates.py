"""The table of mandates; a mandate here is the owner's, who lives in 黑虎村, and its helper is the neighbour."""

import hashlib
import uuid

from tests.e2e.authorization.row import Row
from tests.e2e.authorization.seats import ADMINISTRATORS, HELPER
from tests.photos import in_base64, photo

ONE = "/mandates/{mandate_id}"
PARTIES = "owner, neighbour"
VILLAGE = "village administrator, town administrator"
TERMS = {"matters": ["all"], "months": 1}
PHOTO = in_base64(photo())
RAW = photo(size=(64, 48))


def somebody_who_helps(cast) -> dict:
    """A certified resident who helps nobody yet."""
    person, _ = cast.registered()
    cast["village administrator"].post(f"/residents/{person.id}/certification")
    return {"helper_id": person.id}


def a_new_paper(cast) -> dict:
    """What the village enters of a paper of the owner's."""
    people = {"ward_id": cast["owner"].id, "witness_id": cast[HELPER.name].id}
    return {**somebody_who_helps(cast), **people, **TERMS, "photo": PHOTO}


def offered(cast) -> dict:
    """A mandate that the neighbour has not answered."""
    without_one(cast)
    made = cast["owner"].post("/mandates", {**TERMS, "helper_id": cast["neighbour"].id}, expect=201)
    return {"mandate_id": made["id"], "id": made["id"]}


def active(cast) -> dict:
    """A mandate that the neighbour has accepted."""
    made = offered(cast)
    cast["neighbour"].post(f"/mandates/{made['id']}/acceptance")
    return made


def recorded(cast) -> dict:
    """A mandate that the village has recorded from a paper."""
    without_one(cast)
    asked = {**a_new_paper(cast), "helper_id": cast["neighbour"].id}
    made = cast["village administrator"].post("/mandates/papers", asked, expect=201)
    return {"mandate_id": made["id"], "id": made["id"]}


def without_a_photo(cast) -> dict:
    """A mandate that the village has recorded from a paper and not photographed yet."""
    without_one(cast)
    asked = {**a_new_paper(cast), "helper_id": cast["neighbour"].id}
    made = cast["village administrator"].post("/mandates/papers", without(asked, "photo"), expect=201)
    return {"mandate_id": made["id"], "id": made["id"]}


def photographed(cast) -> dict:
    """A recorded mandate with the photo that came with it."""
    made = recorded(cast)
    (one,) = cast["village administrator"].get(f"/mandates/{made['mandate_id']}")["photos"]
    return {**made, "photo_id": one["id"]}


def photographed_and_active(cast) -> dict:
    """The same, which the neighbour has accepted, with a second photo."""
    made = photographed(cast)
    cast["neighbour"].post(f"/mandates/{made['mandate_id']}/acceptance")
    more = sent(cast, made)
    cast["village administrator"].post(f"/mandates/{made['mandate_id']}/photos", whole(more), expect=201)
    return made


def a_photo_begun(cast, made: dict | None = None) -> dict:
    """A photo of which nothing was sent, of one that has none yet or of the one that is given."""
    made = made or without_a_photo(cast)
    begun = cast["village administrator"].post(f"/mandates/{made['mandate_id']}/photos/begun", expect=201)
    return {**made, "file_id": begun["file_id"]}


def sent(cast, made: dict | None = None) -> dict:
    """A photo of which all pieces are there."""
    made, desk = a_photo_begun(cast, made), cast["village administrator"]
    path = f"{desk.base}/mandates/{made['mandate_id']}/photos/begun/{made['file_id']}/pieces"
    headers = {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/octet-stream"}
    desk.http.put(path, data=RAW, headers=headers, timeout=30).raise_for_status()
    return made


def whole(made: dict) -> dict:
    """What says that they are all."""
    return {"file_id": made["file_id"], "size": len(RAW), "sha256": hashlib.sha256(RAW).hexdigest()}


def without(asked: dict, name: str) -> dict:
    """Give the same without one of its values."""
    return {one: value for one, value in asked.items() if one != name}


def without_one(cast) -> None:
    """End what the two have: they can have one at a time."""
    for one in cast["owner"].get("/mandates/mine", limit=100)["items"]:
        if one["helper_id"] == cast["neighbour"].id and one["state"] in ("offered", "active"):
            cast["owner"].post(f"/mandates/{one['id']}/ending")


ROWS = [
    Row(
        "POST /mandates",
        PARTIES,
        somebody_who_helps,
        lambda made: {**made, **TERMS},
        told={"newcomer": "mandate.ward_not_certified"},
    ),
    Row("POST /mandates/papers", VILLAGE, a_new_paper, dict),
    Row("GET /mandates", ADMINISTRATORS, active, lists=True),
    Row("GET /mandates/mine", "owner", active, lists=True),
    Row("GET /mandates/mine", "neighbour", active, {"side": "helper"}, lists=True),
    Row(f"GET {ONE}", f"{PARTIES}, {ADMINISTRATORS}", active),
    Row(f"GET {ONE}/paper", f"{PARTIES}, {ADMINISTRATORS}", recorded),
    Row(f"POST {ONE}/photos/begun", VILLAGE, without_a_photo),
    Row(f"PUT {ONE}/photos/begun/{{file_id}}/pieces", VILLAGE, a_photo_begun),
    Row(f"POST {ONE}/photos", VILLAGE, sent, whole),
    Row(f"GET {ONE}/photos/{{photo_id}}", f"{PARTIES}, {ADMINISTRATORS}", photographed),
    Row(f"POST {ONE}/photos/{{photo_id}}/removal", VILLAGE, photographed),
    Row(
        "GET /mandates",
        ADMINISTRATORS,
        without_a_photo,
        {"photos_missing": True, "state": "offered"},
        lists=True,
    ),
    Row(f"GET {ONE}/acts", f"{PARTIES}, {ADMINISTRATORS}", active),
    Row(f"GET {ONE}/authority", "neighbour", active, {"scope": "affairs"}),
    Row(f"POST {ONE}/acceptance", "neighbour", offered),
    Row(f"POST {ONE}/refusal", "neighbour", offered),
    Row(f"POST {ONE}/ending", f"{PARTIES}, {VILLAGE}", active),
]
