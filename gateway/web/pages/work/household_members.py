"""Who belongs to which household: members become one of their own (分户), two become one (并户), another one becomes the head."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.visit import PageVisit
from services.identity.people.households.contract import HEAD, RELATIONS

DESK = "/households/{household_id}"
RELATION, GOES, NEW_HEAD, OTHER = "relation ", "goes", "head", "other"
STEPS = (
    DeskStep("split_household", "分户：一部分人另立一户", "勾上分出去的人，并选一位新户的户主。"),
    DeskStep("change_household_head", "换户主", "选新户主，再写明其他人和新户主的关系。"),
    DeskStep(
        "join_household", "并户：另一户并进来", "写明那一户每个人和这一户户主的关系；那一户随后没有了。"
    ),
)


def relations_of(visit: PageVisit, ids: list[str]) -> list[dict]:
    """Give how each of these people is related to the head, as it was chosen beside the name."""
    return [{"resident_id": one, "relation": visit.sent.get(RELATION + one, "")} for one in ids]


def members_of(part) -> list[str]:
    """Give who belongs to a household that was read."""
    return [one["resident_id"] for one in part.value["members"]] if part else []


def those_who_go(visit: PageVisit) -> dict:
    """Read who goes, each with the relation to the new head."""
    return {"members": relations_of(visit, visit.sent.getlist(GOES)[:30])}


def the_new_head(visit: PageVisit) -> dict:
    """Read who becomes the head, and how all others are related to that one."""
    head = visit.sent.get(NEW_HEAD, "")
    others = [one for one in chosen_from(visit) if one != head]
    return {"head_id": head, "relations": relations_of(visit, others)}


def the_other_household(visit: PageVisit) -> dict:
    """Read which household comes, and how its people are related to this one's head."""
    return {"other_household_id": visit.query[OTHER], "relations": relations_of(visit, chosen_from(visit))}


def chosen_from(visit: PageVisit) -> list[str]:
    """Give for whom a relation stands in the form."""
    return [name.removeprefix(RELATION) for name in visit.sent if name.startswith(RELATION)][:30]


def desk(visit: PageVisit) -> dict:
    """Give the step that was chosen, and whom it is about."""
    found = visit.parts["household"]
    return {
        **chosen(visit, STEPS, found),
        "relations": [one for one in RELATIONS if one != HEAD],
        "ticked": visit.sent.getlist(GOES),
        "places": places.names(visit, [found.value["region"]] if found else []),
    }


def _other(visit: PageVisit) -> dict | None:
    return {"household_id": visit.query[OTHER]} if visit.query[OTHER] else None


PAGE = WebPage(
    "/work/households/{household_id}/members",
    "分户、并户、换户主",
    OFFICIALS,
    reads={
        "household": Read(f"GET {DESK}"),
        "other": Read(f"GET {DESK}", _other, optional=True),
    },
    acts={
        "split_household": Action(
            f"POST {DESK}/splitting",
            "分户",
            given=those_who_go,
            done="已分户。",
            to="/work/households/{household_id}",
        ),
        "change_household_head": Action(
            f"POST {DESK}/head",
            "换户主",
            given=the_new_head,
            done="户主已换。",
            to="/work/households/{household_id}",
        ),
        "join_household": Action(
            f"POST {DESK}/joining",
            "并户",
            given=the_other_household,
            done="已并户。",
            to="/work/households/{household_id}",
        ),
    },
    prepare=desk,
)
