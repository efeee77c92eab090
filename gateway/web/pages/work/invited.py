"""One invitation that nobody has accepted: send another link, or take it back."""

from gateway.web import places
from gateway.web.declarations import OFFICIALS, Action, Read, WebPage
from gateway.web.picking import only_row
from gateway.web.visit import PageVisit


def found(visit: PageVisit) -> dict:
    """Find the invitation in its list."""
    one = only_row(visit.parts["invitations"], visit.path["invitation_id"])
    return {"one": one, "places": places.names(visit, [one["region"]] if one else [])}


PAGE = WebPage(
    "/work/invitations/{invitation_id}",
    "任职邀请",
    OFFICIALS,
    reads={"invitations": Read("GET /invitations", lambda visit: {"limit": 100})},
    acts={
        "resend_invitation": Action(
            "POST /invitations/{invitation_id}/resending",
            "重新发送链接",
            done="链接刚才已经显示过一次。",
            shown=True,
        ),
        "revoke_invitation": Action(
            "POST /invitations/{invitation_id}/revocation",
            "撤销邀请",
            done="邀请已撤销，链接不能再用。",
            to="/work/officials",
        ),
    },
    prepare=found,
)
