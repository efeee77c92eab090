"""What an office says of its matter beside days and materials, on the page of a draft: what it costs, who may, where, and what one gets.

A draft's content is replaced whole by what comes: so the page joins what was filled in with what the draft, or the version in force, says
otherwise (grounds, rules, steps, questions).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gateway.web import numbers, words
from gateway.web.declarations import Read
from gateway.web.later import asked_after

if TYPE_CHECKING:
    from gateway.web.visit import PageVisit

MARK = "says"
"""What a form sends that has these fields: a form without them leaves the content as it is."""
SEVERAL = ("actors", "channels", "levels")
PRESENCE, FEE = "in_person", "fee"
CHARGED = {"free": False, "charged": True}
AMOUNT, BASIS, RESULT = "fee amount", "fee basis", "result"
NO_AMOUNT = "收费多少请用数字填写，例如 12.5；没有固定数的留空。"


def begun(visit: PageVisit) -> dict[str, Any]:
    """Give the content that the draft has, or else the version in force."""
    matter_id = {"matter_id": visit.path["matter_id"]}
    reads = {"draft": Read("GET /matters/{matter_id}/draft"), "matter": Read("GET /matters/{matter_id}")}
    found = visit.parts if "matter" in visit.parts else asked_after(visit, **reads)
    draft, matter = found["draft"], found["matter"]
    if draft:
        return draft.value["draft"]["content"]
    if not matter:
        return {}
    given = {**matter_id, "number": matter.value["number"]}
    version = asked_after(visit, version=Read("GET /matters/{matter_id}/versions/{number}", lambda _: given))
    return version["version"].value["content"] if version["version"] else {}


def filled(visit: PageVisit) -> dict[str, Any]:
    """Give what the form asks of the operation: the whole content, or nothing where the form has none of it or nobody knows the rest."""
    if MARK not in visit.sent:
        return {}
    content = begun(visit)
    if not content:
        return {}
    sent = visit.sent
    charged = CHARGED.get(sent.get(FEE, ""))
    fee = {
        "charged": charged,
        "amount_fen": _fen(sent.get(AMOUNT, "")) if charged else None,
        "basis": sent.get(BASIS, "").strip(),
    }
    sources = [
        {"field": one["field"], "source": one["source"]} for one in content["sources"] if one["source"]
    ]
    said = {name: sent.getlist(name) for name in SEVERAL}
    own = {PRESENCE: sent.get(PRESENCE, ""), RESULT: sent.get(RESULT, "").strip()}
    return {"content": {**content, **said, **own, "fee": fee, "sources": sources}}


def wrong(visit: PageVisit, _asked: dict) -> dict[str, str]:
    """Say where an amount is none."""
    amount = visit.sent.get(AMOUNT, "").strip()
    bad = CHARGED.get(visit.sent.get(FEE, "")) and amount and not isinstance(_fen(amount), int)
    return {AMOUNT: NO_AMOUNT} if bad else {}


def shown(visit: PageVisit) -> dict[str, Any]:
    """Give what the fields begin with, as it was sent or as it is; and the choices with their words."""
    told = begun(visit)
    fee = told.get("fee") or {"charged": None, "amount_fen": None, "basis": ""}
    amount = fee["amount_fen"]
    kept = {
        **{name: told.get(name, []) for name in SEVERAL},
        PRESENCE: told.get(PRESENCE, ""),
        RESULT: told.get(RESULT, ""),
        FEE: next((one for one, value in CHARGED.items() if value is fee["charged"]), ""),
        AMOUNT: f"{amount / 100:.2f}" if amount is not None else "",
        BASIS: fee["basis"],
    }
    if MARK in visit.sent:
        kept = {
            name: visit.sent.getlist(name) if name in SEVERAL else visit.sent.get(name, "") for name in kept
        }
    return {"says": kept, "said_as": {name: words.CHOICES[name] for name in (*SEVERAL, PRESENCE)}}


def _fen(typed: str) -> int | str | None:
    return numbers.scaled(typed.strip(), 100, numbers.YUAN) if typed.strip() else None
