"""A clerk's one inbox: all that waits for them, the longest due on top, narrowed by matter, office and place; and a search by number or name."""

from collections import Counter

from flask import Response

from gateway.web import places, words, work_list
from gateway.web.declarations import OFFICIALS, Read, WebPage
from gateway.web.visit import PageVisit
from gateway.web.work_list import NARROWED

REASONS = ("overdue", "due_soon", "came_back", "new", "to_decide", "handed", "claimed", "not_supplied")
"""In the order in which a desk looks at them."""
SOUGHT = ("application_id", "name")


def within(visit: PageVisit) -> dict:
    """Ask for the places below the official's own, to narrow the list."""
    return {"parent": places.own(visit, "clerk") or visit.home_county, "limit": 100}


def sought(visit: PageVisit) -> dict:
    """Leave blanks out of what was typed: a number is copied with them."""
    return {name: visit.query[name].replace(" ", "") for name in SOUGHT if visit.query[name].strip()}


def tabs(visit: PageVisit) -> list[tuple[str, str, str]]:
    """Give a tab for each reason that there is, as (address, words, reason), each with what the list is narrowed to."""
    part = visit.parts["counts"]
    if not part:
        return []
    counted, chosen = part.value["reasons"], {name: visit.query[name] for name in NARROWED}
    rows = [("", "全部", part.value["all"])]
    rows += [
        (one, words.word(one, "reason"), counted[one])
        for one in REASONS
        if counted[one] or one == visit.query["reason"]
    ]
    whole = dict.fromkeys((*SOUGHT, "cursor"), "") | chosen
    return [
        (work_list.address(visit, **whole, reason=one), f"{called} {count}", one)
        for one, called, count in rows
    ]


def choices(visit: PageVisit) -> dict:
    """Give the matters and the offices of which something waits, and the places, as (value, words); and whether the list is narrowed."""
    part = visit.parts["counts"]
    rows = part.value["matters"] if part else []
    offices: Counter[str] = Counter()
    for one in rows:
        offices[one["office"]] += one["count"]
    return {
        "matters": [(one["matter_id"], f"{one['matter_name']}（{one['count']} 件）") for one in rows],
        "offices": [(office, f"{office}（{count} 件）") for office, count in offices.most_common()],
        "within": [(one["code"], one["name"]) for one in visit.parts["below"].items],
        "narrowed": any(visit.query[name] for name in NARROWED),
    }


def told(visit: PageVisit) -> dict | Response:
    """Name the places and the way to each case, and say whether somebody looks for one case; or go on to the next one."""
    if visit.query[work_list.OPEN]:
        return work_list.opened(visit)
    codes = [row["region"] for row in visit.parts["inbox"].items]
    return {
        "places": places.names(visit, codes),
        "searched": any(visit.query[name].strip() for name in SOUGHT),
        "tabs": tabs(visit),
        "cases": work_list.cases(visit),
        "onward": work_list.after(work_list.address(visit, then=visit.query[work_list.THEN])),
        "whole": work_list.address(visit, **dict.fromkeys((*NARROWED, "cursor"), "")),
        **choices(visit),
    }


PAGE = WebPage(
    "/work/inbox",
    "我的待办",
    OFFICIALS,
    reads={
        "inbox": Read("GET /applications/inbox", sought, passed=work_list.ASKED),
        "counts": Read("GET /applications/inbox/counts", passed=NARROWED),
        "below": Read("GET /regions", within, optional=True),
    },
    prepare=told,
)
