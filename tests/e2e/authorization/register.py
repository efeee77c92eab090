"""The table of the household register and of residents' levels; the register is the county's."""

import hashlib
import uuid

from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import new_resident
from tests.e2e.authorization.row import Row
from tests.e2e.authorization.seats import ADMINISTRATORS, CLERKS

ALL = "/household-register/imports"
ONE = f"{ALL}/{{import_id}}"
CHIEF = "county administrator"
EMPTY = b"{}"
"""What a request without a body holds: it is no register, but it is a part."""


def opened(cast, raw: bytes = EMPTY) -> dict:
    """An import of the county that is begun."""
    said = raw if raw != EMPTY else uuid.uuid4().bytes  # of an empty body there would be one import only
    asked = {"file_hash": hashlib.sha256(said).hexdigest(), "size": len(raw)}
    made = cast[CHIEF].post(ALL, asked, expect=201)
    return {"import_id": made["id"], "id": made["id"]}


def whole(cast) -> dict:
    """An import of the county that is received, and not in use yet; one line is refused."""
    one = new_resident(VILLAGE)
    raw = f"姓名,身份证号,村代码\n某某,1,2\n测甲子,{one['id_number']},{VILLAGE}\n"
    raw = (raw + f"测乙丑,{new_resident(VILLAGE)['id_number']},{VILLAGE}\n").encode()
    made, chief = opened(cast, raw), cast[CHIEF]
    path = f"{chief.base}{ALL}/{made['id']}/parts"
    chief.http.post(
        path, data=raw, headers={"Idempotency-Key": str(uuid.uuid4())}, timeout=30
    ).raise_for_status()
    return made


def refused_line(cast) -> dict:
    """The refused line of such an import."""
    made = whole(cast)
    return {**made, "id": cast[CHIEF].get(f"{ALL}/{made['id']}/refusals")["items"][0]["id"]}


def the_owner(cast) -> dict:
    """The owner, whose county has a register."""
    cast[CHIEF].post(f"{ALL}/{whole(cast)['id']}/completion")
    number = new_resident(VILLAGE)["id_number"]
    return {"resident_id": cast["owner"].id, "id": cast["owner"].id, "id_number": number}


def the_owners_match(cast) -> dict:
    """The owner's comparison; tries are few, so it is made once."""
    owner = cast["owner"]
    status, _ = owner.try_to("GET", f"/residents/{owner.id}/match")
    if status == 404:
        made = the_owner(cast)
        owner.post(f"/residents/{owner.id}/match", {"id_number": made["id_number"]})
    return {"resident_id": owner.id, "id": owner.id}


def somebody_certified(cast) -> dict:
    """A resident of 黑虎村, certified."""
    person, entered = cast.registered()
    last_four = entered["id_number"][-4:]
    cast["village administrator"].post(f"/residents/{person.id}/certification", {"last_four": last_four})
    return {"resident_id": person.id, "id": person.id, "last_four": last_four}


def somebody_seen(cast) -> dict:
    """A resident of 黑虎村 who was seen at the window."""
    made = somebody_certified(cast)
    cast["county clerk"].post(f"/residents/{made['id']}/sighting", paper(made))
    return made


def paper(made: dict) -> dict:
    """What is shown at the window."""
    return {"paper": "id_card", "last_four": made["last_four"]}


ROWS = [
    Row(
        "POST /residents/{resident_id}/sighting",
        f"{CLERKS}, village administrator",
        somebody_certified,
        paper,
    ),
    Row("POST /residents/{resident_id}/sighting/revocation", CHIEF, somebody_seen, {"reason": "证件系冒用"}),
    Row(f"POST {ALL}", f"{CHIEF}, {CHIEF} of another county", send={"file_hash": "f" * 64, "size": 5}),
    Row(f"GET {ALL}", CHIEF, opened, lists=True),
    Row(f"GET {ONE}", CHIEF, opened),
    Row(f"POST {ONE}/parts", "", opened, told={CHIEF: "register.columns_missing"}),
    Row(f"POST {ONE}/completion", CHIEF, whole),
    Row(f"GET {ONE}/refusals", CHIEF, refused_line, lists=True),
    Row(
        "POST /residents/{resident_id}/match",
        "owner, village administrator, town administrator",
        the_owner,
        lambda made: {"id_number": made["id_number"]},
        told={"newcomer": "assurance.too_low"},
    ),
    Row("GET /residents/{resident_id}/match", f"owner, {ADMINISTRATORS}", the_owners_match),
    Row("GET /household-register/matches", CHIEF, the_owners_match, lists=True),
]
