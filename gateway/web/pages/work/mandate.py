"""One mandate: what it covers, what was done under it, and ending it where it is abused."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.visit import PageVisit
from services.identity.people.mandates.contract import MOST_PHOTOS

STEPS = (
    DeskStep(
        "end_mandate_at_desk",
        "终止委托",
        "立刻终止，双方都会收到通知。",
        lambda one: one["state"] in ("offered", "active"),
    ),
    DeskStep("remove_mandate_photo", "去掉这张照片", "去掉的照片马上删除。", lambda _one: False),
    DeskStep(
        "replace_mandate_photo",
        "去掉看不清的照片",
        "委托已经生效：请先交一张清楚的，再去掉这一张。去掉的照片马上删除。",
        lambda _one: False,
    ),
)
"""The two that take a photo away stand beside each photo."""

REMOVAL = "POST /mandates/{mandate_id}/photos/{photo_id}/removal"


def desk(visit: PageVisit) -> dict:
    """Give the step that fits, and the name of the place."""
    found = visit.parts["mandate"]
    return {
        "most_photos": MOST_PHOTOS,
        **chosen(visit, STEPS, found),
        "places": places.names(visit, [found.value["region"]] if found else []),
    }


def which(visit: PageVisit) -> dict:
    """Name the photo that is taken away."""
    return {"photo_id": visit.query["photo"]}


PAGE = WebPage(
    "/work/mandates/{mandate_id}",
    "代办委托",
    OFFICIALS,
    reads={
        "mandate": Read("GET /mandates/{mandate_id}"),
        "deeds": Read("GET /mandates/{mandate_id}/acts", passed=("cursor",)),
    },
    acts={
        "end_mandate_at_desk": Action(
            "POST /mandates/{mandate_id}/ending", "终止", ("reason",), done="委托已终止。"
        ),
        "add_mandate_photo": Action(
            "POST /mandates/{mandate_id}/photos", "交这张照片", done="照片已交。反面也请拍一张。"
        ),
        "remove_mandate_photo": Action(REMOVAL, "去掉", given=which, done="照片已去掉。"),
        "replace_mandate_photo": Action(
            REMOVAL,
            "去掉",
            ("reason",),
            given=which,
            needed={"reason": "请写明为什么去掉，例如 第一张看不清落款。"},
            done="照片已去掉，双方看得到原因。",
        ),
    },
    prepare=desk,
)
