"""One application at the desk: what came, what is missing, and one screen per decision."""

from datetime import UTC, date, datetime

from gateway.web import colleagues, papers, places, work_list
from gateway.web.asking import PagePart
from gateway.web.case_steps import ENDED_WITH_THE_CASE, OPEN, STEPS, to_verify
from gateway.web.declarations import OFFICIALS, Action, Given, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.pages.resident.application import materials
from gateway.web.visit import PageVisit
from services.chassis.core.cleaning import is_number
from services.chassis.core.clock import day_of
from services.civic.birthdays import birthday

DESK, QUEUE = "/applications/{application_id}", work_list.INBOX
HEADS = ("town_administrator", "county_administrator")
OFFERED = {
    "notify_missing": ("notice", "text"),
    "decline_application": ("refusal", "reason"),
    "decide_application": ("decision", "reason"),
}
"""For the screens on which something is written: which sentences are offered, and for which field."""


def sentences_asked(visit: PageVisit) -> dict | None:
    """Ask for the sentences of the screen that is shown, where it has any."""
    doing = visit.sent.get("act") or visit.query["do"]
    return {"kind": OFFERED[doing][0], "limit": 100} if doing in OFFERED else None


def begun_with(act: str) -> Given:
    """Put the sentence that was chosen behind what was written already."""

    def starts(visit: PageVisit) -> dict:
        kind, field = OFFERED[act]
        part = visit.parts.get("sentences")
        rows = part.items if part else []
        wanted = visit.sent.get("anew", "")
        chosen_one = next((one for one in rows if one["id"] == wanted and one["kind"] == kind), None)
        written = {name: visit.sent.get(name, "") for name in visit.page.acts[act].fields}
        if chosen_one and visit.sent.get("act") == act:
            written[field] = "\n".join(filter(None, (written[field].strip(), chosen_one["text"])))
        return written

    return starts


def in_hand(visit: PageVisit) -> PagePart:
    """Give the application with whether no paper of it stands, and who has it: `mine`, `theirs` where a colleague does for whom nobody here stands in, `head` for who may give it away."""
    found, handling = visit.parts["application"], visit.parts["handling"]
    if not found:
        return found
    hands = {visit.actor.id, *(role.of for role in visit.actor.roles if role.of)}
    by = handling.value["claimed_by"] if handling else ""
    results = visit.parts["results"]
    none_stands = bool(results) and all(each["state"] == "revoked" for each in results.items)
    clock = handling.value if handling else {}
    known = {
        "most_days_more": clock.get("most_days_more", 0),
        "extension_unit": clock.get("extension_unit", "working"),
        "joint": clock.get("joint", False),
        "of_the_county": visit.actor.has_role("county_administrator"),
        "grounds": clock.get("not_counted_grounds", []),
        "no_result": none_stands,
        "mine": by in hands,
        "theirs": bool(by) and by not in hands and found.value["state"] in OPEN,
    }
    return PagePart({**found.value, **known, "by": by, "head": visit.actor.has_role(*HEADS)})


def called(visit: PageVisit, one: dict, doing: str) -> PagePart:
    """Ask for the colleagues where the page names one, or lets one be chosen."""
    handling = visit.parts["handling"]
    said = handling and any(handling.value[name] for name in ("handed_by", "remarks", "step_officials"))
    named = one["theirs"] or said or doing == "hand_over_application"
    return colleagues.of_the_place(visit, one["region"]) if named else PagePart({"items": []})


def lacking(one: dict) -> list[str]:
    """Name the materials of the list of which nothing came, not even a word."""
    return [each["name"] for each in papers.of(one) if not each["came"]]


def what_a_decision_means(visit: PageVisit) -> str:
    """Say before it is made that a decision is final, and what has not come."""
    missing = lacking(visit.parts["application"].value)
    said = f"清单上的这些材料没有交来：{'、'.join(missing)}。" if missing else ""
    return f"{said}决定作出以后不能改，申请人马上收到通知。"


def came_too_late(one: dict, doing: DeskStep | None) -> bool:
    """Tell whether what is chosen was ended by somebody meanwhile: then the page says how, instead of a form that can only be refused."""
    return one["state"] not in OPEN and doing is not None and doing.act in ENDED_WITH_THE_CASE


def age(one: dict, today: date) -> int | None:
    """Give how old the applicant is today, in whole years; None where no birthday is known."""
    if not one["applicant_born_on"]:
        return None
    born = date.fromisoformat(one["applicant_born_on"])
    years = today.year - born.year
    return years if today >= birthday(born, years) else years - 1


def by_whom(visit: PageVisit, known: dict[str, str]) -> dict[int, str]:
    """Give, for colleagues, who took each step of the case, by the step's number."""
    handling = visit.parts["handling"]
    rows = handling.value["step_officials"] if handling else []
    own = {visit.actor.id: "您"}
    return {one["step"]: {**known, **own}.get(one["official_id"], "一位同事") for one in rows}


