"""Where the code at the window leads: one handling is rated, once, without an account. No other site is told where its reader came from."""

from gateway.web.declarations import EVERYBODY, Action, Read, WebPage

LINK = "/rating-links/{application_id}/{token}"

PAGE = WebPage(
    "/rate/{application_id}/{token}",
    "评价这次办事",
    EVERYBODY,
    reads={"handling": Read(f"GET {LINK}")},
    acts={"rate_by_link": Action(f"POST {LINK}/rating", "评价", ("stars", "comment"), done="谢谢您的评价。")},
    trace=False,
)
