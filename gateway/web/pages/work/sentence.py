"""One sentence: say it otherwise, or offer it no more."""

from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.pages.work.sentences import kind_of
from gateway.web.picking import only_row
from gateway.web.visit import PageVisit

LIST = "/work/sentences"


def as_it_is(visit: PageVisit) -> dict:
    """Begin with what it says now."""
    part = visit.parts.get("sentences")
    row = only_row(part, visit.path["sentence_id"]) if part else None
    return {name: row[name] for name in ("title", "text")} if row else {}


PAGE = WebPage(
    "/work/sentences/{sentence_id}",
    "常用语",
    OFFICIALS,
    reads={"sentences": Read("GET /sentences", lambda visit: {"kind": kind_of(visit), "limit": 100})},
    acts={
        "change_sentence": Action(
            "PATCH /sentences/{sentence_id}",
            "改好了",
            ("title", "text"),
            starts=as_it_is,
            done="已修改；以前发出的不变。",
            to=LIST,
        ),
        "remove_sentence": Action(
            "POST /sentences/{sentence_id}/removal", "删除这条", done="已删除；以前发出的不变。", to=LIST
        ),
    },
    prepare=lambda visit: {"one": only_row(visit.parts["sentences"], visit.path["sentence_id"])},
)
