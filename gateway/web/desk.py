"""One screen per decision: a page offers the steps that fit, and the one that was chosen has the screen for itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import current_app

if TYPE_CHECKING:
    from gateway.web.asking import PagePart
    from gateway.web.visit import PageVisit


def always(_thing: Any) -> bool:
    """Offer it whatever is shown."""
    return True


@dataclass(frozen=True)
class DeskStep:
    """What can be decided: the act, what its link says, what has to be known before, and when it is offered.

    It is offered where it fits, to spare people a refusal; whether it may be done says the service.
    """

    act: str
    words: str
    about: str = ""
    fits: Callable[[Any], bool] = always


def chosen(visit: PageVisit, steps: Iterable[DeskStep], thing: PagePart) -> dict:
    """Give `steps`, those that fit and are open to whoever visits, and `doing`, the one whose screen is shown."""
    asking, acts = current_app.extensions["web"].asking, visit.page.acts
    open_ones = [one for one in steps if asking.may(visit, acts[one.act].at)]
    wanted = visit.sent.get("act") or visit.query["do"]
    doing = next((one for one in open_ones if one.act == wanted), None)
    fitting = [one for one in open_ones if thing and one.fits(thing.value)]
    return {"steps": fitting, "doing": doing if thing else None}
