"""Whose application it is, and who handles it: a filter for each, so that another's looks like none."""

from services.chassis.core.actor import Actor
from services.chassis.core.scope import may_act_in, scope_filter

OFFICIALS = ("clerk", "village_administrator", "town_administrator", "county_administrator")


def only_the_applicant(actor: Actor) -> dict:
    """Only she who applied supplies, withdraws and rates, also what she began under an entry that is now her own, or as a
    visitor; her helper sees what the mandate covers.
    """
    return whose_history_it_is(actor)


def _within_the_mandate(actor: Actor) -> dict:
    kinds = actor.on_behalf_of.kinds if actor.on_behalf_of else ()
    return {"matter_kind": {"$in": list(kinds)}} if kinds else {}


def whose_history_it_is(actor: Actor) -> dict:
    """Who applied, and whoever's entry the applicant's was merged into, reads it; a helper what the mandate covers."""
    return {"applicant_id": {"$in": actor.entries}, **_within_the_mandate(actor)}


def only_the_office_of_the_region(actor: Actor) -> dict:
    """Only a clerk whose region contains the applicant's village handles the application."""
    return scope_filter(actor, "clerk")


def only_officials_of_the_region(actor: Actor) -> dict:
    """Clerks and administrators see what comes from their regions."""
    return scope_filter(actor, *OFFICIALS)


def sees_all(actor: Actor, region: str) -> bool:
    """Tell whether the reader handles it; other officials see name, phone and notes masked."""
    return may_act_in(actor, region, "clerk")
