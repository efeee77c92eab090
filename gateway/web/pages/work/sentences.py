"""The sentences that the desks of the county keep: what is offered where, and a new one."""

from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.visit import PageVisit

KINDS = ("notice", "refusal", "decision")


def kind_of(visit: PageVisit) -> str:
    """Tell for which place sentences are looked at."""
    return visit.query["kind"] if visit.query["kind"] in KINDS else KINDS[0]


def of(kind: str) -> Read:
    """Read the sentences for one place."""
    return Read("GET /sentences", lambda _visit: {"kind": kind, "limit": 100})


PAGE = WebPage(
    "/work/sentences",
    "常用语",
    OFFICIALS,
    reads={kind: of(kind) for kind in KINDS},
    acts={
        "add_sentence": Action(
            "POST /sentences", "存下", ("kind", "title", "text"), done="已存下，办理时可以选用。"
        )
    },
    prepare=lambda visit: {"kinds": [(kind, visit.parts[kind]) for kind in KINDS]},
)
