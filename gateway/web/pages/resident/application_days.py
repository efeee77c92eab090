"""The line of days of an application, for the applicant: what happened on each, whether it counts, and how many are left."""

from gateway.web.declarations import RESIDENTS, Read, WebPage

PAGE = WebPage(
    "/my/applications/{application_id}/days",
    "办理天数",
    RESIDENTS,
    reads={"line": Read("GET /applications/{application_id}/days")},
)
