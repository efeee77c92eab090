"""Who I am here: certification, and what can be put right."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage
from gateway.web.later import asked_after
from gateway.web.visit import PageVisit


def of_me(visit: PageVisit) -> dict:
    """Name the resident who is signed in: what is said here is never a ward's."""
    return {"resident_id": visit.actor.id}


def _village(visit: PageVisit) -> dict:
    me = visit.parts["me"]
    if not me:
        return {"village": None, "to": None}
    asked = me.value.get("request") or {}
    reads = {"village": Read("GET /regions/{code}", lambda _: {"code": me.value["region"]})}
    if asked.get("to"):
        reads["to"] = Read("GET /regions/{code}", lambda _: {"code": asked["to"]})
    return {"to": None, **asked_after(visit, **reads)}


PAGE = WebPage(
    "/my/identity",
    "我的身份",
    RESIDENTS,
    reads={
        "me": Read("GET /residents/{resident_id}", of_me),
        "match": Read("GET /residents/{resident_id}/match", of_me, optional=True),
        "wechat": Read("GET /wechat/binding", optional=True),
    },
    acts={
        "appeal": Action(
            "POST /residents/{resident_id}/appeal",
            "向镇上申诉",
            ("reason",),
            given=of_me,
            done="申诉已交到镇上，有结果会通知您。",
        ),
        "ask_correction": Action(
            "POST /residents/{resident_id}/correction",
            "申请更正",
            ("what", "value", "paper", "country"),
            given=of_me,
            done="更正申请已提交，有结果会通知您。",
            starts=lambda visit: {"paper": "id_card"},
        ),
        "withdraw_correction": Action(
            "POST /residents/{resident_id}/correction/withdrawal",
            "不更正了",
            given=of_me,
            done="更正申请已撤回。",
        ),
        "cancel_move": Action(
            "POST /residents/{resident_id}/move/cancellation",
            "不迁了",
            given=of_me,
            done="迁移申请已撤回。",
        ),
        "ask_match": Action(
            "POST /residents/{resident_id}/match",
            "和户籍登记核对",
            ("id_number",),
            given=of_me,
            done="已经去核对，有结果会通知您。",
        ),
    },
    prepare=_village,
)
