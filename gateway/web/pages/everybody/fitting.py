"""Which matters fit me: three questions, with leave also what the village has entered, and for each matter why."""

from gateway.web.declarations import EVERYBODY, Action, Read, WebPage
from gateway.web.forms import ON
from gateway.web.numbers import DATE_PARTS, typed_day
from gateway.web.pages.everybody.register import notice_as_read
from gateway.web.visit import PageVisit

PURPOSE = "fitting"
QUESTIONS = ("age_band", "born_on", "home", "hardship")
ASK, ASK_FOR_OWN = "suggest_matters", "suggest_own_matters"


def _own(visit: PageVisit) -> bool:
    """Tell whether somebody with an account looks for themselves: leave and kept answers are theirs alone."""
    return visit.actor.kind == "resident" and not visit.mandate


def _of_ones_own(visit: PageVisit) -> dict | None:
    return {} if _own(visit) else None


def _leave(visit: PageVisit) -> str:
    """Tell how somebody stands to the purpose; "" where that is not known."""
    found = visit.parts.get("consents")
    each = [one for one in (found.items if found else []) if one["purpose"] == PURPOSE]
    return each[0]["state"] if each else ""


def as_answered(visit: PageVisit) -> dict:
    """Begin with what was just sent, else with what is kept."""
    if visit.sent.get("act") in (ASK, ASK_FOR_OWN):
        day = typed_day(visit.sent, "born_on")
        ticks = {name: visit.sent.getlist(name) for name in ("home", "hardship")}
        told = {name: visit.sent.get(name, "") for name in ("age_band", "known")}
        return {**told, **ticks, "born_on": day}
    known = ON if _leave(visit) == "given" else ""
    kept = visit.parts.get("kept")
    if not kept:
        return {"known": known}
    day = tuple((kept.value["born_on"] or "--").split("-"))
    ticks = {name: kept.value[name] for name in ("home", "hardship")}
    return {**ticks, "age_band": kept.value["age_band"] or "", "born_on": day, "known": known}


def prepare(visit: PageVisit) -> dict:
    """Give what the page shows beside its parts: whose it is, the leave, and what was just answered, for who keeps it."""
    named = {*QUESTIONS, *(f"born_on-{part}" for part, _ in DATE_PARTS)}
    answered = [(name, value) for name, value in visit.sent.items(multi=True) if name in named]
    notice = visit.parts["notice"]
    told = notice.value["purposes"] if notice else []
    return {
        "own": _own(visit),
        "leave": _leave(visit),
        "answered": answered,
        "purpose": next((one for one in told if one["purpose"] == PURPOSE), None),
    }


PAGE = WebPage(
    "/fitting",
    "哪些事项适合我",
    EVERYBODY,
    reads={
        "consents": Read("GET /consents", _of_ones_own),
        "notice": Read("GET /privacy/notice", _of_ones_own),
        "kept": Read("GET /fitting-answers", _of_ones_own, optional=True),
    },
    acts={
        ASK: Action(
            "POST /matter-suggestions",
            "看看哪些适合",
            QUESTIONS,
            starts=as_answered,
            shown=True,
        ),
        ASK_FOR_OWN: Action(
            "POST /matter-suggestions/mine",
            "看看哪些适合",
            (*QUESTIONS, "known"),
            starts=as_answered,
            shown=True,
        ),
        "keep_fitting_answers": Action(
            "POST /fitting-answers",
            "保存我的回答，下次不用再填",
            QUESTIONS,
            done="回答已保存，最多一年。随时可以在这里删除。",
        ),
        "discard_fitting_answers": Action(
            "POST /fitting-answers/discarding", "删除保存的回答", done="保存的回答已删除。"
        ),
        "give_fitting_leave": Action(
            "POST /consents/{purpose}/giving",
            "同意参照村里登记的情况",
            given=lambda visit: {"purpose": PURPOSE, **notice_as_read(visit)},
            done="您同意了。随时可以在“隐私和账号安全”里撤回。",
        ),
    },
    prepare=prepare,
    kept=False,
    sentence="答三个问题，看看哪些补贴和事项适合您，每一项都说明理由。",
)
