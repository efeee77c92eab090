"""The one inbox of a clerk: what waits for them, by due date and then by arrival, and why; and what waits in the offices of a head.

Deadlines are ends of days, so that "overdue" and "due soon" change at midnight only, and a list stays the same list from page to page. "Soon" is
counted in working days of the county: before a long holiday it begins earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from services.affairs.matters.applications.clock_rules import SOON_DAYS
from services.affairs.matters.applications.hands import CLERK, HEADS, hands_of
from services.affairs.matters.applications.scopes import (
    handles,
    only_heads_of_the_region,
    only_the_office_of_the_region,
)
from services.affairs.matters.applications.store import UNSHOWN, ApplicationStore
from services.chassis.core.clock import day_of, moment_of
from services.chassis.storage.paging import page
from services.civic import short_numbers

if TYPE_CHECKING:
    from services.affairs.matters.applications.model import Application
    from services.affairs.matters.applications.ports import Calendars
    from services.civic.calls import Call

OFFICES_TURN = {"submitted": "new", "supplemented": "came_back", "accepted": "to_decide"}
"""In which state an application waits for the office, and why."""

NEVER_SUPPLIED = "materials_missing"
MOST_OF_A_NUMBER = 5
MOST_GROUPS, MOST_COUNTED = 100, 50_000

BY_DUE_DATE, ARRIVAL = ("act_by", 1), "submitted_at"
NEWEST = ("submitted_at", -1)
CHOSEN = ("matter_id", "office")
"""What the inbox can be narrowed to, beside a place and a reason."""


@dataclass(frozen=True)
class Today:
    """`began` is the beginning of today; what has to be done until `soon` ends soon."""

    began: datetime
    soon: datetime

    @classmethod
    def of(cls, calendars: Calendars, call: Call) -> Today:
        """Give today as the calendar of the caller's county has it."""
        region = next((role.region for role in call.actor.roles if role.name in (*CLERK, *HEADS)), "")
        yesterday = call.now - timedelta(days=1)
        return cls(moment_of(day_of(call.now)), calendars.of(region).after(yesterday, SOON_DAYS).at)

    def pace_of(self, by: datetime | None) -> str:
        """Tell how a time stands: in time, ending soon (yellow), late (red); "" where none runs."""
        if by is None:
            return ""
        return "late" if by < self.began else "soon" if by <= self.soon else "in_time"


@dataclass(frozen=True)
class OnTheDesk:
    """A row of the inbox: the application, why it waits, and how its time stands."""

    application: Application
    reasons: list[str]
    pace: str

    def __getattr__(self, name: str) -> Any:
        """Give what the application itself has."""
        return getattr(self.application, name)


def waiting_for_me(applications: ApplicationStore, calendars: Calendars, call: Call) -> dict:
    """A page of what waits for the caller; who names a number or a name finds it in every state, and whoever has it."""
    asked, today = call.data, Today.of(calendars, call)
    scope = _of_the_place(call)
    if asked.get("application_id"):
        return _the_one(applications, scope, call, today)
    if asked.get("name"):
        where = {**scope, "name_hash": applications.name_hash(asked["name"])}
        return _page(applications, where, call, NEWEST, today)
    chosen = {name: asked[name] for name in CHOSEN if asked.get(name)}
    because = _because(asked.get("reason"), call, today)
    return _page(applications, {**scope, **chosen, **because}, call, BY_DUE_DATE, today, ARRIVAL)


def one(applications: ApplicationStore, calendars: Calendars, scope: dict, call: Call) -> OnTheDesk:
    """Give one application with who has it in hand and how its time stands; raises NotFound out of scope."""
    found = applications.get(call.data["application_id"], scope=scope)
    return _row(found, hands_of(call.actor), Today.of(calendars, call))


def overdue(applications: ApplicationStore, calendars: Calendars, call: Call) -> dict:
    """A page of what was told to the caller as late, the longest due first: of the offices of a head, for the county of all of them."""
    where = {**only_heads_of_the_region(call.actor), "escalated": {"$gt": 0}}
    return _page(applications, where, call, BY_DUE_DATE, Today.of(calendars, call))


def counts(applications: ApplicationStore, calendars: Calendars, call: Call) -> dict:
    """Count what waits for the caller, by reason and by matter, in one read of the inbox's index and one of what is in the own hands."""
    hands, today = sorted(hands_of(call.actor)), Today.of(calendars, call)
    states = [*OFFICES_TURN, NEVER_SUPPLIED]
    where = {**_of_the_place(call), "open": True, "state": {"$in": states}}
    where["claimed_by"] = {"$in": ["", *hands]}
    turn = {"$ne": ["$state", NEVER_SUPPLIED]}
    late = {"$lt": ["$act_by", today.began]}
    sums = {
        "all": {"$or": [turn, late]},
        **{why: {"$eq": ["$state", state]} for state, why in OFFICES_TURN.items()},
        "not_supplied": {"$and": [{"$eq": ["$state", NEVER_SUPPLIED]}, late]},
        "overdue": {"$and": [turn, late]},
        "due_soon": {"$and": [turn, {"$not": [late]}, {"$lte": ["$act_by", today.soon]}]},
        "claimed": {"$and": [turn, {"$in": ["$claimed_by", hands]}]},
    }
    group = {name: {"$sum": {"$cond": [what, 1, 0]}} for name, what in sums.items()}
    by = {"_id": {name: f"${name}" for name in CHOSEN}, "matter_name": {"$first": "$matter_name"}}
    found = list(
        applications.documents.aggregate(
            [{"$match": where}, {"$limit": MOST_COUNTED}, {"$group": {**by, **group}}]
        )
    )
    chosen = {name: call.data[name] for name in CHOSEN if call.data.get(name)}
    of_them = [one for one in found if chosen.items() <= one["_id"].items()]
    reasons = {name: sum(one[name] for one in of_them) for name in sums}
    given = {**where, **chosen, **_because("handed", call, today)}
    reasons["handed"] = applications.documents.count_documents(given, limit=MOST_COUNTED)
    return {"all": reasons.pop("all"), "reasons": reasons, "matters": _by_matter(found)}


