"""One matter at the desk: its draft, what that changes, and one screen per step of its publication."""

import re

from gateway.web import matter_content
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.visit import PageVisit

NUMBERS = ("promise_days", "statutory_days", "files_kept_years")
DRAFT = "/matters/{matter_id}/draft"
SEPARATOR = "|"
BARS, MARKS = re.compile("[|｜¦│]"), re.compile("[\n、，,；;]")
"""What a keyboard gives for a bar; and what stands between one saying and the next."""

STEPS = (
    DeskStep("write_draft", "起草修改", "写好后要由另一位工作人员审核，公布前群众看不到。"),
    DeskStep("withdraw_matter", "停办", "停办后不再收新的申请，已经收下的照常办理。"),
)
OF_A_DRAFT = {
    "drafting": (
        DeskStep("submit_draft", "交给别人审核", "要由另一位没有写过这份草稿的工作人员审核。"),
        DeskStep("discard_draft", "不要这份草稿"),
    ),
    "in_review": (
        DeskStep("approve_draft", "审核通过", "不填日期就是现在公布。"),
        DeskStep("return_draft", "退回修改"),
    ),
    "approved": (DeskStep("discard_draft", "撤下这份草稿"),),
}


BY_ANOTHER = ("approve_draft", "return_draft")
"""What nobody does to a draft of the own writing; it is not offered, and the service refuses it."""


def lists(visit: PageVisit) -> dict:
    """Read keywords and materials as lines; a material's parts stand between bars: name | note | issuer | trust | ground."""
    keywords = [one.strip() for one in MARKS.split(visit.sent.get("keyword lines", "")) if one.strip()]
    lines = [one for one in visit.sent.get("material lines", "").splitlines() if one.strip()]
    named = ("name", "note", "issuer", "trust", "ground")
    parted = [[part.strip() for part in BARS.split(one, len(named) - 1)] for one in lines]
    materials = [dict(zip(named, parts, strict=False)) for parts in parted]
    return {"keywords": keywords, "materials": materials, **matter_content.filled(visit)}


def desk(visit: PageVisit) -> dict:
    """Give the steps that fit, and what the form of a draft begins with."""
    found, draft = visit.parts["matter"], visit.parts["draft"]
    own = bool(draft) and visit.actor.id in draft.value["authors"]
    of_draft = OF_A_DRAFT[draft.value["state"]] if draft else ()
    steps = (*(one for one in of_draft if not (own and one.act in BY_ANOTHER)), *STEPS)
    begun = draft.value["draft"] if draft else (found.value if found else {})
    bars = [
        f" {SEPARATOR} ".join(
            (one.get(name) or "") for name in ("name", "note", "issuer", "trust", "ground")
        ).rstrip(f" {SEPARATOR}")
        for one in begun.get("materials", ())
    ]
    now = chosen(visit, steps, found)
    writes = now["doing"] is not None and now["doing"].act == "write_draft"
    return {
        **now,
        **(matter_content.shown(visit) if writes else {}),
        "waits_for_another": own and draft.value["state"] == "in_review",
        "material_lines": visit.sent.get("material lines", "\n".join(bars)),
        "keyword_lines": visit.sent.get("keyword lines", "\n".join(begun.get("keywords", ()))),
    }


def as_it_is(visit: PageVisit) -> dict:
    """Begin a draft with the numbers that are in force, or with what the draft has."""
    draft, found = visit.parts["draft"], visit.parts["matter"]
    begun = draft.value["draft"] if draft else (found.value if found else {})
    days = {name: begun.get(name, "") for name in NUMBERS}
    return {**days, "note": draft.value["note"] if draft else ""}


PAGE = WebPage(
    "/work/matters/{matter_id}",
    "事项",
    OFFICIALS,
    reads={"matter": Read("GET /matters/{matter_id}"), "draft": Read(f"GET {DRAFT}", optional=True)},
    acts={
        "write_draft": Action(
            f"POST {DRAFT}",
            "保存草稿",
            (*NUMBERS, "note"),
            given=lists,
            starts=as_it_is,
            sees="draft",
            looks=matter_content.wrong,
            done="草稿已保存。",
        ),
        "submit_draft": Action(f"POST {DRAFT}/submission", "交给别人审核", sees="draft", done="已交审核。"),
        "approve_draft": Action(
            f"POST {DRAFT}/approval",
            "审核通过",
            ("publish_at",),
            sees="draft",
            done="审核通过。现在公布的，几分钟内换成新的。",
        ),
        "return_draft": Action(
            f"POST {DRAFT}/return", "退回修改", ("reason",), sees="draft", done="已退回。"
        ),
        "discard_draft": Action(
            f"POST {DRAFT}/discarding", "不要这份草稿", sees="draft", done="草稿已撤下。"
        ),
        "withdraw_matter": Action(
            "POST /matters/{matter_id}/withdrawal", "停办", ("reason", "withdrawn_to"), done="已停办。"
        ),
    },
    prepare=desk,
)
