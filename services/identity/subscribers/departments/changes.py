"""A grant that lives is changed in place: narrower by the department itself, wider or longer by the data officer's decision."""

from datetime import datetime, timedelta

from services.chassis.core.errors import Conflict, Rejected
from services.identity.subscribers.departments.model import (
    Department,
)
from services.identity.subscribers.departments.rules import (
    COUNTY,
    LIVING,
    a_place_is_named_in_the_edition_of_the_grant,
    nothing_is_granted_that_was_not_asked,
)
from services.identity.subscribers.patterns import is_part_of


def wanted(department: Department, asked: dict) -> dict:
    """What is to be granted, {events, region, personal_fields}: what is not named stays, but no field without its event."""
    events = asked["events"] or department.events
    fields = department.personal_fields if asked["personal_fields"] is None else asked["personal_fields"]
    if asked["personal_fields"] is None:
        fields = [one for one in fields if any(is_part_of(one.split(":")[0], e) for e in events)]
    return {"events": events, "region": asked["region"] or department.region, "personal_fields": fields}


def narrow(department: Department, to: dict, edition: str, now: datetime) -> list[tuple[str, dict]]:
    """It needs less: no officer is asked, and from now on it gets no more. `edition` is that in which codes are read now."""
    only_a_living_grant_is_changed(department, now)
    nothing_is_granted_that_was_not_asked(department, **to)
    department.events, department.personal_fields = to["events"], to["personal_fields"]
    department.take_place(to["region"], edition)
    return _told(department, "changed")


def ask_for(
    department: Department, to: dict, reason: str, edition: str, now: datetime
) -> list[tuple[str, dict]]:
    """It needs more, or for longer; what it asked before and nobody has decided is replaced."""
    only_a_living_grant_is_changed(department, now)
    a_change_stays_in_the_county(department, to["region"])
    a_place_is_named_in_the_edition_of_the_grant(department, to["region"], edition)
    asked = {"state": "asked", "reason": reason, "edition": edition, "asked_at": now, "answer": None}
    department.change = {**to, **asked}
    return _told(department, "change_asked")


def grant_change(
    department: Department,
    days: int,
    official: str,
    edition: str,
    now: datetime,
    begins_at: datetime | None,
    after: int,
) -> list[tuple[str, dict]]:
    """Grant what was asked, from now on for so many days; its beginning stays where it was unless the official says otherwise."""
    asked = only_what_was_asked_is_decided(department, now)
    department.events, department.personal_fields = asked["events"], asked["personal_fields"]
    department.take_place(asked["region"], edition, asked.get("edition", edition))
    department.expires_at, department.end_announced = now + timedelta(days=days), False
    if begins_at:
        department.begins_at, department.starts_after = begins_at, after
    department.change = {**asked, "state": "granted", "decided_by": official, "decided_at": now}
    return _told(department, "changed")


def refuse_change(
    department: Department, answer: str, official: str, now: datetime
) -> list[tuple[str, dict]]:
    """Refuse it and say why; what was granted stays as it is."""
    asked = only_what_was_asked_is_decided(department, now)
    decided = {"state": "refused", "answer": answer, "decided_by": official, "decided_at": now}
    department.change = {**asked, **decided}
    return _told(department, "change_refused")


def only_a_living_grant_is_changed(department: Department, now: datetime) -> None:
    """What has ended is applied for anew; what is not decided yet is not changed under the eyes of who decides."""
    if department.state not in LIVING or department.is_over(now):
        raise Conflict(
            "department.nothing_to_change", "该订阅未在使用中，无法变更，请重新申请。", state=department.state
        )


def a_change_stays_in_the_county(department: Department, region: str) -> None:
    """Another county decides for itself."""
    if region[:COUNTY] != department.region[:COUNTY]:
        raise Rejected("department.other_county", "变更不能超出本县，请向该县另行申请。")


def only_what_was_asked_is_decided(department: Department, now: datetime) -> dict:
    """A change is decided once, and while its grant lives; gives what was asked."""
    only_a_living_grant_is_changed(department, now)
    if not department.change or department.change["state"] != "asked":
        raise Conflict("department.no_change_asked", "该部门没有待处理的变更申请，请刷新名单。")
    return department.change


def _told(department: Department, what: str) -> list[tuple[str, dict]]:
    return [(f"department.{what}", {"department_id": department.id})]
