"""One review: somebody who had no hand in the decision takes it, then upholds it or sets it aside."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.visit import PageVisit

ONE = "/reviews/{review_id}"
REVIEWERS = {"office": ("clerk", "town_administrator"), "county": ("county_administrator",)}

STEPS = (
    DeskStep(
        "decide_review",
        "作出复核决定",
        "撤销原决定的，平台马上为群众重新立案，交过的材料都带过去。群众看得到理由，并知道复议和诉讼的期限照常计算。",
        lambda one: one["taken"],
    ),
)


def desk(visit: PageVisit) -> dict:
    """Give the steps that fit, whether it can be taken here, and the name of the place."""
    found = visit.parts["review"]
    steps = chosen(visit, STEPS, found)
    if not found:
        return {**steps, "places": {}}
    one = found.value
    here = visit.actor.has_role(*REVIEWERS[one["level"]])
    return {
        **steps,
        "one": one,
        "to_take": one["state"] == "asked" and here,
        "places": places.names(visit, [one["region"]]),
    }


PAGE = WebPage(
    "/work/reviews/{review_id}",
    "复核",
    OFFICIALS,
    reads={"review": Read(f"GET {ONE}")},
    acts={
        "take_review": Action(f"POST {ONE}/taking", "由我复核", done="已由您复核。"),
        "decide_review": Action(
            f"POST {ONE}/decision",
            "作出复核决定",
            ("outcome", "reason"),
            done="复核决定已作出，申请人会收到通知。",
        ),
    },
    prepare=desk,
)
