"""My review: who looks at it, until when, what was answered, and what can be done then."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage

PAGE = WebPage(
    "/my/reviews/{review_id}",
    "我的复核",
    RESIDENTS,
    reads={"review": Read("GET /reviews/{review_id}")},
    acts={
        "go_on_with_review": Action(
            "POST /reviews/{review_id}/county",
            "请县里复核",
            ("grounds",),
            done="已转到县里复核。",
        ),
        "withdraw_review": Action(
            "POST /reviews/{review_id}/withdrawal",
            "撤回复核",
            sure="撤回以后不能再对这个决定申请复核。行政复议和诉讼的期限照常计算，不受影响。",
            done="复核已撤回。",
        ),
    },
)
