"""Ask that somebody else looks at a decision once more; what the law gives beside it, and until when."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage

PAGE = WebPage(
    "/my/applications/{application_id}/review",
    "申请复核",
    RESIDENTS,
    reads={"remedies": Read("GET /applications/{application_id}/remedies")},
    acts={
        "ask_for_review": Action(
            "POST /applications/{application_id}/review",
            "申请复核",
            ("grounds",),
            done="复核申请已提交。",
            to="/my/reviews/{application_id}",
        )
    },
)
