"""One power at the desk: its draft, what that changes, and one screen per step of its publication."""

from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.power_lines import begun_lines, read_lines
from gateway.web.visit import PageVisit

DRAFT = "/powers/{power_id}/draft"
WRITE = DeskStep("write_power", "起草修改", "写好后要由县里另一位工作人员审核，公布前群众看不到。")
WITHDRAW = DeskStep("withdraw_power", "停用", "群众仍看得到它已停用、为什么停用，以前的版本也看得到。")
DISCARD = DeskStep("discard_power", "撤下草稿", "还没有公布过的，撤下后放在“撤下的”里，随时可以再写。")
OF_A_DRAFT = {
    "drafting": (
        DeskStep(
            "submit_power",
            "交给别人审核",
            "交审的人就算起草人，要由另一位来审核。",
        ),
        DISCARD,
    ),
    "in_review": (
        DeskStep("publish_power", "审核通过并公布", "请逐条对照法律，再公布。"),
        DeskStep("return_power", "退回修改"),
        DISCARD,
    ),
    "set_aside": (),
}
BY_ANOTHER = ("publish_power", "return_power")
"""What nobody does to a draft of the own writing; it is not offered, and the service refuses it."""


def desk(visit: PageVisit) -> dict:
    """Give the steps that fit, and what the form of a draft begins with."""
    power, draft = visit.parts["power"], visit.parts["draft"]
    own = bool(draft) and visit.actor.id in draft.value["authors"]
    state = draft.value["state"] if draft else ""
    steps = [one for one in OF_A_DRAFT.get(state, ()) if not (own and one.act in BY_ANOTHER)]
    in_force = bool(power) and power.value["state"] == "published"
    steps += [WRITE, WITHDRAW] if in_force else [WRITE]
    return {
        **chosen(visit, steps, draft or power),
        "one": (draft or power).value if draft or power else None,
        "waits_for_another": own and state == "in_review",
        "lines": begun_lines(_content(visit), visit.sent),
        "without_review_day": bool(draft) and not draft.value["content"].get("review_by"),
    }


def _content(visit: PageVisit) -> dict:
    part = visit.parts["draft"] or visit.parts["power"]
    return part.value["content"] if part else {}


def as_it_is(visit: PageVisit) -> dict:
    """Begin a draft with what is in force, or with what the draft has."""
    begun, draft = _content(visit), visit.parts["draft"]
    day = tuple((begun.get("review_by") or "--").split("-"))
    said = {name: begun.get(name, "") for name in ("name", "group", "who")}
    return {**said, "review_by": day, "note": draft.value["note"] if draft else ""}


PAGE = WebPage(
    "/work/powers/{power_id}",
    "小微权力",
    OFFICIALS,
    reads={
        "power": Read("GET /powers/{power_id}", optional=True),
        "draft": Read(f"GET {DRAFT}", optional=True),
    },
    acts={
        "write_power": Action(
            f"POST {DRAFT}",
            "保存草稿",
            ("name", "group", "who", "review_by", "note"),
            given=read_lines,
            starts=as_it_is,
            done="草稿已保存。",
            sees="draft",
            needed={"name": "请填写权力名称。"},
        ),
        "submit_power": Action(f"POST {DRAFT}/submission", "交给别人审核", sees="draft", done="已交审核。"),
        "publish_power": Action(
            f"POST {DRAFT}/publication",
            "审核通过并公布",
            done="已公布，几分钟内群众就看得到。",
            sees="draft",
        ),
        "return_power": Action(
            f"POST {DRAFT}/return", "退回修改", ("reason",), sees="draft", done="已退回。"
        ),
        "discard_power": Action(f"POST {DRAFT}/discarding", "撤下草稿", sees="draft", done="草稿已撤下。"),
        "withdraw_power": Action("POST /powers/{power_id}/withdrawal", "停用", ("reason",), done="已停用。"),
    },
    prepare=desk,
)
