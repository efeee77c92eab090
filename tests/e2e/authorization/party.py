"""The table of the party's units and members; a unit here is one of 黑虎村, and the owner is a member of it."""

import uuid

from deploy.local.story.identity import VILLAGE
from tests.e2e.authorization.households import ITS_OWN, somebody_certified
from tests.e2e.authorization.row import Row
from tests.e2e.authorization.seats import ADMINISTRATORS

UNIT = "/party/units/{unit_id}"
MEMBER = "/party/members/{resident_id}"


def a_unit(cast) -> dict:
    """A unit of 黑虎村 without members."""
    body = {"name": f"第{uuid.uuid4().hex[:8]}党支部", "region": VILLAGE}
    made = cast[ITS_OWN].post("/party/units", body, expect=201)
    return {"unit_id": made["id"], "id": made["id"]}


def a_unit_and_somebody(cast) -> dict:
    """A unit, and a resident who is no member."""
    return {**a_unit(cast), **somebody_certified(cast)}


def a_member(cast) -> dict:
    """A member of a unit, and another unit."""
    unit, person = a_unit(cast), somebody_certified(cast)
    cast[ITS_OWN].post(f"/party/units/{unit['id']}/members", person, expect=201)
    return {**unit, **person, "id": person["resident_id"], "other": a_unit(cast)["id"]}


def the_owner_as_a_member(cast) -> dict:
    """The owner, who is a member."""
    cast[ITS_OWN].post(
        f"/party/units/{a_unit(cast)['id']}/members", {"resident_id": cast["owner"].id}, expect=201
    )
    return {"resident_id": cast["owner"].id}


ROWS = [
    Row("GET /party/units", ADMINISTRATORS, a_unit, lists=True),
    Row(
        "POST /party/units",
        ADMINISTRATORS,
        send={"name": f"第{uuid.uuid4().hex[:8]}党支部", "region": VILLAGE},
    ),
    Row(f"GET {UNIT}", ADMINISTRATORS, a_unit),
    Row(f"GET {UNIT}/members", ADMINISTRATORS, a_member, lists=True),
    Row(
        f"POST {UNIT}/members",
        ADMINISTRATORS,
        a_unit_and_somebody,
        lambda made: {"resident_id": made["resident_id"]},
    ),
    Row(f"GET {MEMBER}", f"owner, {ADMINISTRATORS}", the_owner_as_a_member),
    Row(f"POST {MEMBER}/transfer", ADMINISTRATORS, a_member, lambda made: {"unit_id": made["other"]}),
    Row(f"POST {MEMBER}/floating", ADMINISTRATORS, a_member, {"floating_to": "广东省东莞市"}),
    Row(f"POST {MEMBER}/contacts", ADMINISTRATORS, a_member, {"way": "visit"}),
    Row(f"POST {MEMBER}/removal", ADMINISTRATORS, a_member),
]
