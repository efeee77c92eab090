"""One report at the discipline desk: whoever opens it is written down, and the browser keeps nothing of it."""

from gateway.web import colleagues, places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.visit import PageVisit

DESK, QUEUE = "/reports/{report_id}", "/work/reports"


def stands(*states: str):
    """Fit in these states."""
    return lambda one: one["state"] in states


STEPS = (
    DeskStep("decline_report", "不予受理", "举报人凭查询码能看到理由。", stands("received")),
    DeskStep(
        "answer_report",
        "给举报人留言",
        "举报人凭查询码能看到，可以回复。",
        stands("accepted", "review_asked"),
    ),
    DeskStep(
        "conclude_report",
        "办结",
        "举报人凭查询码能看到结论，可以评价、申请复核。",
        stands("accepted", "review_asked"),
    ),
    DeskStep("recuse_officer", "回避", "有利害关系的工作人员从此看不到这件举报。"),
)


def desk(visit: PageVisit) -> dict:
    """Give the steps that fit, who may be recused, and the names of officials and of the place."""
    found, officials = visit.parts["report"], colleagues.in_office(visit)
    return {
        **chosen(visit, STEPS, found),
        "officials": officials.items,
        "called": colleagues.names_and_logins(officials),
        "places": places.names(visit, [found.value["region"]] if found else []),
    }


PAGE = WebPage(
    "/work/reports/{report_id}",
    "举报",
    OFFICIALS,
    reads={"report": Read("GET /reports/{report_id}")},
    acts={
        "accept_report": Action(f"POST {DESK}/acceptance", "受理，由我承办", done="已受理，由您承办。"),
        "decline_report": Action(
            f"POST {DESK}/refusal", "不予受理", ("reason",), done="已答复举报人。", to=QUEUE
        ),
        "answer_report": Action(f"POST {DESK}/answers", "留言", ("text",), done="已留言。"),
        "conclude_report": Action(
            f"POST {DESK}/conclusion", "办结", ("outcome", "text"), done="已办结。", to=QUEUE
        ),
        "recuse_officer": Action(
            f"POST {DESK}/recusals", "回避", ("official_id",), done="已记下回避。", to=QUEUE
        ),
    },
    prepare=desk,
    kept=False,
)
