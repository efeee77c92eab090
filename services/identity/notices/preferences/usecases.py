"""What is done with preferences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.identity.notices.preferences.model import (
    Preferences,
    channels_of,
    kinds_for,
    messages_that_nobody_needs_are_consented_to,
)

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.notices.preferences.ports import ConsentsToMessages
    from services.identity.notices.preferences.store import PreferenceStore


def choose(preferences: PreferenceStore, consents_to_messages: ConsentsToMessages, call: Call) -> dict:
    """Replace the caller's choices, a repeat by the same ones; raises Rejected for what cannot be chosen."""
    found = preferences.of(call.actor.id)
    found.choose(call.data["choices"], call.actor.kind)
    messages_that_nobody_needs_are_consented_to(found.choices, consents_to_messages(call.actor.id))
    (preferences.save if found.version else preferences.add)(found, [], call.without_key())
    return shown(found, call.actor.kind)


def shown(preferences: Preferences, kind_of_person: str) -> dict:
    """Every kind with its channel and what could be chosen."""
    items = [
        {"kind": kind, "channel": preferences.channel(kind), "channels": channels_of(kind, kind_of_person)}
        for kind in kinds_for(kind_of_person)
    ]
    return {"items": items}
