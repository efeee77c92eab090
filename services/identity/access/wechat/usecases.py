"""What is done with WeChat: somebody signs in with it, binds it, undoes it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from services.chassis.core.errors import VersionConflict
from services.identity.access.wechat import model
from services.identity.access.wechat.model import BIND, SIGN_IN, WechatBinding

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.access.wechat.ports import (
        BeginSession,
        CountRound,
        EndSessions,
        HashOf,
        ProvePhone,
        Residents,
        Wechat,
    )
    from services.identity.access.wechat.rounds import Rounds
    from services.identity.access.wechat.store import WechatBindingStore

AFTER_SIGN_IN, AFTER_BINDING = "/sign-in/wechat/back", "/my/identity/wechat/back"
"""The pages to which WeChat sends the browser."""


def begin_sign_in(rounds: Rounds, wechat: Wechat, call: Call) -> dict:
    """Say where to send a browser, and give it a secret by which it is known when it is back; nothing is kept."""
    model.wechat_must_be_on(wechat.is_on)
    browser = secrets.token_hex(16)
    state, until = rounds.give(SIGN_IN, (browser,), call.now)
    return {"url": wechat.url(AFTER_SIGN_IN, state), "browser": browser, "expires_at": until}


def sign_in(
    bindings: WechatBindingStore,
    rounds: Rounds,
    wechat: Wechat,
    hash_of: HashOf,
    count_round: CountRound,
    begin_session: BeginSession,
    end_sessions: EndSessions,
    call: Call,
) -> dict:
    """Begin a session of whoever has bound this identity; raises Rejected, Forbidden for one that nobody has bound, TooMany, Unavailable.

    Whoever undoes a binding ends what was begun by it: what begins at that moment looks once more when it has begun.
    """
    model.wechat_must_be_on(wechat.is_on)
    asked = call.data
    if until := count_round(call):
        raise model.too_many_rounds(until, call.now)
    if not rounds.spend(SIGN_IN, (asked["browser"],), asked["state"], call.now):
        raise model.round_over()
    openid_hash = hash_of(wechat.app_id, wechat.openid_of(asked["code"]))
    binding = bindings.of_identity(openid_hash)
    if binding is None:
        raise model.nobody_is_bound()
    given = begin_session(binding.person, call)
    if bindings.of_person(binding.person) is None:
        end_sessions(binding.person, call)
        raise model.nobody_is_bound()
    return given


def begin_binding(
    bindings: WechatBindingStore,
    residents: Residents,
    rounds: Rounds,
    wechat: Wechat,
    prove_phone: ProvePhone,
    call: Call,
) -> dict:
    """Say where to send the browser of somebody who has the own phone at hand; raises Rejected, Conflict, Forbidden for a wrong code."""
    model.wechat_must_be_on(wechat.is_on)
    sent_to, resident = prove_phone(call), residents.get(call.actor.id)
    model.the_code_came_to_the_own_phone(sent_to, resident.phone)
    model.only_a_proven_phone_binds(resident.phone_state)
    model.one_account_has_one_wechat(bindings.of_person(call.actor.id) is not None)
    state, until = rounds.give(BIND, _who(call), call.now)
    return {"url": wechat.url(AFTER_BINDING, state), "expires_at": until}


def bind(
    bindings: WechatBindingStore,
    residents: Residents,
    rounds: Rounds,
    wechat: Wechat,
    hash_of: HashOf,
    call: Call,
) -> WechatBinding:
    """Bind the identity whose code came back to this very session; raises Rejected, Conflict for one that is bound, Unavailable.

    Account and phone are looked at when WeChat has answered, and once more when the binding stands: what ends them meanwhile may
    have found nothing to end.
    """
    model.wechat_must_be_on(wechat.is_on)
    id = call.new_id("wechat_binding")
    bindings.stop_at_repeat(id, call)
    if not rounds.spend(BIND, _who(call), call.data["state"], call.now):
        raise model.round_over()
    openid_hash = hash_of(wechat.app_id, wechat.openid_of(call.data["code"]))
    resident = residents.get(call.actor.id)
    model.only_a_proven_phone_binds(resident.phone_state)
    binding = WechatBinding(id, resident.region, resident.edition, call.actor.id, openid_hash, call.now)
    bindings.add(binding, binding.bound(), call)
    rests_on = residents.get(call.actor.id)
    if not rests_on.is_living or rests_on.phone_state != "proven":
        end_of(bindings, residents, call.actor.id, call.without_key())
        model.only_a_proven_phone_binds("lost")
    return binding


def undo(
    bindings: WechatBindingStore, residents: Residents, wechat: Wechat, end_sessions: EndSessions, call: Call
) -> WechatBinding:
    """End the own binding, and all sessions that were begun by WeChat but this one; raises Conflict where there is none."""
    model.wechat_must_be_on(wechat.is_on)
    binding = bindings.of_person(call.actor.id)
    if binding is None:
        raise model.not_bound()
    _end(bindings, residents, binding, call)
    end_sessions(call.actor.id, call.without_key(), kept=call.actor.session)
    return binding


def end_of(bindings: WechatBindingStore, residents: Residents, person: str, call: Call) -> bool:
    """End a person's binding, where there is one; tells whether there was."""
    binding = bindings.of_person(person)
    if binding is None:
        return False
    try:
        _end(bindings, residents, binding, call)
    except VersionConflict:
        return end_of(bindings, residents, person, call)
    return True


def _end(bindings: WechatBindingStore, residents: Residents, binding: WechatBinding, call: Call) -> None:
    resident = residents.get(binding.person)
    binding.region, binding.edition = resident.region, resident.edition
    bindings.save(binding, binding.end(call.now), call)


def _who(call: Call) -> tuple[str, ...]:
    return call.actor.id, call.actor.session or ""
