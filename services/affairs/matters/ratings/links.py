"""The address by which a handling is rated without an account: at the window, on paper, sent on. It opens this one alone, and rates once.

The token is the keyed hash of the application's id: nothing is kept, nobody guesses it, and only who was shown it has it.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from services.affairs.matters.ratings.rules import a_link_is_of_a_handling, only_what_is_handled_has_a_link
from services.affairs.matters.ratings.scopes import only_the_office_of_the_region
from services.chassis.core.errors import NotFound

if TYPE_CHECKING:
    from services.affairs.matters.ratings.ports import Cases, RatedCase
    from services.affairs.matters.ratings.store import RatingStore
    from services.civic.calls import Call

PAGE = "/rate"


def token_of(ratings: RatingStore, application_id: str) -> str:
    """Give the token of one handling."""
    return ratings.vault.hashed("rating_link", application_id)


def path_for_the_window(ratings: RatingStore, cases: Cases, call: Call) -> dict:
    """Give the address that a clerk shows; raises NotFound out of scope, Conflict before it is handled."""
    case = cases.get(call.data["application_id"], scope=only_the_office_of_the_region(call.actor))
    only_what_is_handled_has_a_link(case.is_handled)
    return {"application_id": case.id, "path": f"{PAGE}/{case.id}/{token_of(ratings, case.id)}"}


def opened(ratings: RatingStore, cases: Cases, call: Call) -> RatedCase:
    """Find what a link leads to; raises NotFound for a wrong one. With a writing call that was answered: AlreadyAnswered."""
    id, token = call.data["application_id"], call.data["token"]
    if not hmac.compare_digest(token_of(ratings, id).encode(), token.encode()):
        raise a_link_is_of_a_handling()
    try:
        case = cases.get(id, call if call.key else None)
    except NotFound:
        raise a_link_is_of_a_handling() from None
    if not case.is_handled or case.erased:
        raise a_link_is_of_a_handling()
    return case


def rate(ratings: RatingStore, cases: Cases, call: Call) -> RatedCase:
    """Rate by the link; raises NotFound, Conflict where it was rated, by whichever channel."""
    case, asked = opened(ratings, cases, call), call.data
    cases.save(case, case.rate(asked["stars"], asked["comment"], call.now, "link"), call)
    return case
