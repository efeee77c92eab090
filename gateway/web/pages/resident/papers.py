"""My papers: what a window verified and is used again, until when, and where it was used; the leave for it."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage
from gateway.web.pages.everybody.register import notice_as_read
from gateway.web.visit import PageVisit

PURPOSE = "paper_reuse"


def leave(visit: PageVisit) -> dict:
    """Tell how the reader stands to the purpose, and what the notice says of it."""
    found, notice = visit.parts["consents"], visit.parts["notice"]
    stands = [one["state"] for one in (found.items if found else []) if one["purpose"] == PURPOSE]
    told = notice.value["purposes"] if notice else []
    return {
        "leave": stands[0] if stands else "",
        "purpose": next((one for one in told if one["purpose"] == PURPOSE), None),
    }


PAGE = WebPage(
    "/my/papers",
    "我的证明材料",
    RESIDENTS,
    reads={
        "papers": Read("GET /reusable-papers", passed=("cursor",)),
        "consents": Read("GET /consents"),
        "notice": Read("GET /privacy/notice"),
    },
    acts={
        "remove_paper": Action(
            "DELETE /reusable-papers/{paper_id}",
            "删去，以后不再用",
            given=lambda visit: {"paper_id": visit.sent.get("paper_id", "")},
            done="已删去，以后不再提供使用。以前用过它的申请不受影响。",
        ),
        "give_paper_leave": Action(
            "POST /consents/{purpose}/giving",
            "同意重复使用核验过的材料",
            given=lambda visit: {"purpose": PURPOSE, **notice_as_read(visit)},
            done="您同意了。窗口核验过的材料，过一会儿就会列在这里。",
        ),
        "withdraw_paper_leave": Action(
            "POST /consents/{purpose}/withdrawal",
            "撤回同意",
            given=lambda visit: {"purpose": PURPOSE},
            done="已经撤回，核验过的材料不再重复使用。",
        ),
    },
    prepare=leave,
)
