"""The working days of a county: what it has changed, another day, and a year that is entered whole."""

from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.visit import PageVisit

CALENDAR = "/working-calendar"


def which(visit: PageVisit) -> dict:
    """Read which day is meant."""
    return {"day": visit.sent.get("of", "")}


PAGE = WebPage(
    "/work/calendar",
    "工作日历",
    OFFICIALS,
    reads={"calendar": Read(f"GET {CALENDAR}")},
    acts={
        "change_calendar_day": Action(
            f"POST {CALENDAR}/days",
            "改这一天",
            ("day", "kind", "reason"),
            done="已改。正在办的申请会重新计算期限，期限有变化的会通知申请人。",
        ),
        "withdraw_calendar_day": Action(
            f"POST {CALENDAR}/withdrawals", "撤回", ("reason",), given=which, done="已撤回。"
        ),
        "publish_calendar_year": Action(
            f"POST {CALENDAR}/years",
            "这一年录全了",
            ("year",),
            done="已公布。这一年里暂定的期限会重新计算，不再是暂定。",
        ),
    },
)
