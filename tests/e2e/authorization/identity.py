"""The table of the identity service, without departments."""

import uuid

from deploy.local.story.identity import PASSWORD, TOWN, VILLAGE
from deploy.local.story.person import new_resident
from tests.e2e.authorization.row import Row
from tests.e2e.authorization.seats import (
    ACCOUNTS,
    ADMINISTRATORS,
    ALL_OFFICIALS,
    ANYBODY,
    EVERYBODY,
    ONE_OF_EACH_KIND,
    RESIDENTS,
)

NEW_CLERK = {"name": "新同事", "login": f"t-{uuid.uuid4().hex[:12]}", "role": "clerk", "region": TOWN}
UNKNOWN = {"login": "nobody-here", "one_time_password": "x", "new_password": PASSWORD}
WRONG = "session.wrong_credentials"
OUTSIDE = "official.grant_not_allowed"


def the_newcomers_login(cast) -> dict:
    """A right login and password, whoever sends them."""
    return cast.newcomers_login


def somebody_waiting(cast) -> dict:
    """A resident of 黑虎村 who waits for certification."""
    person, _ = cast.registered()
    return {"resident_id": person.id, "id": person.id}


def the_owner(cast) -> dict:
    """The owner's own entry."""
    return {"resident_id": cast["owner"].id}


def somebody_to_register(cast) -> dict:
    """What a person enters who is not registered yet."""
    return new_resident(VILLAGE)


def an_official_of_the_village(cast) -> dict:
    """A new administrator of 黑虎村."""
    asked = {**NEW_CLERK, "login": f"t-{uuid.uuid4().hex[:12]}", "role": "village_administrator"}
    made = cast["county administrator"].post("/officials", {**asked, "region": VILLAGE}, expect=201)
    return {"official_id": made["id"], "id": made["id"]}


def a_notice_to_the_owner(cast) -> dict:
    """The notice of her certification."""
    found = cast.platform.wait_for(lambda: cast["owner"].get("/notices", limit=100)["items"])
    return {"notice_id": found[-1]["id"], "id": found[-1]["id"]}


THE_SAME = dict  # what was prepared is what is sent
APPOINTERS = "county administrator, town administrator"
TOLD_OUTSIDE = dict.fromkeys(
    ("county administrator of another county", "town administrator of another town"), OUTSIDE
)

ROWS = [
    Row("GET /.well-known/jwks.json", EVERYBODY),
    Row("GET /regions", ANYBODY, send={"parent": TOWN}),
    Row("GET /regions/{code}", ANYBODY, lambda cast: {"code": VILLAGE}),
    Row("POST /sessions", EVERYBODY, the_newcomers_login, THE_SAME, tried_by=ONE_OF_EACH_KIND),
    Row(
        "POST /sessions/first",
        "",
        send=UNKNOWN,
        told=dict.fromkeys(EVERYBODY.split(", "), WRONG),
        tried_by=ONE_OF_EACH_KIND,
    ),
    Row(
        "POST /sessions/refresh",
        "",
        send={"refresh_token": "x"},
        told=dict.fromkeys(EVERYBODY.split(", "), WRONG),
    ),
    Row("POST /residents", EVERYBODY, somebody_to_register, THE_SAME, tried_by=ONE_OF_EACH_KIND),
    Row("GET /residents", ADMINISTRATORS, somebody_waiting, lists=True),
    Row("GET /residents/{resident_id}", f"owner, {ADMINISTRATORS}", the_owner),
    Row(
        "POST /residents/{resident_id}/certification",
        "village administrator, town administrator",
        somebody_waiting,
    ),
    Row(
        "POST /residents/{resident_id}/rejection",
        "village administrator, town administrator",
        somebody_waiting,
        {"reason": "不是本村人"},
    ),
    Row("POST /officials", APPOINTERS, send=NEW_CLERK, told=TOLD_OUTSIDE),
    Row("GET /officials", APPOINTERS, an_official_of_the_village, lists=True),
    Row("POST /officials/{official_id}/dismissal", APPOINTERS, an_official_of_the_village),
    Row("GET /notices", "owner", a_notice_to_the_owner, lists=True, also=ALL_OFFICIALS),
    Row(
        "POST /notices/{notice_id}/reading",
        "owner",
        a_notice_to_the_owner,
        also=f"{RESIDENTS}, {ALL_OFFICIALS}",
    ),
]

LAST = [Row("DELETE /sessions/current", ACCOUNTS)]
"""After it nobody of the cast is signed in."""
