"""What I applied for, newest first, and what I have begun to fill in."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage

PAGE = WebPage(
    "/my/applications",
    "我的申请",
    RESIDENTS,
    reads={
        "applications": Read("GET /applications/mine", passed=("cursor",)),
        "drafts": Read("GET /application-drafts"),
    },
    acts={
        "discard_own_draft": Action(
            "POST /application-drafts/{matter_id}/discarding",
            "删除草稿",
            given=lambda visit: {"matter_id": visit.sent.get("matter_id", "")},
            done="草稿已删除。",
        )
    },
)
