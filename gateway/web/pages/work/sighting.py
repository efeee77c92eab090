"""At the window of an office that keeps no list of residents: somebody shows a paper, and says the own number of the entry."""

from gateway.web.declarations import OFFICIALS, Action, WebPage

PAGE = WebPage(
    "/work/sighting",
    "窗口当面核验证件",
    OFFICIALS,
    acts={
        "see_at_window": Action(
            "POST /residents/{resident_id}/sighting",
            "核验无误",
            ("resident_id", "paper", "last_four"),
            done="已记下当面核验。",
        )
    },
)
