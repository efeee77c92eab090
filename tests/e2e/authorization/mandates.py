"""The table of mandates; a mandate here is the owner's, who lives in 黑虎村, and its helper is the neighbour."""

from tests.e2e.authorization.row import Row
from tests.e2e.authorization.seats import ADMINISTRATORS, HELPER
from tests.photos import in_base64, photo

ONE = "/mandates/{mandate_id}"
PARTIES = "owner, neighbour"
VILLAGE = "village administrator, town administrator"
TERMS = {"matters": ["all"], "months": 1}
PHOTO = in_base64(photo())


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
    Row(f"GET {ONE}/acts", f"{PARTIES}, {ADMINISTRATORS}", active),
    Row(f"GET {ONE}/authority", "neighbour", active, {"scope": "affairs"}),
    Row(f"POST {ONE}/acceptance", "neighbour", offered),
    Row(f"POST {ONE}/refusal", "neighbour", offered),
    Row(f"POST {ONE}/ending", f"{PARTIES}, {VILLAGE}", active),
]
