"""What is done with applications: load -> decide -> save, which raises VersionConflict for a lost race."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from services.affairs.civic.rules import who_is_leaving_applies_for_nothing
from services.affairs.matters.applications.claiming import to_act_on
from services.affairs.matters.applications.model import SUPPLY_DAYS, Application
from services.affairs.matters.applications.on_the_clock import NOTICE_DAYS
from services.affairs.matters.applications.rules import (
    a_form_is_filled_in_where_there_is_one,
    a_gateway_of_before_asks_nobody,
    an_applicant_can_be_called,
    an_applicant_has_a_name,
    only_certified_residents_may_apply,
    only_kinds_of_the_mandate_are_applied_for,
    only_open_matters_take_applications,
    only_what_is_done_here_takes_applications,
    the_number_is_that_of_the_account,
    visitors_apply_only_where_the_office_lets_them,
    what_is_done_in_person_takes_no_applications,
    what_the_account_says_is_there,
)
from services.civic.actor import VISITOR
from services.civic.id_numbers import birth_date
from services.civic.second_look import undone_where_refused

if TYPE_CHECKING:
    from services.affairs.matters.applications.ports import Calendars, Matters, MatterToApplyFor
    from services.affairs.matters.applications.store import ApplicationStore
    from services.civic.actor import CivicActor
    from services.civic.calls import Call
    from services.civic.editions.code_crosswalk import CodeCrosswalk
    from services.civic.files.receiving import ReceivedFiles
    from services.civic.ports import MustNotLeave, People

USED_AGAIN = "B"
"""The trust of a material that is verified once at a window and used again."""


def apply_for_matter(
    applications: ApplicationStore,
    people: People,
    moves: CodeCrosswalk,
    matters: Matters,
    calendars: Calendars,
    must_not_leave: MustNotLeave,
    call: Call,
) -> Application:
    """A resident applies; raises Rejected by a rule, NotFound without matter, Conflict beside an open one.

    What the matter asks and promises now holds to the end. Whether the matter is still open and whether the person is being erased
    is asked before, and again once it is written: who withdraws the matter, or looks for open applications, may have come in between.
    """
    asked = call.data
    region, edition, matter = where_and_what(people, moves, matters, asked["matter_id"], call.actor)
    may_apply_for(matter, call.actor)
    facts = _facts(matters, matter, call, region)
    answers, filled = _filled_in(matters, matter, asked, facts)
    days = calendars.of(region)
    application = Application(
        id=call.new_id("application"),
        region=region,
        edition=edition,
        applicant_id=call.actor.subject,
        acted_by=call.actor.acted_by,
        visitor_id=call.actor.id if call.actor.kind == VISITOR else None,
        **_taken_over(matter),
        applicant_name=an_applicant_has_a_name(facts.get("name")),
        applicant_born_on=_born_on(facts.get("id_number")),
        applicant_phone=an_applicant_can_be_called(asked["phone"] or facts.get("phone")),
        materials=asked["materials"],
        answers=answers,
        filled=filled,
        submitted_at=call.now,
        notice_by=days.after(call.now, NOTICE_DAYS).at,
        calendar=days.number,
    )
    applications.add(application, application.submit(), call)
    person = call.actor.subject
    with undone_where_refused(applications, application, lambda: application.withdraw(call.now), call):
        only_open_matters_take_applications(matters.state_of(matter.id))
    with undone_where_refused(applications, application, lambda: application.erase(person, call.now), call):
        must_not_leave(person)
    return application


def _taken_over(matter: MatterToApplyFor) -> dict[str, Any]:
    """What the version in force says now, and the application keeps."""
    return {
        "matter_id": matter.id,
        "matter_kind": matter.kind,
        "matter_name": matter.name,
        "office": matter.office,
        "matter_number": matter.number,
        "promise_days": matter.promise_days,
        "days_unit": matter.days_unit,
        "files_kept_years": matter.files_kept_years,
        "governs": matter.governed_by,
        "statutory_days": matter.lawful_days,
        "terms": matter.lawful_terms,
        "required": [material["name"] for material in matter.materials],
        "verifiable": [one["name"] for one in matter.materials if one.get("trust") == USED_AGAIN],
    }


def _born_on(number: str | None) -> str | None:
    """The day of birth in a number that is the account's: of nobody else is an age known here, for no account keeps one."""
    return birth_date(number).isoformat() if number else None


def _filled_in(
    matters: Matters, matter: MatterToApplyFor, asked: dict, facts: dict[str, str]
) -> tuple[dict, list[dict]]:
    """The answers to the matter's form, cleaned, and the same in words; what is known is not asked for again."""
    a_form_is_filled_in_where_there_is_one(matter.form, asked["answers"])
    if matter.form is None:
        return {}, []
    return matters.filled_in(matter.form, asked["answers"], facts)


def _facts(matters: Matters, matter: MatterToApplyFor, call: Call, region: str) -> dict[str, str]:
    """Who applies, and what fills the form: of a resident what the account says, of a named person without an account what they said."""
    asked, actor = call.data, call.actor
    wanted = matters.facts_wanted(matter.form) if matter.form else {}
    if actor.kind == VISITOR or a_gateway_of_before_asks_nobody(actor.facts, wanted):
        return {"village": region, "name": asked["name"] or "", "phone": asked["phone"] or ""}
    places = wanted.get("id_number", [])
    number = matters.number_answered(asked["answers"], places) if places else None
    facts = dict(what_the_account_says_is_there(actor.facts, wanted, number))
    the_number_is_that_of_the_account(number, "id_number" in facts, places)
    return {"village": region, **facts}


