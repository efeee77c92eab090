"""The table of ratings: a handling is the owner's, the county's clerk is rated; a town's or the county's administrator handles a bad one."""

from datetime import timedelta

from services.chassis.core.calls import utc_now
from tests.e2e.authorization.affairs import EVERY_CLERK, HEADS, decided
from tests.e2e.authorization.row import Row
from tests.e2e.authorization.seats import CLERKS, EVERYBODY, NAMED_VISITOR

ONE = "/ratings/{rating_id}"
LINK = "/rating-links/{application_id}/{token}"


def linked(cast) -> dict:
    """A handling, and the token of its link."""
    made = decided(cast)
    path = cast["county clerk"].get(f"/applications/{made['id']}/rating-link")["path"]
    return {**made, "token": path.rpartition("/")[2]}


def rated_badly(cast) -> dict:
    """A handling that the owner was very dissatisfied with."""
    made = decided(cast)
    cast["owner"].post(f"/applications/{made['id']}/rating", {"stars": 1})
    ratings = cast.platform.database("affairs").ratings
    cast.platform.wait_for(lambda: ratings.find_one({"_id": made["id"]}), 60)
    return {**made, "rating_id": made["id"]}


def called_back(cast) -> dict:
    """One about which somebody has spoken with her."""
    made = rated_badly(cast)
    cast["county administrator"].post(f"/ratings/{made['id']}/callback", {"said": "补一份收件单"})
    return made


def answered(cast) -> dict:
    """One that waits for her word."""
    made = called_back(cast)
    cast["county administrator"].post(f"/ratings/{made['id']}/answer", {"answer": "已补上"})
    return made


def appealed(cast) -> dict:
    """One that the clerk calls malicious."""
    made = rated_badly(cast)
    cast["county clerk"].post(f"/ratings/{made['id']}/appeal", {"reason": "没有来办过"})
    return made


def asked_whether_it_is_solved(cast) -> dict:
    """One of four weeks ago, of which the clock has asked."""
    made = rated_badly(cast)
    ago = {"ask_at": utc_now() - timedelta(days=1), "due": utc_now() - timedelta(days=1)}
    ratings = cast.platform.database("affairs").ratings
    ratings.update_one({"_id": made["id"]}, {"$set": ago})
    cast.platform.wait_for(lambda: ratings.find_one({"_id": made["id"], "asked_at": {"$ne": None}}), 90)
    return made


ROWS = [
    Row("GET /applications/{application_id}/rating-link", CLERKS, decided),
    Row(f"GET {LINK}", EVERYBODY, linked, nothing="no-such-token-anywhere"),
    Row(f"POST {LINK}/rating", EVERYBODY, linked, {"stars": 5}, nothing="no-such-token-anywhere"),
    Row(f"GET {ONE}", f"owner, county clerk, {HEADS}", rated_badly, also=NAMED_VISITOR.name),
    Row("GET /rating-cases", HEADS, rated_badly, {"limit": 100}, lists=True),
    Row("GET /ratings/about-me", "county clerk", rated_badly, {"limit": 100}, lists=True),
    Row("GET /ratings/totals", EVERY_CLERK),
    Row("GET /published-ratings", EVERYBODY, send={"county": "510183"}),
    Row(f"POST {ONE}/callback", HEADS, rated_badly, {"said": "补一份收件单"}),
    Row(f"POST {ONE}/answer", HEADS, called_back, {"answer": "已补上"}),
    Row(f"POST {ONE}/confirmation", "owner", answered, {"mended": True}, also=NAMED_VISITOR.name),
    Row(
        f"POST {ONE}/solved",
        "owner",
        asked_whether_it_is_solved,
        {"solved": "yes"},
        also=NAMED_VISITOR.name,
    ),
    Row(f"POST {ONE}/appeal", "county clerk", rated_badly, {"reason": "没有来办过"}),
    Row(
        f"POST {ONE}/appeal/decision",
        HEADS,
        appealed,
        {"outcome": "dismissed", "reason": "叫号记录写明来办过"},
    ),
]
