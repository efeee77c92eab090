"""An official's start page: what waits longest in each queue of the own office, who is on duty, what is new."""

from collections.abc import Callable

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Read, WebPage
from gateway.web.pages.work.notices import place_of
from gateway.web.visit import PageVisit

ROWS = 5
QUEUES = ("residents", "appeals", "corrections", "moves", "arrivals", "deaths")


def few(**asked: object) -> Callable[[PageVisit], dict]:
    """Ask for the first rows: the queue has the rest."""
    return lambda visit: {"limit": ROWS, **asked}


def of_the_head(**asked: object) -> Callable[[PageVisit], dict | None]:
    """Ask for the first rows where no inbox shows them already."""
    return lambda visit: None if visit.actor.has_role("clerk") else few(**asked)(visit)


def named(visit: PageVisit) -> dict:
    """Name the places of the rows, and the offices that the official holds; lead from a notice to what it speaks of."""
    lists = [part for part in visit.parts.values() if part and "items" in part.value]
    codes = [row.get("region") for part in lists for row in part.items]
    regions = [*codes, *(role.region for role in visit.actor.roles)]
    return {"places": places.names(visit, regions), "place_of": place_of}


PAGE = WebPage(
    "/work",
    "工作",
    OFFICIALS,
    reads={
        "residents": Read("GET /residents", few()),
        "appeals": Read("GET /residents", few(state="appealed")),
        "corrections": Read("GET /residents/requests", few()),
        "moves": Read("GET /residents/requests", few(kind="move")),
        "arrivals": Read("GET /residents/arrivals", few()),
        "deaths": Read("GET /residents/end-reports", few()),
        "inbox": Read("GET /applications/inbox", few()),
        "counts": Read("GET /applications/inbox/counts"),
        "submitted": Read("GET /applications", of_the_head()),
        "supplemented": Read("GET /applications", of_the_head(state="supplemented")),
        "accepted": Read("GET /applications", of_the_head(state="accepted")),
        "offers": Read("GET /listings/offers", few()),
        "households": Read("GET /households", few(mark="asked")),
        "disputes": Read("GET /claims/disputes", few()),
        "reports": Read("GET /reports", few()),
        "departments": Read("GET /departments", few(state="applied")),
        "changes": Read("GET /departments", few(change_asked=True)),
        "drafts": Read("GET /matter-drafts", few()),
        "duty": Read("GET /duties/now"),
        "notices": Read("GET /notices", few(unread=True)),
    },
    prepare=named,
)
