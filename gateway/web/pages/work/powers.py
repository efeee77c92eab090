"""The desk of the powers: drafts by state, what has to be looked at again, what was looked for in vain, and a new one."""

from gateway.web.declarations import OFFICIALS, Action, Read, WebPage

PAGE = WebPage(
    "/work/powers",
    "小微权力清单",
    OFFICIALS,
    reads={
        "drafts": Read("GET /power-drafts", passed=("state", "cursor")),
        "reviews": Read("GET /power-reviews", lambda _: {"limit": 10}),
        "vain": Read("GET /vain-power-searches", lambda _: {"limit": 20}),
        "powers": Read(
            "GET /powers",
            lambda visit: {"text": visit.query["text"], "limit": 10} if visit.query["text"] else None,
        ),
        "withdrawn": Read("GET /powers", lambda _: {"state": "withdrawn", "limit": 10}),
    },
    acts={
        "begin_power": Action(
            "POST /power-drafts",
            "开始起草",
            ("name", "group"),
            done="草稿已建好，请接着写。",
            to="/work/powers/{id}",
        )
    },
)
