"""Whose a paper is, and which office's: a filter for each, also over applications, so that another's looks like none."""

from services.chassis.core.scope import scope_filter
from services.civic.actor import CivicActor

OFFICE = ("clerk",)


def only_the_office_of_the_region(actor: CivicActor) -> dict:
    """The clerks who handle what comes from the region issue, hand over and revoke."""
    return scope_filter(actor, *OFFICE)


def whose_it_is(actor: CivicActor) -> dict:
    """The applicant's own, also under an entry that was merged into it; a helper's as far as the mandate goes."""
    kinds = actor.on_behalf_of.kinds if actor.on_behalf_of else ()
    within = {"matter_kind": {"$in": list(kinds)}} if kinds else {}
    return {"applicant_id": {"$in": actor.entries}, **within}


def for_whom_it_is(actor: CivicActor) -> dict:
    """The applicant's, or the office's, by who asks."""
    return only_the_office_of_the_region(actor) if actor.kind == "official" else whose_it_is(actor)
