"""My rating: what is done about a bad one, whether it is mended, and four weeks later whether it was truly solved."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage

PAGE = WebPage(
    "/my/ratings/{rating_id}",
    "我的评价",
    RESIDENTS,
    reads={"rating": Read("GET /ratings/{rating_id}")},
    acts={
        "confirm_mended": Action(
            "POST /ratings/{rating_id}/confirmation",
            "已经改好",
            given=lambda visit: {"mended": True},
            done="谢谢您的确认，这件事就办完了。",
        ),
        "object_to_answer": Action(
            "POST /ratings/{rating_id}/confirmation",
            "没有改好",
            ("objection",),
            given=lambda visit: {"mended": False},
            needed={"objection": "请写一句还有什么没有改好，方便接手的人去查。"},
            done="已经记下。",
        ),
        "tell_solved": Action(
            "POST /ratings/{rating_id}/solved", "就这样答复", ("solved",), done="谢谢您告诉我们。"
        ),
    },
)