def desk(visit: PageVisit) -> dict:
    """Give the steps that fit, which of the materials can be asked for and have come, who has it, and the name of the place."""
    found = in_hand(visit)
    steps = chosen(visit, STEPS, found)
    if not found:
        return {**steps, "places": {}}
    one = found.value
    late = came_too_late(one, steps["doing"])
    known = called(visit, one, steps["doing"].act if steps["doing"] else "")
    return {
        **steps,
        "doing": None if late else steps["doing"],
        "late": late,
        "lacking": lacking(one),
        "age": age(one, day_of(datetime.now(UTC))),
        "by_whom": by_whom(visit, colleagues.names(known)),
        "one": one,
        "onward": work_list.after(visit.back),
        "checklist": checklist(one),
        "to_verify": to_verify(one),
        "verified": {each["material"]: each for each in one["verified"]},
        "papers": papers.of(one),
        "more": papers.beyond(one),
        "places": places.names(visit, [one["region"]]),
        "colleagues": [each for each in known.items if each["id"] not in (one["by"], visit.actor.id)],
        "called": colleagues.names(known),
    }


def checklist(one: dict) -> list[dict]:
    """Give the materials that can be asked for: the published ones, after the supply only those that were supplied."""
    if one["notice"] and one["state"] == "supplemented":
        return [{"name": each["name"], "came": True} for each in one["notice"]["materials"]]
    return papers.of(one)


def which_was_seen(visit: PageVisit) -> dict:
    """Read which material was compared with its original."""
    number = visit.sent.get("number", "")[:3]
    return {"material": int(number) if is_number(number) else 0}


def to_whom(visit: PageVisit) -> dict:
    """Read who was chosen among the colleagues."""
    return {"official_id": visit.sent.get("official_id", "")}


PAGE = WebPage(
    "/work/applications/{application_id}",
    "办事申请",
    OFFICIALS,
    reads={
        "application": Read("GET /applications/{application_id}"),
        "handling": Read(f"GET {DESK}/handling", optional=True),
        "results": Read(f"GET {DESK}/results", optional=True),
        "look_up": Read("GET /applications/{application_id}/look-up-code", optional=True),
        "sentences": Read("GET /sentences", sentences_asked, optional=True),
    },
    acts={
        "accept_application": Action(f"POST {DESK}/acceptance", "受理", done="已受理，办结期限从今天算起。"),
        "notify_missing": Action(
            f"POST {DESK}/notice",
            "发出告知书",
            ("text", "supply_days"),
            given=materials,
            starts=begun_with("notify_missing"),
            done="告知书已发出，等申请人补正。请办下一件。",
            to=QUEUE,
            returns=True,
        ),
        "verify_material": Action(
            f"POST {DESK}/materials/{{material}}/verification",
            "登记核验",
            ("ends_on", "valid_until"),
            given=which_was_seen,
            done="已登记核验。",
        ),
        "decline_application": Action(
            f"POST {DESK}/refusal",
            "不予受理",
            ("reason",),
            starts=begun_with("decline_application"),
            done="已答复申请人。请办下一件。",
            to=QUEUE,
            returns=True,
        ),
        "decide_application": Action(
            f"POST {DESK}/decision",
            "作出决定",
            ("outcome", "reason"),
            starts=begun_with("decide_application"),
            sure=what_a_decision_means,
            done="决定已作出，申请人会收到通知。请办下一件。",
            to=QUEUE,
            returns=True,
        ),
        "extend_application": Action(
            f"POST {DESK}/extension", "延长", ("days", "reason"), done="期限已延长，申请人会收到通知。"
        ),
        "suspend_application": Action(
            f"POST {DESK}/suspension",
            "停止计时",
            ("ground", "until", "reason"),
            done="已停止计时，申请人会收到通知。",
        ),
        "resume_application": Action(
            f"POST {DESK}/resumption", "现在恢复计时", done="已恢复计时，申请人会收到通知。"
        ),
        "issue_result": Action(
            f"POST {DESK}/results", "出具", ("text",), done="结果文书已出具，申请人会收到通知。"
        ),
        "lapse_application": Action(
            f"POST {DESK}/lapse", "终止", done="已终止。请办下一件。", to=QUEUE, returns=True
        ),
        "claim_application": Action(f"POST {DESK}/claim", "由我承办", done="已由您承办。"),
        "release_application": Action(
            f"POST {DESK}/release", "放回，由别人承办", done="已放回，单位里谁都可以承办。"
        ),
        "hand_over_application": Action(
            f"POST {DESK}/handler",
            "交给这位同事",
            ("note",),
            given=to_whom,
            done="已交给同事，对方会收到通知。",
            returns=True,
        ),
        "write_remark": Action(
            f"POST {DESK}/remarks", "写下备注", ("text", "corrects"), done="备注已写下，申请人看不到。"
        ),
        "take_over_application": Action(
            f"POST {DESK}/takeover", "接手", ("note",), done="现在由您承办，原来的同事会收到通知。"
        ),
    },
    prepare=desk,
)