def _by_matter(found: list[dict]) -> list[dict]:
    """Give what waits by matter and office, most first."""
    told = [{**one["_id"], "matter_name": one["matter_name"], "count": one["all"]} for one in found]
    most_first = sorted(
        told, key=lambda one: (-one["count"], one["matter_name"], one["matter_id"], one["office"])
    )
    return [one for one in most_first if one["count"]][:MOST_GROUPS]


def workload(applications: ApplicationStore, call: Call) -> dict:
    """What waits in the offices that the caller heads: by clerk, and by matter."""
    where = {**only_heads_of_the_region(call.actor), "open": True, "state": {"$in": list(OFFICES_TURN)}}

    def grouped(by: str, called: str, more: dict | None = None) -> list[dict]:
        sums = {
            "count": {"$sum": 1},
            "overdue": {"$sum": {"$cond": [{"$lt": ["$act_by", moment_of(day_of(call.now))]}, 1, 0]}},
            "oldest_at": {"$min": "$submitted_at"},
        }
        group = {"$group": {"_id": f"${by}", **sums, **(more or {})}}
        found = list(applications.documents.aggregate([{"$match": where}, {"$limit": MOST_COUNTED}, group]))
        most_first = sorted(found, key=lambda one: (-one["count"], one["_id"]))
        return [{**one, called: one["_id"]} for one in most_first[:MOST_GROUPS]]

    named = {"matter_name": {"$first": "$matter_name"}}
    return {
        "clerks": grouped("claimed_by", "official_id"),
        "matters": grouped("matter_id", "matter_id", named),
    }


def reasons_of(application: Application, hands: frozenset[str], pace: str) -> list[str]:
    """Why it waits for whoever acts for these hands; nothing where it does not."""
    if application.claimed_by and application.claimed_by not in hands:
        return []
    late = pace == "late"
    if application.state == NEVER_SUPPLIED:
        return ["not_supplied"] if late else []
    if application.state not in OFFICES_TURN:
        return []
    why = [OFFICES_TURN[application.state]]
    if late:
        why.append("overdue")
    elif pace == "soon":
        why.append("due_soon")
    if application.claimed_by:
        why.append("handed" if application.handed_by else "claimed")
    return why


def _of_the_place(call: Call) -> dict:
    """Filter what the caller handles, in the place that was named where one was."""
    region = call.data.get("region")
    return handles(call.actor, region) if region else only_the_office_of_the_region(call.actor)


def _because(reason: str | None, call: Call, today: Today) -> dict:
    """Filter what waits for a reason; for every reason together, what is the office's turn."""
    hands = sorted(hands_of(call.actor))
    where: dict = {"open": True, "state": {"$in": list(OFFICES_TURN)}, "claimed_by": {"$in": ["", *hands]}}
    state_of = {why: state for state, why in OFFICES_TURN.items()}
    if reason in state_of:
        where["state"] = state_of[reason]
    # beside the cursor, which asks for the same field
    elif reason == "not_supplied":
        where |= {"state": NEVER_SUPPLIED, "$and": [{"act_by": {"$lt": today.began}}]}
    elif reason == "overdue":
        where["$and"] = [{"act_by": {"$lt": today.began}}]
    elif reason == "due_soon":
        where["$and"] = [{"act_by": {"$gte": today.began, "$lte": today.soon}}]
    elif reason == "claimed":
        where["claimed_by"] = {"$in": hands}
    elif reason == "handed":
        where |= {"claimed_by": {"$in": hands}, "handed_by": {"$gt": ""}}
    return where


def _page(
    applications: ApplicationStore,
    where: dict,
    call: Call,
    order: tuple[str, int],
    today: Today,
    then: str = "",
) -> dict:
    hands = hands_of(call.actor)

    def row(document: dict) -> OnTheDesk:
        return _row(applications.from_row(document), hands, today)

    return page(applications.documents, where, call.data, order, row, UNSHOWN, then=then)


def _the_one(applications: ApplicationStore, scope: dict, call: Call, today: Today) -> dict:
    """Those of this number, or id: as good as always one, or none where there is none here."""
    asked = call.data["application_id"]
    id = short_numbers.ids_of(asked) if short_numbers.looks_like_a_number(asked) else asked
    found = applications.documents.find({"$and": [{"_id": id}, scope]}, {"sealed": 0}).limit(MOST_OF_A_NUMBER)
    hands = hands_of(call.actor)
    return {"items": [_row(applications.from_row(one), hands, today) for one in found], "next": None}


def _row(application: Application, hands: frozenset[str], today: Today) -> OnTheDesk:
    pace = today.pace_of(application.act_by)
    return OnTheDesk(application, reasons_of(application, hands, pace), pace)
