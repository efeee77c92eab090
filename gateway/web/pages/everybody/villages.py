"""Find a village: by its name or pinyin, or through its town."""

from gateway.web.declarations import EVERYBODY, Read, WebPage
from gateway.web.visit import PageVisit


def _below(visit: PageVisit) -> dict:
    """Ask for the towns, or for the villages of the one that was chosen."""
    return {"parent": visit.query.get("town") or visit.home_county, "limit": 100}


def _found(visit: PageVisit) -> dict:
    return {"within": visit.home_county, "text": visit.query.get("text") or "村", "limit": 30}


PAGE = WebPage(
    "/villages",
    "找到我的村",
    EVERYBODY,
    reads={"below": Read("GET /regions", _below), "found": Read("GET /regions/search", _found)},
    sentence="写村名或拼音，找到自己的村：电话、办事、农产品。",
)
