"""One paper at the desk: print it, hand it over, revoke it where it has a mistake."""

from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.visit import PageVisit

STEPS = (
    DeskStep(
        "hand_over_result",
        "登记已交付",
        "申请人会收到通知，领取方式从此不能再改。",
        lambda one: one["state"] == "issued" and one["delivery"] != "page" and not one["handed_at"],
    ),
    DeskStep(
        "revoke_result",
        "撤销",
        "文书有错的，先撤销，再回到申请重新出具。撤销后谁核验都会看到“已撤销”，申请人会收到通知，也看得到理由。",
        lambda one: one["state"] == "issued",
    ),
)


def desk(visit: PageVisit) -> dict:
    """Give the steps that fit."""
    found = visit.parts["result"]
    return {**chosen(visit, STEPS, found), "one": found.value if found else None}


PAGE = WebPage(
    "/work/results/{result_id}",
    "结果文书",
    OFFICIALS,
    reads={"result": Read("GET /results/{result_id}")},
    acts={
        "hand_over_result": Action(
            "POST /results/{result_id}/handover", "登记已交付", ("note",), done="已登记，申请人会收到通知。"
        ),
        "revoke_result": Action(
            "POST /results/{result_id}/revocation",
            "撤销这份文书",
            ("reason",),
            done="已撤销，申请人会收到通知。要更正的，请回到申请重新出具。",
        ),
    },
    prepare=desk,
)
