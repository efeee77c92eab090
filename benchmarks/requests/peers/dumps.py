"""From a document to the JSON of an answer, by hand: the same JSON that the platform gives."""

import base64

import orjson

from services.affairs.matters.catalogue.model import KINDS
from services.market.selling.amounts import UNIT

ROW_TIMES = ("submitted_at", "due_at", "legal_due_at", "suspended_until")

VERSIONED = ("keywords", "life_event", "elsewhere", "withdrawn", "number", "with_form")
"""What a version of a matter says beside."""


def _fields(document: dict, *names: str) -> dict:
    return {name: document.get(name) for name in names}


def _times(answer: dict, *names: str) -> dict:
    for name in names:
        if answer[name] is not None:
            answer[name] = answer[name].isoformat()
    return answer


def application_row(document: dict) -> dict:
    """Give an application in a list, name and phone masked."""
    names = ("region", "matter_id", "matter_name", "office", "state", "matter_number")
    name, phone = document["applicant_name"], document["applicant_phone"]
    return {
        "id": document["_id"],
        **_fields(document, *names),
        "applicant_name": name[0] + "*" if len(name) <= 2 else name[0] + "*" * (len(name) - 2) + name[-1],
        "applicant_phone": f"{phone[:3]}****{phone[-4:]}",
        **_times(_fields(document, *ROW_TIMES), *ROW_TIMES),
        **_fields(document, "outcome", "acted_by", "visitor_id"),
        "provisional": document["provisional"],
        "legal_provisional": False,
    }


def application(document: dict) -> dict:
    """Give one application in full, as its applicant sees it; no application of the benchmark has a notice, a file or a verified paper."""
    whole = (
        "required",
        "materials",
        "filled",
        "first_notice",
        "notice",
        "reason",
        "right_of_review",
        "stars",
        "comment",
        "formerly",
    )
    times = ("notice_by", "accepted_at", "closed_at", "result_due_at")
    return {
        **application_row(document),
        "applicant_name": document["applicant_name"],
        "applicant_phone": document["applicant_phone"],
        **_fields(document, *whole),
        **_times(_fields(document, *times), *times),
        "result_provisional": False,
        "reviewed_from": "",
        "applicant_born_on": None,
        "files": [],
        "files_kept_years": document.get("files_kept_years", 0),
        **{name: document.get(name, []) for name in ("verifiable", "verified", "originals_opened")},
        "steps": [_times(_fields(step, "at", "by", "what"), "at") for step in document["steps"]],
    }


def listing_on_sale(document: dict) -> dict:
    """Give a listing as everybody sees it."""
    names = (
        "region",
        "title",
        "description",
        "unit",
        "price_fen",
        "stock",
        "on_sale_since",
        "step_milli",
        "photos",
    )
    left = {"stock_milli": document["stock"] * UNIT, "sold_out": document["sold_out"]}
    return {"id": document["_id"], **_times(_fields(document, *names), "on_sale_since"), **left}


def matter(document: dict) -> dict:
    """Give a matter of the catalogue."""
    names = ("region", "name", "main_item", "kind", "office", "source_code", "materials", "promise_days")
    more = _fields(document, "statutory_days", "state", "changed_at", "visitors", "version", *VERSIONED)
    more |= {"withdrawn_at": document.get("withdrawn_at"), "withdrawn_to": document.get("withdrawn_to", "")}
    kind = {"kind_name": KINDS[document["kind"]]}
    content = document["content"] if isinstance(document.get("content"), dict) else {}
    told = {
        "days_unit": content.get("days_unit", "working"),
        "only_by_appointment": content.get("access", {}).get("in_person") == "appointment",
        "confirmed": document.get("confirmed", False),
        "files_kept_years": document.get("files_kept_years", 0),
    }
    return {
        "id": document["_id"],
        **_fields(document, *names),
        **kind,
        **_times(more, "changed_at", "withdrawn_at"),
        **told,
    }


def notice(document: dict) -> dict:
    """Give one notice."""
    times = ("created_at", "read_at")
    return {
        "id": document["_id"],
        **_fields(document, "about", "subject", "text"),
        "title": document.get("title"),
        **_times(_fields(document, *times), *times),
    }


def order(document: dict) -> dict:
    """Give an order in a list."""
    names = (
        "region", "listing_id", "buyer_id", "seller_id", "title", "unit", "quantity", "quantity_milli", "price_fen", "amount_fen",
        "state", "carrier", "acted_by",
    )  # fmt: skip
    times = ("created_at", "pay_by", "paid_at", "shipped_at", "received_at", "ended_at")
    return {"id": document["_id"], **_fields(document, *names), **_times(_fields(document, *times), *times)}


def resident(document: dict) -> dict:
    """Give what the start page says of its resident."""
    return {"id": document["_id"], **_fields(document, "name", "state", "decide_by")}


def region(document: dict) -> dict:
    """Give a division's names."""
    return {"code": document["region"], **_fields(document, "name", "short_name", "parent_name")}


def category(document: dict) -> dict:
    """Give a category of complaints."""
    return {"id": document["_id"], **_fields(document, "parent", "level", "name", "full_name")}


def cursor(document: dict, field: str) -> str:
    """Give the opaque position after a row, in the platform's form."""
    value = document[field]
    pair = ["v", value] if isinstance(value, int | str) else ["t", value.timestamp()]
    return base64.urlsafe_b64encode(orjson.dumps([*pair, document["_id"]])).decode().rstrip("=")
