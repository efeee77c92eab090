"""Invite somebody into an office: the link is shown once, and goes to the phone where one is named."""

from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.places import own
from gateway.web.visit import PageVisit


def below(visit: PageVisit) -> dict:
    """Ask for the places below the one that was chosen, or below the official's own."""
    return {
        "parent": visit.sent.get("below") or visit.query["below"] or own(visit) or visit.home_county,
        "limit": 100,
    }


def of_the_own_region(visit: PageVisit) -> dict:
    """Ask for the towns among which one is chosen."""
    return {"parent": own(visit) or visit.home_county, "limit": 100}


def chosen_place(visit: PageVisit) -> dict:
    """Name where the office is: what was chosen, else the official's own region."""
    return {"region": visit.sent.get("region", "") or own(visit)}


PAGE = WebPage(
    "/work/officials/new",
    "邀请工作人员",
    OFFICIALS,
    reads={
        "home": Read("GET /regions/{code}", lambda visit: {"code": below(visit)["parent"]}),
        "below": Read("GET /regions", below),
        "towns": Read("GET /regions", of_the_own_region),
    },
    acts={
        "invite_official": Action(
            "POST /invitations",
            "发出邀请",
            ("name", "phone", "role"),
            given=chosen_place,
            done="邀请已发出，链接刚才已经显示过一次。要再看，请到邀请里重新发送。",
            shown=True,
        )
    },
)
