"""Whose application it is, and who handles it: a filter for each, so that another's looks like none."""

from services.affairs.matters.applications.contract import OFFICIALS
from services.affairs.matters.applications.hands import HEADS
from services.affairs.matters.applications.operations import DESK
from services.chassis.core.scope import may_act_in, scope_filter
from services.civic.actor import CivicActor


def only_the_applicant(actor: CivicActor) -> dict:
    """Only she who applied supplies, withdraws and rates, also what she began under an entry that is now her own, or as a
    visitor; her helper sees what the mandate covers.
    """
    return whose_history_it_is(actor)


def _within_the_mandate(actor: CivicActor) -> dict:
    kinds = actor.on_behalf_of.kinds if actor.on_behalf_of else ()
    return {"matter_kind": {"$in": list(kinds)}} if kinds else {}


def whose_history_it_is(actor: CivicActor) -> dict:
    """Who applied, and whoever's entry the applicant's was merged into, reads it; a helper what the mandate covers."""
    return {"applicant_id": {"$in": actor.entries}, **_within_the_mandate(actor)}


def only_the_office_of_the_region(actor: CivicActor) -> dict:
    """Only a clerk whose region contains the applicant's village handles the application."""
    return scope_filter(actor, "clerk")


def only_officials_of_the_region(actor: CivicActor) -> dict:
    """Clerks and administrators see what comes from their regions."""
    return scope_filter(actor, *OFFICIALS)


def sees_all(actor: CivicActor, region: str) -> bool:
    """Tell whether the reader handles it; other officials see name, phone and notes masked."""
    return may_act_in(actor, region, "clerk")


def only_the_desk_of_the_region(actor: CivicActor) -> dict:
    """The clerks who handle it, and the heads of their offices, see who has it in hand."""
    return scope_filter(actor, *DESK)


def only_heads_of_the_region(actor: CivicActor) -> dict:
    """The administrators of town and county answer for what their clerks have in hand."""
    return scope_filter(actor, *HEADS)


def handles(actor: CivicActor, region: str) -> dict:
    """Filter what a clerk handles in one region, which the own ones contain; nothing in another."""
    return {"regions": region} if may_act_in(actor, region, "clerk") else {"regions": {"$in": []}}
