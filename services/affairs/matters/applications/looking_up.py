"""Following an application without an account: the code is shown to the applicant, ended by the applicant, and tried by anybody.

Who has no account (a relative, somebody at whose side a helper applied) types number and code. What does not fit looks the same
whichever of the two it is: what is answered tells nobody that there is an application.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from services.affairs.matters.applications.look_up_rules import state_that_is_told, what_is_asked_next
from services.affairs.matters.applications.scopes import (
    only_the_applicant,
    only_the_office_of_the_region,
    whose_history_it_is,
)
from services.chassis.core.errors import NotFound
from services.civic.short_numbers import number_of

if TYPE_CHECKING:
    from services.affairs.matters.applications.look_up_limits import LookUpLimits
    from services.affairs.matters.applications.model import Application
    from services.affairs.matters.applications.store import ApplicationStore
    from services.civic.calls import Call


def look_up(applications: ApplicationStore, limits: LookUpLimits, call: Call) -> dict:
    """Tell how far an application is; raises NotFound where number or code is another, TooMany."""
    limits.count(call)
    asked = call.data
    for one in applications.of_number(asked["number"]):
        if hmac.compare_digest(applications.look_up_code(one).encode(), asked["code"].encode()):
            return _told(one)
    raise NotFound(
        "application.not_followed", "申请编号和进度码对不上，请照申请人给的再核对一遍；进度码可能已经换了。"
    )


def code(applications: ApplicationStore, call: Call) -> dict:
    """Show the code to the applicant, and to the clerk who hands it over at the window; raises NotFound for another's."""
    actor = call.actor
    applied = actor.kind in ("resident", "visitor")
    scope = whose_history_it_is(actor) if applied else only_the_office_of_the_region(actor)
    return _code_of(applications, applications.get(call.data["application_id"], scope=scope))


def renew(applications: ApplicationStore, call: Call) -> dict:
    """End the code, and give another; who had the former one sees nothing any more. Raises NotFound for another's."""
    found = applications.get(call.data["application_id"], call, only_the_applicant(call.actor))
    found.look_up_round += 1
    applications.save(found, [], call)
    return _code_of(applications, found)


def _code_of(applications: ApplicationStore, one: Application) -> dict:
    return {"number": number_of(one.id), "code": applications.look_up_code(one)}


def _told(one: Application) -> dict:
    missing, supply_by = what_is_asked_next(one.state, one.notice)
    named = ("matter_name", "office", "submitted_at", "notice_by", "due_at", "provisional", "suspended_until")
    told = {name: getattr(one, name) for name in (*named, "closed_at")}
    state = state_that_is_told(one.state, one.outcome)
    return {**told, "state": state, "missing": missing, "supply_by": supply_by}
