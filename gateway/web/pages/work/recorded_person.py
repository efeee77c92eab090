"""One person whom the village wrote down: link the account, or end the entry."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.desk import DeskStep, chosen
from gateway.web.visit import PageVisit

DESK = "/recorded-people/{person_id}"


def is_open(one: dict) -> bool:
    """Fit while the entry stands for somebody without an account."""
    return one["state"] == "recorded"


STEPS = (
    DeskStep(
        "correct_recorded_person",
        "更正登记的内容",
        "只填要改的；身份证号和出生年份只填一项。",
        is_open,
    ),
    DeskStep("link_recorded_person", "本人有账号了，连上", "连上以后以本人的账号为准。", is_open),
    DeskStep("end_recorded_person", "终止这条登记", "", is_open),
)


def desk(visit: PageVisit) -> dict:
    """Give the steps that fit, and the name of the place."""
    found = visit.parts["person"]
    return {
        **chosen(visit, STEPS, found),
        "places": places.names(visit, [found.value["region"]] if found else []),
    }


PAGE = WebPage(
    "/work/recorded/{person_id}",
    "代为登记的人",
    OFFICIALS,
    reads={"person": Read(f"GET {DESK}")},
    acts={
        "correct_recorded_person": Action(
            f"PATCH {DESK}", "更正", ("name", "birth_year", "id_number"), done="已更正。", sees="person"
        ),
        "link_recorded_person": Action(f"POST {DESK}/link", "连上", ("resident_id",), done="已连上账号。"),
        "end_recorded_person": Action(f"POST {DESK}/ending", "终止", ("kind",), done="登记已终止。"),
    },
    prepare=desk,
)
