"""Whose a review is, and who may look into it: a filter for each, so that another's looks like none; also to whoever had a hand in the decision."""

from services.affairs.matters.reviews.rules import COUNTY, OFFICE
from services.chassis.core.scope import scope_filter
from services.civic.actor import CivicActor

OFFICERS = ("clerk", "town_administrator")
"""Who reviews for the office: its other clerks, and its head, where there is no other clerk."""

OF_THE_COUNTY = ("county_administrator",)
"""Who reviews for the county."""


def whose_it_is(actor: CivicActor) -> dict:
    """The applicant's own, also under an entry that was merged into it; a helper's what the mandate covers."""
    kinds = actor.on_behalf_of.kinds if actor.on_behalf_of else ()
    covered = {"matter_kind": {"$in": list(kinds)}} if kinds else {}
    return {"applicant_id": {"$in": actor.entries}, **covered}


def _had_no_hand_in_it(actor: CivicActor) -> dict:
    return {"handlers": {"$ne": actor.id}}


def only_who_may_review_it(actor: CivicActor) -> dict:
    """Another one of the office, and once it has gone up the county; never who had a hand in it."""
    of_office = {"level": OFFICE, **scope_filter(actor, *OFFICERS)}
    of_county = {"level": COUNTY, **scope_filter(actor, *OF_THE_COUNTY)}
    return {"$or": [of_office, of_county], **_had_no_hand_in_it(actor)}


def who_sees_them(actor: CivicActor) -> dict:
    """Who may review reads; so do the heads of the region, who answer for the days, also what is another level's."""
    return {**scope_filter(actor, *OFFICERS, *OF_THE_COUNTY), **_had_no_hand_in_it(actor)}


def for_whom_it_is(actor: CivicActor) -> dict:
    """The applicant's, or an official's, by who asks."""
    return who_sees_them(actor) if actor.kind == "official" else whose_it_is(actor)
