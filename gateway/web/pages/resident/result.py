"""The paper of what was granted to me: fetch it, say how it shall come, and see whether it was handed over or revoked."""

from gateway.web.declarations import RESIDENTS, Action, Read, WebPage
from gateway.web.visit import PageVisit

WITHOUT_ADDRESS = ("page", "print", "pick_up")
"""Ways that are one button; a letter needs an address."""


def ways_left(visit: PageVisit) -> dict:
    """Give the ways that are one button, without the one that is chosen, while it can still be changed."""
    found = visit.parts["result"]
    if not found:
        return {"ways": [], "changeable": False}
    one = found.value
    changeable = one["state"] == "issued" and not one["handed_at"]
    return {
        "ways": [way for way in WITHOUT_ADDRESS if changeable and way != one["delivery"]],
        "changeable": changeable,
    }


PAGE = WebPage(
    "/my/results/{result_id}",
    "结果文书",
    RESIDENTS,
    reads={"result": Read("GET /results/{result_id}")},
    acts={
        "choose_delivery": Action(
            "POST /results/{result_id}/delivery",
            "改成这样领",
            given=lambda visit: {"way": visit.sent.get("way", "")[:20]},
            done="领取方式已改好。",
        ),
        "post_result": Action(
            "POST /results/{result_id}/delivery",
            "请邮寄给我",
            ("address.recipient", "address.phone", "address.address"),
            given=lambda visit: {"way": "post"},
            done="单位会按这个地址邮寄。寄出以前还可以改。",
        ),
    },
    prepare=ways_left,
)
