"""What is done about the clock of applications: load -> decide -> save; the clock's own acts are saved on the condition that they are due."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from services.affairs.matters.applications.claiming import to_act_on
from services.affairs.matters.applications.hands import is_of_the_county
from services.chassis.core.errors import DomainError
from services.civic.working_days import end_of_the_day

if TYPE_CHECKING:
    from services.affairs.matters.applications.model import Application
    from services.affairs.matters.applications.ports import Calendars, KeptCalendars
    from services.affairs.matters.applications.store import ApplicationStore
    from services.civic.calls import Call


def extend(applications: ApplicationStore, calendars: Calendars, scope: dict, call: Call) -> Application:
    """The head gives more time, whoever has it in hand; raises NotFound out of the head's scope, Conflict for a second time, Rejected by the law."""
    asked = call.data
    application = applications.get(asked["application_id"], call, scope)
    of_the_county = is_of_the_county(call.actor, application.region)
    days = calendars.of(application.region)
    events = application.extend(asked["days"], asked["reason"], call.actor.id, of_the_county, days, call.now)
    applications.save(application, events, call)
    return application


def suspend(applications: ApplicationStore, calendars: Calendars, scope: dict, call: Call) -> Application:
    """A clerk stops the clock for what the law does not count; raises NotFound out of scope, Conflict while it stands still, Rejected by the law."""
    asked = call.data
    application = to_act_on(applications, scope, call)
    days, until = calendars.of(application.region), end_of_the_day(asked["until"])
    events = application.suspend(asked["ground"], asked["reason"], until, call.actor.id, days, call.now)
    applications.save(application, events, call)
    return application


def resume(applications: ApplicationStore, calendars: Calendars, scope: dict, call: Call) -> Application:
    """A clerk lets the clock go on before the day that was told; raises NotFound out of scope, Conflict where it runs."""
    application = to_act_on(applications, scope, call)
    events = application.resume(calendars.of(application.region), call.now)
    applications.save(application, events, call)
    return application


def sweep(applications: ApplicationStore, calendars: Calendars, call: Call, most: int = 200) -> int:
    """Act on what is due: gives how many applications that were.

    Exactly once with however many processes: `_id`, `version` and `due <= now` are one condition with the level, the next date and the event.
    Who loses leaves it to the other; who dies before the write has done nothing, who dies after it leaves the event to the relay.
    """
    acted = 0
    for id in applications.due(call.now, most):
        with suppress(
            DomainError
        ):  # somebody acted on it meanwhile; what is still due comes with the next sweep
            one = applications.get(id)
            before = one.due
            events = one.tick(calendars.of(one.region), call.now)
            if events or one.due != before:
                applications.save(one, events, call, only_if={"due": {"$lte": call.now}})
                acted += bool(events)
    return acted


def count_anew(applications: ApplicationStore, calendars: KeptCalendars, call: Call, most: int = 200) -> int:
    """Count by the present calendar what was counted by an older one; gives how many applications that were.

    Also what a process has counted that did not know of the change yet. Two at once are safe: each is saved under its version.
    """
    counted = 0
    for county, days in calendars.changed():
        for id in applications.counted_by_an_older_calendar(county, days.number, most):
            with suppress(
                DomainError
            ):  # somebody took a step meanwhile; what is still to be counted comes next time
                one = applications.get(id)
                applications.save(one, one.recount(days), call)
                counted += 1
    return counted
