"""Who is on duty: the office's week, its phone and its quiet hours."""

from gateway.web import colleagues, places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.visit import PageVisit

DAYS = "一二三四五六日"


def office(visit: PageVisit) -> dict:
    """Name the office: where one is administrator."""
    roles = ("village_administrator", "town_administrator", "county_administrator")
    return {"region": places.own(visit, *roles) or places.own(visit)}


def week(visit: PageVisit) -> dict:
    """Read the seven days."""
    typed = [visit.sent.get(f"week-{number}", "").strip() or None for number in range(len(DAYS))]
    return {**office(visit), "week": typed}


def named(visit: PageVisit) -> dict:
    """Name the office and those on duty, by name and login where the visitor may look officials up."""
    officials = colleagues.in_office(visit)
    return {
        "places": places.names(visit, [office(visit)["region"]]),
        "days": DAYS,
        "called": colleagues.names_and_logins(officials),
        "logins": {one["id"]: one["login"] for one in officials.items},
        **office(visit),
    }


PAGE = WebPage(
    "/work/duties",
    "值班",
    OFFICIALS,
    reads={"rota": Read("GET /duties/{region}", office, optional=True)},
    acts={
        "set_rota": Action(
            "PUT /duties/{region}",
            "保存",
            ("phone", "quiet_hours", "rests_on_days_off"),
            given=week,
            sees="rota",
            done="值班表已保存。",
        ),
        "change_duty": Action(
            "POST /duties/{region}/days", "换班", ("day", "official_id"), given=office, done="已换班。"
        ),
    },
    prepare=named,
)
