"""Sign in: with a password, as it stands on the first screen, or with a code."""

import orjson
from flask import Response, current_app
from werkzeug.datastructures import MultiDict

from gateway.web import answering, forms
from gateway.web.declarations import EVERYBODY, Action, Read, WebPage
from gateway.web.rendering import render
from gateway.web.visit import PageVisit

STARTS = {"resident": "/my", "official": "/work", "entrant": "/work/begin", "department": "/docs"}
UNTYPED = ("act", "stamp", "step", "go", "mandate", "seen_version")
"""What a form sends that nobody has typed."""
OWN = ("answer", "note-")
"""How the fields begin that a page reads by itself: the answers to a matter's form, what is to be mended."""


def signed_in(visit: PageVisit, tokens: dict) -> Response:
    """Go on where somebody wanted to go; what they typed before their session was over is offered to them again."""
    kept = visit.sent.get("kept", "")
    if kept and visit.back:
        return _go_on(visit, tokens, kept)
    own = STARTS.get(tokens["kind"], "/")
    return answering.see_other(own if tokens["kind"] == "entrant" else visit.back or own)


def _go_on(visit: PageVisit, tokens: dict, kept: str) -> Response:
    views = current_app.extensions["web"]
    session = views.sessions.session_of(tokens)
    path = visit.back.partition("?")[0]
    try:
        fields = [(str(name), str(value)) for name, value in orjson.loads(kept[: answering.MOST_KEPT])]
    except (TypeError, ValueError):
        return answering.see_other(visit.back)
    act = _act(views, path, MultiDict(fields))
    asked_again = ("stamp", "step") if act and act.sure else ("stamp",)
    body = render(
        "pages/go_on.html",
        action=visit.back,
        act=act,
        fields=[one for one in fields if one[0] not in asked_again],
        typed=typed_before(views, path, MultiDict(fields)),
        stamp=views.stamps.give(path, session),
    )
    return answering.page(body, kept=False)


def typed_before(views, path: str, fields: MultiDict) -> list[tuple[str, str]]:
    """Give what somebody filled in, [(label, as it reads)]; what a matter's own form asks has no label here."""
    act = _act(views, path, fields)
    if not act:
        return [("", value) for name, value in fields.items(multi=True) if value and name not in UNTYPED]
    route = views.asking.routes.get(act.at)
    _, typed = forms.read(route, act.fields, fields)
    inputs = list(forms.inputs_of(route, act.fields, typed, {}))
    known = {name for one in inputs for name, _ in one.sent}
    own = [
        ("", value)
        for name, value in fields.items(multi=True)
        if value and name not in known and name.startswith(OWN)
    ]
    return [
        (one.label, one.said) for one in inputs if one.said and one.kind not in ("file", "password")
    ] + own


def _act(views, path: str, fields: MultiDict) -> Action | None:
    """Give what a form of the page at that address does; None where it is none of ours."""
    page = views.page_at(path)
    return page.acts.get(fields.get("act", "")) if page else None


PAGE = WebPage(
    "/sign-in",
    "登录",
    EVERYBODY,
    reads={"wechat": Read("GET /wechat/sign-in", optional=True)},
    acts={
        "sign_in": Action(
            "POST /sessions", "登录", ("login", "password", "code"), finish=signed_in, signs_in=True
        )
    },
)
