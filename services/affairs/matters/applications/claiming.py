"""Who has it in hand: load -> decide -> save; a claim alone is one conditional write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.affairs.matters.applications.hands import hands_of, is_head_of
from services.affairs.matters.applications.in_hand import (
    only_a_colleague_who_handles_the_place_is_given_it,
    only_what_is_open_is_in_hand,
    only_who_has_it_in_hand_acts,
    only_who_has_it_or_the_head_gives_it_away,
)

if TYPE_CHECKING:
    from services.affairs.matters.applications.model import Application
    from services.affairs.matters.applications.ports import Colleagues
    from services.affairs.matters.applications.store import ApplicationStore
    from services.civic.calls import Call

TRIES, AT_ONCE = 3, 100


def to_act_on(applications: ApplicationStore, scope: dict, call: Call) -> Application:
    """Load what a clerk takes a step on; raises NotFound out of scope, Conflict where a colleague has it in hand."""
    application = applications.get(call.data["application_id"], call, scope)
    only_who_has_it_in_hand_acts(application.claimed_by, hands_of(call.actor))
    application.had_in_hand(call.actor.id)
    return application


def claim(applications: ApplicationStore, scope: dict, call: Call) -> Application:
    """A clerk takes what nobody has; again changes nothing. Raises Conflict with who has it, where somebody was faster."""
    application = applications.get(call.data["application_id"], call, scope)
    for _ in range(TRIES):
        only_what_is_open_is_in_hand(application.state)
        only_who_has_it_in_hand_acts(application.claimed_by, hands_of(call.actor))
        if application.claimed_by or applications.claim(application, call):
            break
        application = applications.get(application.id, call, scope)
    return applications.get(application.id, scope=scope)


def take_over(applications: ApplicationStore, scope: dict, call: Call) -> Application:
    """A clerk takes what a colleague has, and says why; the colleague hears of it."""
    application = applications.get(call.data["application_id"], call, scope)
    events = application.take_over(call.actor.id, hands_of(call.actor), call.data["note"], call.now)
    applications.save(application, events, call)
    return application


def hand_over(applications: ApplicationStore, colleagues: Colleagues, scope: dict, call: Call) -> Application:
    """Whoever has it, or the head, gives it to a clerk of the place; raises Rejected for one who is none."""
    application = applications.get(call.data["application_id"], call, scope)
    _may_give_away(application, call)
    official = call.data["official_id"]
    only_a_colleague_who_handles_the_place_is_given_it(colleagues.handle(official, application.region))
    events = application.hand_to(official, call.actor.id, call.data["note"], call.now)
    applications.save(application, events, call)
    return application


def release(applications: ApplicationStore, scope: dict, call: Call) -> Application:
    """Whoever has it, or the head, puts it back, so that anybody can claim it."""
    application = applications.get(call.data["application_id"], call, scope)
    _may_give_away(application, call)
    applications.save(application, application.put_back("released"), call)
    return application


def write_remark(applications: ApplicationStore, scope: dict, call: Call) -> Application:
    """An official of the desk adds a remark, whoever has it in hand, also when it is closed."""
    asked = call.data
    application = applications.get(asked["application_id"], call, scope)
    application.remark(call.actor.id, asked["text"], asked["corrects"], call.now)
    applications.save(application, [], call)
    return application


def fall_back(applications: ApplicationStore, official: str, call: Call) -> None:
    """Put back what somebody has who has left; a repeat goes on with what is left."""
    while ids := applications.in_hand_of(official, AT_ONCE):
        for id in ids:
            application = applications.get(id)
            if application.claimed_by == official:
                applications.save(application, application.put_back("left_office"), call.without_key())


def _may_give_away(application: Application, call: Call) -> None:
    head = is_head_of(call.actor, application.region)
    only_who_has_it_or_the_head_gives_it_away(application.claimed_by, hands_of(call.actor), head)
