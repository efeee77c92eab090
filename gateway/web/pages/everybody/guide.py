"""What can be done with an office: found by words or by kind."""

from gateway.web.declarations import EVERYBODY, Read, WebPage
from gateway.web.visit import PageVisit
from gateway.web.ways import ways_of

EVENTS = (
    *(
        "出生和养育",
        "困境儿童",
        "上学",
        "结婚和离婚",
        "户口和证件",
        "养狗",
        "社会保障卡",
        "养老保险和退休",
        "变老",
        "残疾",
    ),
    *(
        "家庭困难",
        "受灾",
        "打官司和纠纷",
        "住房",
        "看病和医保",
        "找工作和外出务工",
        "创业",
        "去世",
        "建房",
        "种地养殖",
    ),
    *("农机", "合作社", "开店", "当兵和退役"),
)
"""The events of life under which the 169 stand that villagers ask for most."""
KINDS = ("20", "5", "7", "1", "8", "9", "10")
"""Most asked for first."""


def _kinds(visit: PageVisit) -> dict:
    return {"kinds": KINDS, "events": EVENTS, "ways": ways_of(visit.query["text"])}


PAGE = WebPage(
    "/guide",
    "办事",
    EVERYBODY,
    reads={"matters": Read("GET /matters", passed=("text", "life_event", "kind", "office", "cursor"))},
    prepare=_kinds,
    sentence="想办什么事，查要带什么材料、多久办完，能在网上申请。",
)
