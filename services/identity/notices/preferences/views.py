"""What a person can read of the own preferences."""

from services.civic.calls import Call
from services.identity.notices.preferences.store import PreferenceStore
from services.identity.notices.preferences.usecases import shown


def own(preferences: PreferenceStore, call: Call) -> dict:
    """Every kind that the caller gets, with where it goes."""
    return shown(preferences.of(call.actor.id), call.actor.kind)
