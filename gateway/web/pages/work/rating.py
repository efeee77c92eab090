"""One bad rating: the supervisor's side calls back, answers and decides appeals; who was rated reads it, and appeals."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.visit import PageVisit

ONE = "/ratings/{rating_id}"
APPEALS_IN = ("to_call", "mending", "answered", "unconfirmed", "not_mended")

STEPS = (
    DeskStep(
        "call_back_rating",
        "登记回访",
        "先给群众打电话，再把说了什么、约定了什么写下来。群众看得到。给他办事的人不能回访。",
        lambda one: one["state"] == "to_call",
    ),
    DeskStep(
        "answer_rating",
        "答复群众",
        "写清查到了什么、怎样改的。群众看到以后确认改好没有；没有改好的，转到县里。",
        lambda one: one["state"] == "mending",
    ),
    DeskStep(
        "appeal_rating",
        "申诉：这是恶意差评",
        "只能申诉一次，请写明事实。由没有参与处理的管理员决定，群众看得到理由。差评照常处理。",
        lambda one: one["state"] in APPEALS_IN and not one["appeal_state"],
    ),
    DeskStep(
        "decide_rating_appeal",
        "决定申诉",
        "回访过、答复过的人不能决定。申诉成立的，这条评价按恶意差评公布；评价本身不改。",
        lambda one: one["appeal_state"] == "asked",
    ),
)


def desk(visit: PageVisit) -> dict:
    """Give the steps that fit, and the name of the place."""
    found = visit.parts["rating"]
    return {
        **chosen(visit, STEPS, found),
        "one": found.value if found else None,
        "places": places.names(visit, [found.value["region"]] if found else []),
    }


PAGE = WebPage(
    "/work/ratings/{rating_id}",
    "差评",
    OFFICIALS,
    reads={"rating": Read(f"GET {ONE}")},
    acts={
        "call_back_rating": Action(
            f"POST {ONE}/callback", "登记回访", ("said",), done="已登记，群众看得到。"
        ),
        "answer_rating": Action(f"POST {ONE}/answer", "答复群众", ("answer",), done="已答复，等群众确认。"),
        "appeal_rating": Action(
            f"POST {ONE}/appeal", "申诉", ("reason",), done="已提出申诉，决定以后会通知您。"
        ),
        "decide_rating_appeal": Action(
            f"POST {ONE}/appeal/decision", "作出决定", ("outcome", "reason"), done="申诉已决定。"
        ),
    },
    prepare=desk,
)
