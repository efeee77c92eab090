"""One household: its members, what they ask, and what the village writes down."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.visit import PageVisit

DESK = "/households/{household_id}"
HIDDEN = {"refuse_household_ask", "remove_household_member"}
STEPS = (
    DeskStep("add_household_member", "增加一位成员", "", lambda one: one["state"] == "active"),
    DeskStep("refuse_household_ask", "不同意变更", "申请人会看到理由。"),
    DeskStep("remove_household_member", "从户里去掉这位成员", "本人的账号不受影响。"),
    DeskStep(
        "dissolve_household",
        "解散这一户",
        "解散以后不能恢复，成员可以登记到别的户。",
        lambda one: one["state"] == "active",
    ),
)


def desk(visit: PageVisit) -> dict:
    """Give the steps that fit; those of one member or one request stand beside it."""
    found = visit.parts["household"]
    given = chosen(visit, STEPS, found)
    return {
        **given,
        "steps": [one for one in given["steps"] if one.act not in HIDDEN],
        "places": places.names(visit, [found.value["region"]] if found else []),
    }


def of_the_ask(visit: PageVisit) -> dict:
    """Name the request that is answered."""
    return {"ask_id": visit.sent.get("ask") or visit.query["ask"]}


PAGE = WebPage(
    "/work/households/{household_id}",
    "家庭",
    OFFICIALS,
    reads={"household": Read(f"GET {DESK}")},
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
