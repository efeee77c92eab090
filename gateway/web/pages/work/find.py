"""Find who stands at the window, by the whole phone or number: a look that the person is told of."""

from gateway.web.declarations import Action, WebPage

PAGE = WebPage(
    "/work/find",
    "窗口查人",
    frozenset({"official"}),
    acts={
        "look_up_resident": Action(
            "POST /residents/search",
            "查找",
            ("what", "value", "paper", "country", "purpose", "reason"),
            done="刚才已经显示过一次。要再看，请再查一次。",
            shown=True,
        )
    },
)
