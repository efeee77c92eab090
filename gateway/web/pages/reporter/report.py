"""Report something without being known: what it is about, where, what happened, all of it once more; then the receipt.

Every step is a form sent to this one address, so that neither the address nor the browser's history tells what was chosen.
"""

from flask import Response, current_app

from gateway.web import answering
from gateway.web.asking import PagePart
from gateway.web.declarations import EVERYBODY, Action, Read, WebPage
from gateway.web.later import asked_after
from gateway.web.pages.reporter.follow import proof_of
from gateway.web.rendering import render
from gateway.web.typed import happened
from gateway.web.visit import PageVisit

ALL = 100
LEAF = 3
REST = "其他"
MOST_WORDS, SHOWN = 50, 20


TYPED = ("accused", "text", "happened_on-year", "happened_on-month", "happened_on-day")
"""What is typed on the last screen: it goes along where somebody chooses the category or the place anew."""


def _sent(visit: PageVisit, name: str) -> str:
    """Give what was chosen; nothing of what is to be chosen anew."""
    anew = {"category": ("category_id",), "place": ("region", "town")}.get(visit.sent.get("anew", ""), ())
    return "" if name in anew else visit.sent.get(name, "")


def _one_below(visit: PageVisit) -> dict:
    chosen = _sent(visit, "category_id")
    return {"limit": ALL, **({"parent": chosen} if chosen else {})}


def _in_own_words(visit: PageVisit) -> dict | None:
    """Ask for the categories that somebody's own words name, while none is chosen."""
    words = visit.sent.get("words", "").strip()
    return {"text": words[:MOST_WORDS], "limit": SHOWN} if words and not _sent(visit, "category_id") else None


def _is_the_rest(category: dict) -> bool:
    """Tell which stands last: who finds "其他" before the others stops looking."""
    return category["name"] == REST


def _chosen(visit: PageVisit) -> dict | None:
    chosen = _sent(visit, "category_id")
    return {"category_id": chosen} if chosen else None


def _places(visit: PageVisit) -> dict | None:
    """Ask for the towns, or the villages of the one that was chosen, until a place is."""
    if _sent(visit, "region"):
        return None
    return {"parent": _sent(visit, "town") or visit.home_county, "limit": ALL}


def _place(visit: PageVisit) -> dict | None:
    code = _sent(visit, "region") or _sent(visit, "town")
    return {"code": code} if code else None


def step(visit: PageVisit) -> dict:
    """Tell which step comes next and what can be chosen in it; what was chosen before stays in the forms."""
    category, categories, places = (visit.parts[name] for name in ("category", "categories", "places"))
    named = visit.parts["named"]
    kept = {name: _sent(visit, name) for name in ("category_id", "town", "region")}
    typed = {name: visit.sent.get(name, "") for name in TYPED}
    powers = _powers(visit)
    if not category or category.value["level"] < LEAF:
        return {
            "step": "category",
            "kept": kept,
            "typed": typed,
            "powers": powers,
            "choices": [(one["id"], one["name"]) for one in sorted(categories.items, key=_is_the_rest)],
            "found_by_words": [(one["id"], one["full_name"]) for one in named.items] if named else [],
            "words": visit.sent.get("words", "").strip(),
        }
    choices = [(one["code"], one["name"]) for one in places.items]
    return {
        "step": "details" if kept["region"] else "place",
        "kept": kept,
        "typed": typed,
        "choices": choices,
        "powers": powers,
    }


def _powers(visit: PageVisit) -> PagePart | None:
    """Ask for the rules that the county names for the chosen category; none where nothing is chosen."""
    category = visit.parts["category"]
    if not category:
        return None
    named = {"category": category.value["full_name"], "limit": 5}
    return asked_after(visit, powers=Read("GET /powers/of-category", lambda _: named))["powers"]


def typed_before(visit: PageVisit) -> dict:
    """Give what was typed before the category or the place was chosen anew."""
    accused, text, *day = (visit.sent.get(name, "") for name in TYPED)
    return {"accused": accused, "text": text, **({"happened_on": tuple(day)} if any(day) else {})}


def about(visit: PageVisit) -> dict:
    """Give what was chosen in the steps before."""
    return {"region": visit.sent.get("region", ""), "category_id": visit.sent.get("category_id", "")}


def shown_once(visit: PageVisit, answer: dict) -> Response:
    """Show the receipt in the answer itself: it stands in no address, and a repeat of the form gives the same one."""
    stamp = current_app.extensions["web"].stamps.give("/report/follow", None)
    receipt = answer["receipt"]
    body = render(
        "pages/receipt.html",
        visit=visit,
        page=PAGE,
        groups=[receipt[at : at + 4] for at in range(0, len(receipt), 4)],
        stamp=stamp,
        proof=proof_of(stamp, receipt),
    )
    return answering.page(body, trace=False)


PAGE = WebPage(
    "/report",
    "举报",
    EVERYBODY,
    reads={
        "category": Read("GET /complaint-categories/{category_id}", _chosen),
        "categories": Read("GET /complaint-categories", _one_below),
        "named": Read("GET /complaint-categories/search", _in_own_words),
        "place": Read("GET /regions/{code}", _place),
        "places": Read("GET /regions", _places),
    },
    acts={
        "report": Action(
            "POST /reports",
            "提交举报",
            ("accused", "text", "happened_on"),
            given=about,
            starts=typed_before,
            check=True,
            looks=lambda _visit, asked: happened("happened_on", asked),
            finish=shown_once,
        )
    },
    prepare=step,
    trace=False,
)
