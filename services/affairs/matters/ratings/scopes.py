"""Whose a rating is, who handles a bad one, and who was rated: a filter for each, so that another's looks like none."""

from services.chassis.core.scope import may_act_in, scope_filter
from services.civic.actor import CivicActor

HEADS = ("town_administrator", "county_administrator")
"""The supervisor's side: they answer for the clerks of their region, and handle no application themselves."""

CASES = {"bad": True}


def whose_it_is(actor: CivicActor) -> dict:
    """The applicant's own, also under an entry that was merged into it."""
    return {"applicant_id": {"$in": actor.entries}}


def only_heads_of_the_region(actor: CivicActor) -> dict:
    """The bad ones of a head's region."""
    return {**scope_filter(actor, *HEADS), **CASES}


def only_who_was_rated(actor: CivicActor) -> dict:
    """A clerk reads of the own ratings only the bad ones, because they open a case; of the others monthly totals."""
    return {"official_id": actor.id, **CASES}


def for_whom_it_is(actor: CivicActor) -> dict:
    """The applicant's, a head's, or the rated clerk's, by who asks."""
    if actor.kind != "official":
        return whose_it_is(actor)
    if any(role.name in HEADS for role in actor.roles):
        return {"$or": [only_heads_of_the_region(actor), only_who_was_rated(actor)]}
    return only_who_was_rated(actor)


def is_of_the_county(actor: CivicActor, region: str) -> bool:
    """Tell whether the actor heads the county of a region."""
    return may_act_in(actor, region, "county_administrator")


def only_the_office_of_the_region(actor: CivicActor) -> dict:
    """The clerks who handle what comes from a region show its link at the window."""
    return scope_filter(actor, "clerk")