def where_and_what(
    people: People, moves: CodeCrosswalk, matters: Matters, matter_id: str, actor: CivicActor
) -> tuple[str, str, MatterToApplyFor]:
    """Give the village whose person the actor is, as (region, edition), and the matter; a visitor's is the one named when the visit began."""
    if actor.kind == VISITOR:
        return *moves.now(actor.roles[0].region, actor.edition), matters.get(matter_id)
    standing = people.standing(actor.subject, matters.beside(matter_id))
    who_is_leaving_applies_for_nothing(standing.leaving)
    only_certified_residents_may_apply(standing.certified)
    return standing.region, standing.edition, matters.read(standing.beside)


def may_apply_for(matter: MatterToApplyFor, actor: CivicActor) -> None:
    """Refuse what is not open, not done here, not for visitors, or outside the mandate."""
    only_open_matters_take_applications(matter.state)
    only_what_is_done_here_takes_applications(matter.elsewhere)
    what_is_done_in_person_takes_no_applications(matter.only_by_appointment)
    if actor.kind == VISITOR:
        visitors_apply_only_where_the_office_lets_them(matter.visitors)
    only_kinds_of_the_mandate_are_applied_for(matter.kind, actor.on_behalf_of)


def notify(applications: ApplicationStore, calendars: Calendars, scope: dict, call: Call) -> Application:
    """The office tells once what is missing; raises NotFound out of the clerk's scope, Rejected by a rule."""
    asked = call.data
    application = to_act_on(applications, scope, call)
    supply_by = calendars.of(application.region).after(call.now, asked["supply_days"] or SUPPLY_DAYS)
    events = application.notify(asked["materials"], asked["text"], supply_by, call.now)
    application.taken_by(call.actor.id)
    applications.save(application, events, call)
    return application


def supply(applications: ApplicationStore, calendars: Calendars, scope: dict, call: Call) -> Application:
    """The applicant supplies what the notice named; raises NotFound for another's, Rejected if some lacks."""
    application = applications.get(call.data["application_id"], call, scope)
    days = calendars.of(application.region)
    look_by = days.after(call.now, NOTICE_DAYS).at
    events = application.supply(call.data["materials"], look_by, call.now, call.actor.acted_by)
    application.calendar = days.number
    applications.save(application, events, call)
    return application


def accept(applications: ApplicationStore, calendars: Calendars, scope: dict, call: Call) -> Application:
    """The office accepts and the due date is set; raises Conflict in a state that does not fit."""
    application = to_act_on(applications, scope, call)
    events = application.accept(calendars.of(application.region), call.now)
    application.taken_by(call.actor.id)
    applications.save(application, events, call)
    return application


def decline(
    applications: ApplicationStore, scope: dict, call: Call, received: ReceivedFiles | None = None
) -> Application:
    """The office does not take it up; raises Conflict in a state that does not fit."""
    application = to_act_on(applications, scope, call)
    application.handled_by = call.actor.id
    events = application.decline(call.data["reason"], call.now)
    application.taken_by(call.actor.id)
    _look_when_files_are_over(received, application)
    applications.save(application, events, call)
    return application


def decide(
    applications: ApplicationStore,
    scope: dict,
    call: Call,
    calendars: Calendars | None = None,
    received: ReceivedFiles | None = None,
) -> Application:
    """The office decides; raises Rejected for a refusal without reason, Conflict where it is decided. Without `calendars` no result has a time."""
    asked = call.data
    application = to_act_on(applications, scope, call)
    application.handled_by = call.actor.id
    events = application.decide(asked["outcome"], asked["reason"], call.now)
    application.taken_by(call.actor.id)
    if calendars:
        application.begin_the_results_time(calendars.of(application.region))
    _look_when_files_are_over(received, application)
    applications.save(application, events, call)
    return application


def lapse(
    applications: ApplicationStore, scope: dict, call: Call, received: ReceivedFiles | None = None
) -> Application:
    """The office closes it unanswered; raises Rejected before the supply deadline."""
    application = to_act_on(applications, scope, call)
    events = application.lapse(call.now)
    application.taken_by(call.actor.id)
    _look_when_files_are_over(received, application)
    applications.save(application, events, call)
    return application


def rate(applications: ApplicationStore, scope: dict, call: Call) -> Application:
    """The applicant rates the handling; raises NotFound for another's, Conflict too early or twice."""
    asked = call.data
    application = applications.get(asked["application_id"], call, scope)
    applications.save(application, application.rate(asked["stars"], asked["comment"], call.now), call)
    return application


def _look_when_files_are_over(files: ReceivedFiles | None, application: Application) -> None:
    """Let the clock look at its files when they are not needed any more; before the end is saved, and repeatable. Without `files` nobody has any."""
    for file in application.files if files else ():
        until = application.file_kept_until(file["id"])
        if files and until:
            files.look_again(file["id"], until)
