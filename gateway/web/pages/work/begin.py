"""One's own password and second factor: what an official sets up before anything else, and can change later."""

import segno
from flask import Response
from markupsafe import Markup

from gateway.web import answering
from gateway.web.declarations import Action, WebPage
from gateway.web.visit import PageVisit

GROUP = 4
"""Characters of a secret that are read and typed at once."""


def go_on(_visit: PageVisit, tokens: dict) -> Response:
    """Go on to what has to be done next: the second factor, or the work."""
    return answering.see_other("/work/begin" if tokens["kind"] == "entrant" else "/work")


def drawn(visit: PageVisit) -> dict:
    """Draw the secret for the camera of the authenticator, and cut it into groups for who types it."""
    offered = visit.shown.get("offer_second_factor")
    if not offered:
        return {}
    code = segno.make(offered["uri"], micro=False, error="m")
    picture = code.svg_inline(omitsize=True, border=4, svgclass="qr", lineclass=None)
    secret = offered["secret"]
    groups = [secret[at : at + GROUP] for at in range(0, len(secret), GROUP)]
    return {"picture": Markup(picture), "groups": groups}  # drawn here, of squares only


PAGE = WebPage(
    "/work/begin",
    "密码和第二因素",
    frozenset({"entrant", "official"}),
    acts={
        "choose_own_password": Action(
            "POST /sessions/password",
            "换成新密码",
            ("old_password", "new_password"),
            finish=go_on,
            signs_in=True,
        ),
        "offer_second_factor": Action("POST /second-factor", "生成密钥", ("code",), shown=True),
        "confirm_second_factor": Action(
            "POST /second-factor/confirmation", "确认", ("code",), shown=True, signs_in=True
        ),
    },
    prepare=drawn,
)
