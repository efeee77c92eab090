"""By which phone the own office is reached: what everybody reads on the village's page, and its people on every page."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.pages.work.duties import office
from gateway.web.visit import PageVisit

FIELDS = ("phone", "address", "hours")


def as_told(visit: PageVisit) -> dict:
    """Fill in what is told now, so that one of it can be changed alone."""
    now = visit.parts["contact"]
    return {name: now.value[name] or "" for name in FIELDS} if now else {}


PAGE = WebPage(
    "/work/contact",
    "村里的联系电话",
    OFFICIALS,
    reads={"contact": Read("GET /contacts/{region}", office, optional=True)},
    acts={
        "tell_contact": Action(
            "PUT /contacts/{region}",
            "保存",
            FIELDS,
            given=office,
            sees="contact",
            starts=as_told,
            done="联系电话已保存，村民几分钟内就能看到新的。",
        )
    },
    prepare=lambda visit: {**office(visit), "places": places.names(visit, [office(visit)["region"]])},
)
