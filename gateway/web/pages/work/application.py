"""One application at the desk: what came, what is missing, and one screen per decision."""

from gateway.web import colleagues, papers, places
from gateway.web.asking import PagePart
from gateway.web.declarations import OFFICIALS, Action, Given, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.pages.resident.application import materials
from gateway.web.visit import PageVisit
from services.chassis.core.cleaning import is_number

DESK, QUEUE = "/applications/{application_id}", "/work/inbox"
OPEN = ("submitted", "materials_missing", "supplemented", "accepted")


def stands(*states: str):
    """Fit in these states, where no colleague has it in hand."""
    return lambda one: one["state"] in states and not one["theirs"]


def notice_fits(one: dict) -> bool:
    """Tell whether something may be asked for: at the first look, and once more of what was supplied."""
    first = one["state"] == "submitted" and not one["notice"]
    again = one["state"] == "supplemented" and not one["first_notice"]
    return (first or again) and not one["theirs"]


def to_verify(one: dict) -> list[dict]:
    """Give the materials that a window verifies once, of which a file came for this case and that nobody has verified in it."""
    if one["state"] not in VERIFIED_IN:
        return []
    done = {each["material"] for each in one["verified"]}
    came = {each["material"] for each in one["files"] if each["state"] == "kept" and not each["reused"]}
    wanted = set(one["verifiable"]) & came - done
    return [each for each in papers.of(one) if each["name"] in wanted]


STEPS = (
    DeskStep(
        "notify_missing",
        "一次性告知补正材料",
        "只能告知一次，请把缺的材料全部勾上。超过 5 个工作日没有告知的，自收到之日起就算受理。",
        notice_fits,
    ),
    DeskStep(
        "verify_material",
        "登记核验过原件的材料",
        "对照原件看过、和交来的照片一致的，登记一次。本人同意的，有效期内再办别的事可以直接用，不用再交。",
        lambda one: bool(to_verify(one)) and not one["theirs"],
    ),
    DeskStep(
        "decline_application",
        "不予受理",
        "请写明理由；不归本单位管的，写明应当向哪个机关申请。申请人同时会看到怎样复议和起诉。",
        stands("submitted", "supplemented"),
    ),
    DeskStep(
        "decide_application",
        "作出决定",
        "不予批准的，必须写明理由。申请人同时会看到怎样复议和起诉。",
        stands("accepted"),
    ),
    DeskStep(
        "extend_application",
        "延长期限",
        "由单位负责人批准，只能延长一次；延长多少天、为什么，申请人会收到通知。",
        lambda one: bool(one["most_days_more"]) and (not one["joint"] or one["of_the_county"]),
    ),
    DeskStep(
        "suspend_application",
        "停止计时",
        "只有听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审的时间不计入（行政许可法第四十五条）；不是许可的事，照它自己的规定。要多长时间，申请人会收到通知。",
        lambda one: bool(one["grounds"]) and not one["theirs"],
    ),
    DeskStep(
        "issue_result",
        "出具结果文书",
        "文书带文号、二维码和本县的数字签名，申请人马上能下载。只有一份有效；有错的，先撤销再重新出具。",
        lambda one: one["outcome"] == "granted" and one["no_result"],
    ),
    DeskStep(
        "lapse_application",
        "逾期未补正，终止",
        "补正期限过了才能终止，申请人可以重新申请。",
        stands("materials_missing"),
    ),
    DeskStep(
        "hand_over_application",
        "交给同事",
        "对方会收到通知，从此由对方承办。",
        lambda one: one["state"] in OPEN and (one["head"] or not one["theirs"]),
    ),
    DeskStep(
        "take_over_application",
        "接手",
        "这件申请由同事承办。接手以后由您承办，对方会收到通知。",
        lambda one: one["theirs"],
    ),
    DeskStep(
        "write_remark",
        "写一条内部备注",
        "只有单位里看得到，申请人看不到。写下的不能改；写错了再写一条，注明更正第几条。",
    ),
)
VERIFIED_IN = (*OPEN, "decided", "rated")
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
    said = handling and (handling.value["handed_by"] or handling.value["remarks"])
    named = one["theirs"] or said or doing == "hand_over_application"
    return colleagues.of_the_place(visit, one["region"]) if named else PagePart({"items": []})


def desk(visit: PageVisit) -> dict:
    """Give the steps that fit, which of the materials can be asked for and have come, who has it, and the name of the place."""
    found = in_hand(visit)
    steps = chosen(visit, STEPS, found)
    if not found:
        return {**steps, "places": {}}
    one = found.value
    known = called(visit, one, steps["doing"].act if steps["doing"] else "")
    return {
        **steps,
        "one": one,
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
        ),
        "decide_application": Action(
            f"POST {DESK}/decision",
            "作出决定",
            ("outcome", "reason"),
            starts=begun_with("decide_application"),
            done="决定已作出，申请人会收到通知。请办下一件。",
            to=QUEUE,
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
        "lapse_application": Action(f"POST {DESK}/lapse", "终止", done="已终止。请办下一件。", to=QUEUE),
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
