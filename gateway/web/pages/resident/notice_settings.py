"""Which notices come as an SMS as well, and which not at all."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage
from gateway.web.visit import PageVisit

PREFIX = "channel "


def _choices(visit: PageVisit) -> dict:
    sent = {name.removeprefix(PREFIX): value for name, value in visit.sent.items() if name.startswith(PREFIX)}
    return {"choices": sent}


PAGE = WebPage(
    "/my/notices/settings",
    "通知设置",
    RESIDENTS,
    reads={"preferences": Read("GET /notices/preferences")},
    acts={
        "choose_channels": Action("PUT /notices/preferences", "保存", given=_choices, done="通知设置已保存。")
    },
)
