"""The line of days of an application, for the desk: the same as the applicant sees."""

from gateway.web.declarations import OFFICIALS, Read, WebPage

PAGE = WebPage(
    "/work/applications/{application_id}/days",
    "办理天数",
    OFFICIALS,
    reads={"line": Read("GET /applications/{application_id}/days")},
)
