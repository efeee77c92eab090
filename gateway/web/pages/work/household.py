"""One household: its members, what they ask, and what the village writes down."""

from gateway.web import household_terms, places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.visit import PageVisit

DESK = "/households/{household_id}"
HIDDEN = {"refuse_household_ask", "remove_household_member", "change_household_member"}
PAGE_OF_OTHERS = 100


def stands(one: dict) -> bool:
    """Fit while the household stands."""
    return one["state"] == "active"


def has_a_head_and_more(one: dict) -> bool:
    """Fit where somebody can go and somebody stays."""
    return stands(one) and bool(one["head_id"]) and len(one["members"]) > 1


STEPS = (
    DeskStep("add_household_member", "增加一位成员", "", stands),
    DeskStep("change_household_member", "修改这位成员的情况", "空着的就是没有。"),
    DeskStep(
        "change_household_head",
        "更换户主",
        "新户主选“户主”，其他每位成员选和新户主的关系。",
        lambda one: stands(one) and bool(one["members"]),
    ),
    DeskStep(
        "split_household",
        "分户",
        "要分出去的，选和新户主的关系，其中一位选“户主”；留下的不选。原来的户主留下。",
        has_a_head_and_more,
    ),
    DeskStep(
        "join_households",
        "并入另一户",
        "另一户的成员都并到这一户来，那一户随后取消。",
        lambda one: stands(one) and bool(one["head_id"]),
    ),
    DeskStep("refuse_household_ask", "不同意变更", "申请人会看到理由。"),
    DeskStep("remove_household_member", "从户里去掉这位成员", "本人的账号不受影响。"),
    DeskStep(
        "dissolve_household",
        "解散这一户",
        "解散以后不能恢复，成员可以登记到别的户。",
        stands,
    ),
)


def desk(visit: PageVisit) -> dict:
    """Give the steps that fit; those of one member or one request stand beside it."""
    found = visit.parts["household"]
    given = chosen(visit, STEPS, found)
    members = found.value["members"] if found else []
    member = next((one for one in members if one["resident_id"] == visit.query["member"]), None)
    return {
        **given,
        "terms": household_terms.inputs(visit, member) if member else [],
        "joined": visit.parts["other"] if visit.query["other"] else None,
        "relations": household_terms.RELATIONS,
        "steps": [one for one in given["steps"] if one.act not in HIDDEN],
        "places": places.names(visit, [found.value["region"]] if found else []),
    }


def grade_known(visit: PageVisit) -> dict:
    """Begin with the grade that is known of the member."""
    found = visit.parts.get("household")
    members = found.value["members"] if found else []
    grades = {one["resident_id"]: one["disability_grade"] for one in members}
    return {"disability_grade": str(grades.get(visit.query["member"]) or "")}


def of_the_ask(visit: PageVisit) -> dict:
    """Name the request that is answered."""
    return {"ask_id": visit.sent.get("ask") or visit.query["ask"]}


def other_asked(visit: PageVisit) -> dict | None:
    """Ask for the household that is to be taken in, where one was named."""
    named = visit.query["other"].strip()
    return {"household_id": named} if named and visit.query["do"] == "join_households" else None


def others_asked(visit: PageVisit) -> dict | None:
    """Ask for the households that can be taken in, while one is chosen."""
    choosing = visit.query["do"] == "join_households" and not visit.query["other"]
    return {"limit": PAGE_OF_OTHERS} if choosing else None


PAGE = WebPage(
    "/work/households/{household_id}",
    "家庭",
    OFFICIALS,
    reads={
        "household": Read(f"GET {DESK}"),
        "other": Read(f"GET {DESK}", other_asked, optional=True),
        "others": Read("GET /households", others_asked, passed=("cursor",)),
    },
    acts={
        "approve_household_ask": Action(
            f"POST {DESK}/asks/{{ask_id}}/approval", "同意", given=of_the_ask, done="已同意。"
        ),
        "refuse_household_ask": Action(
            f"POST {DESK}/asks/{{ask_id}}/refusal",
            "不同意",
            ("reason",),
            given=of_the_ask,
            done="已答复申请人。",
        ),
        "add_household_member": Action(
            f"POST {DESK}/members",
            "增加",
            ("resident_id", "relation", "left_behind", "disability_grade"),
            done="已增加成员。",
        ),
        "change_household_member": Action(
            f"PATCH {DESK}/members/{{resident_id}}",
            "保存",
            ("disability_grade",),
            given=household_terms.circumstances,
            starts=grade_known,
            sees="household",
            done="已修改。",
        ),
        "change_household_head": Action(
            f"POST {DESK}/head",
            "更换户主",
            given=household_terms.new_head,
            looks=household_terms.one_head,
            sees="household",
            done="户主已更换。",
        ),
        "split_household": Action(
            f"POST {DESK}/splitting",
            "分户",
            given=lambda visit: {"members": household_terms.relations(visit)},
            done="已分户，新的一户在名单里。",
        ),
        "join_households": Action(
            f"POST {DESK}/joining",
            "并成一户",
            given=lambda visit: {
                "other_household_id": visit.query["other"],
                "relations": household_terms.relations(visit),
            },
            done="已并成一户。",
        ),
        "remove_household_member": Action(
            f"POST {DESK}/members/{{resident_id}}/removal",
            "去掉",
            given=lambda visit: {"resident_id": visit.query["member"]},
            done="已去掉成员。",
        ),
        "dissolve_household": Action(
            f"POST {DESK}/dissolution", "解散", done="这一户已解散。", to="/work/households"
        ),
    },
    prepare=desk,
)
