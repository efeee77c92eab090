"""One application: its steps and days, and what the applicant can do now."""

from gateway.web import papers
from gateway.web.declarations import RESIDENTS, Action, Read, WebPage
from gateway.web.visit import PageVisit
from services.chassis.core.cleaning import is_number


def materials(visit: PageVisit) -> dict:
    """Read which papers were ticked, each with its remark."""
    names = visit.sent.getlist("material")[:30]
    return {"materials": [{"name": one, "note": visit.sent.get(f"note {one}", "")} for one in names]}


def which(visit: PageVisit) -> dict:
    """Read for which of the materials a photo is."""
    number = visit.sent.get("number", "")[:3]
    return {"material": int(number) if is_number(number) else 0}


def chosen_paper(visit: PageVisit) -> dict:
    """Read for which of the materials which paper counts."""
    return {**which(visit), "paper_id": visit.sent.get("paper_id", "")}


def sent_since_the_notice(one: dict) -> set[str]:
    """Give the materials of which photos came after the notice: they are ticked already where it is answered."""
    notice = one["notice"]
    stand = (each for each in one["files"] if each["state"] != "infected")
    return {each["material"] for each in stand if notice and each["added_at"] > notice["at"]}


def offers(visit: PageVisit) -> dict[int, dict]:
    """Give what was verified earlier and may be used, by the number of its material."""
    found = visit.parts.get("offered")
    return {each["material"]: each for each in found.items} if found else {}


def with_papers(visit: PageVisit) -> dict:
    """Give the materials with their photos, whether more may come, and for which one a photo was just refused."""
    found = visit.parts["application"]
    if not found:
        return {}
    one = found.value
    return {
        "papers": papers.of(one),
        "beyond": papers.beyond(one),
        "sent_since": sent_since_the_notice(one),
        "offers": offers(visit),
        "files_come": one["state"] in papers.FILES_COME,
        "refused_for": which(visit)["material"] if visit.sent.get("act") == "add_file" else 0,
    }


PAGE = WebPage(
    "/my/applications/{application_id}",
    "我的申请",
    RESIDENTS,
    reads={
        "application": Read("GET /applications/{application_id}"),
        "results": Read("GET /applications/{application_id}/results", optional=True),
        "look_up": Read("GET /applications/{application_id}/look-up-code", optional=True),
        "remedies": Read("GET /applications/{application_id}/remedies", optional=True),
        "offered": Read("GET /applications/{application_id}/offered-papers", optional=True),
    },
    acts={
        "supply": Action(
            "POST /applications/{application_id}/supply",
            "提交补正的材料",
            given=materials,
            done="材料已补正。",
        ),
        "add_file": Action(
            "POST /applications/{application_id}/materials/{material}/files",
            "交这张照片",
            given=which,
            done="照片已交。",
        ),
        "remove_file": Action(
            "DELETE /applications/{application_id}/files/{file_id}",
            "删去",
            sure="删去以后找不回来，要用只能再交一次。",
            given=lambda visit: {"file_id": visit.sent.get("file_id", "")},
            done="照片已删去。",
        ),
        "reuse_paper": Action(
            "POST /applications/{application_id}/materials/{material}/reuse",
            "直接用这份",
            given=chosen_paper,
            done="用上了，这项材料不用再交。",
        ),
        "withdraw": Action(
            "POST /applications/{application_id}/withdrawal",
            "撤回申请",
            sure="撤回以后这件事不再办，交的照片也会删去，不能恢复。以后要办，重新申请。",
            done="申请已撤回。",
        ),
        "renew_look_up_code": Action(
            "POST /applications/{application_id}/look-up-code",
            "换一个进度码",
            done="进度码已经换了，以前给出去的不能再查。",
        ),
        "rate": Action(
            "POST /applications/{application_id}/rating",
            "评价",
            ("stars", "comment"),
            done="谢谢您的评价。",
        ),
    },
    prepare=with_papers,
)
