"""One official, for whoever may appoint and dismiss."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.visit import PageVisit

STEPS = (
    DeskStep(
        "reset_second_factor",
        "清除第二因素",
        "手机和恢复码都丢了才清除：请先当面认出本人。本人下次登录要重新登记。",
        lambda one: one["active"],
    ),
    DeskStep(
        "dismiss_official",
        "离任",
        "这个账号立刻退出，以后也不能再登录。",
        lambda one: one["active"],
    ),
)


def desk(visit: PageVisit) -> dict:
    """Give the steps that fit, and the name of the place."""
    found = visit.parts["official"]
    return {
        **chosen(visit, STEPS, found),
        "places": places.names(visit, [found.value["region"]] if found else []),
    }


PAGE = WebPage(
    "/work/officials/{official_id}",
    "工作人员",
    OFFICIALS,
    reads={"official": Read("GET /officials/{official_id}")},
    acts={
        "reset_second_factor": Action(
            "POST /officials/{official_id}/second-factor/reset", "清除第二因素", done="第二因素已清除。"
        ),
        "dismiss_official": Action("POST /officials/{official_id}/dismissal", "离任", done="已办理离任。"),
    },
    prepare=desk,
)
