"""From a request to a page: who asks, what is shown, what is done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Request, Response, g, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from gateway.errors import STATUS_OF_KIND, Unauthenticated
from gateway.middleware import REQUEST_ID
from gateway.signposts import not_for
from gateway.web import answering, forms, typed
from gateway.web.asking import PageAsker
from gateway.web.cookies import BrowserSessions
from gateway.web.declarations import Action, WebPage
from gateway.web.forms import Form
from gateway.web.rendering import render
from gateway.web.stamps import Stamps, came_from_us
from services.chassis.core.context import working_on
from services.chassis.core.errors import DomainError
from services.civic.actor import ANONYMOUS, CivicActor

LOCAL = re.compile(r"/(?!/)[^\\\x00-\x20]*\Z")
"""An address of ours: nothing that a browser would take for another site's."""
HOME = "/"
AGAIN = "again"
"""The act of who comes with what they typed before their session was over."""
OLD_STAMP = "这一页开得太久，或者您重新登录过。内容还在，请核对后再提交一次。"
FROM_ELSEWHERE = "这次提交不是从本站的页面来的，没有办理。请核对内容，再提交一次。"
CONFIRMED, CHANGE = "confirmed", "change"
"""The steps after what was filled in has been shown once more: it is right, or is to be filled in otherwise."""
NEXT = "下一步，核对"
TWICE = ("request.key_used_otherwise", "request.answer_forgotten")
"""What is said where a form came twice: once done, with other words the second time or with an answer that is not kept."""


class Query(dict):
    """What an address asks, or a form sent; what is not there is empty."""

    def __missing__(self, _name: str) -> str:
        return ""


@dataclass
class PageVisit:
    """One request of somebody: the page, who it is, and what its address and its form say."""

    page: WebPage
    request: Request
    actor: CivicActor = ANONYMOUS
    path: Mapping[str, str] = field(default_factory=dict)
    query: Query = field(default_factory=Query)
    mandate: str = ""
    parts: dict[str, Any] = field(default_factory=dict)
    sent: MultiDict = field(default_factory=MultiDict)
    home_county: str = ""

    @property
    def session(self) -> str | None:
        """Name the session that a stamp is bound to."""
        return self.actor.session or None

    @property
    def back(self) -> str:
        """Give where to go on, as the address says; the start where it says nothing of ours."""
        named = self.query.get("back", "")
        return named if LOCAL.match(named) else ""


class Views:
    """Answers the pages of an app."""

    def __init__(
        self, asking: PageAsker, sessions: BrowserSessions, stamps: Stamps, pages: list[WebPage], home: str
    ):
        self.asking, self.sessions, self.stamps, self._home = asking, sessions, stamps, home
        self._done_words = {name: act.done for page in pages for name, act in page.acts.items()}

    def install(self, app: Flask, page: WebPage, template: str) -> None:
        """Add one page to the app; the home page is answered where programs find the API as well."""

        def view(**path: str) -> Response:
            g.page, g.route = page, None
            try:
                visit = self._visit(page, path)
            except Unauthenticated:
                return answering.sign_in_again(request)
            if visit.actor.kind not in page.guard:
                if visit.actor.kind == "anonymous":
                    return answering.sign_in_first(request)
                raise not_for(visit.actor, page.guard)
            named = (visit.request.environ[REQUEST_ID], "") if page.trace else ("", "")
            with working_on(*named):
                return self._post(visit, template) if request.method == "POST" else self.show(visit, template)

        methods = ["GET", "POST"] if page.acts else ["GET"]
        if page.path == HOME:
            app.view_functions[HOME] = view
            return
        rule = re.sub(r"{(\w+)}", r"<\1>", page.path)
        app.add_url_rule(rule, endpoint=f"page {page.path}", view_func=view, methods=methods)

    def _visit(self, page: WebPage, path: dict) -> PageVisit:
        came: Request = request._get_current_object()  # type: ignore[attr-defined]  # Flask's own name for it is looked up anew at each use
        actor = ANONYMOUS
        if page.trace:
            try:
                actor = self.sessions.actor_of(came, at_once=came.method == "POST")
            except Unauthenticated:
                if "anonymous" not in page.guard:
                    raise
        mandate = came.cookies.get("mandate", "") if actor.kind == "resident" else ""
        return PageVisit(
            page,
            came,
            actor,
            path,
            Query(came.args.to_dict()),
            mandate,
            sent=came.form,
            home_county=self._home,
        )

    def show(self, visit: PageVisit, template: str, form: Form | None = None, status: int = 200) -> Response:
        """Show a page, with the one form that has to be corrected or is being checked instead of its empty one."""
        visit.parts = self.asking.parts(visit, dict(visit.page.reads))
        more = visit.page.prepare(visit) if visit.page.prepare else {}
        if isinstance(more, Response):
            return more
        shown = {name: self._form(visit, name) for name in visit.page.acts}
        if form:
            shown[form.act] = form
        body = render(
            template,
            visit=visit,
            page=visit.page,
            actor=visit.actor,
            forms_of=shown,
            failed=form if form and form.refused else None,
            checking=form if form and form.checking else None,
            done="" if form else self._done_words.get(visit.query.get("done", ""), ""),
            **visit.parts,
            **more,
        )
        return answering.page(body, status, visit.page.trace)

    def _post(self, visit: PageVisit, template: str) -> Response:
        name = visit.sent.get("act", "")
        if name == AGAIN:
            return self.show(visit, template)
        act = visit.page.acts.get(name)
        if act is None:
            raise NotFound
        route = self.asking.routes[act.at]
        asked, filled = forms.read(route, act.fields, visit.sent)
        if visit.sent.get("step") == CHANGE:
            return self.show(visit, template, self._form(visit, name, filled))
        key = self.stamps.key_of(visit.sent.get("stamp", ""), visit.request.path, visit.session)
        if not came_from_us(visit.request.headers, visit.request.host, act.signs_in):
            return self._again(visit, template, name, filled, FROM_ELSEWHERE, 403)
        if key is None:
            return self._again(visit, template, name, filled, OLD_STAMP, 400)
        if answer := self._looked_over(visit, template, name, filled, asked):
            return answer
        try:
            answer = self.asking.act(visit, act, asked, key)
        except DomainError as refused:
            if refused.code in TWICE:
                return answering.see_other(_with_done(visit, act, name))
            status = STATUS_OF_KIND[refused.kind]
            summary = "" if refused.code == "request.invalid" else refused.message
            return self._again(
                visit, template, name, filled, summary, status, forms.wrong_with(refused.detail)
            )
        return self._done(visit, name, act, answer)

    def _looked_over(
        self, visit: PageVisit, template: str, name: str, filled: dict, asked: dict
    ) -> Response | None:
        """Refuse what nobody need be asked about, and show once more what is to be confirmed; None where it can be done."""
        act = visit.page.acts[name]
        route, to_check = self.asking.routes[act.at], act.check and visit.sent.get("step") != CONFIRMED
        wrong = typed.problems(route, act.fields, act.needed, filled, asked)
        if not wrong and to_check:
            wrong = typed.refused(route, self.asking.asked_of(visit, act, asked))
        if wrong:
            return self._again(visit, template, name, filled, "", 400, wrong)
        return (
            self.show(visit, template, self._form(visit, name, filled, checking=True)) if to_check else None
        )

    def _done(self, visit: PageVisit, name: str, act: Action, answer: Any) -> Response:
        given = (
            act.finish(visit, answer)
            if act.finish
            else answering.see_other(_with_done(visit, act, name, answer))
        )
        if act.signs_in:
            self.sessions.keep(given, answer)
        return given

    def _again(
        self,
        visit: PageVisit,
        template: str,
        name: str,
        filled: dict,
        summary: str,
        status: int,
        wrong: dict[str, str] | None = None,
    ) -> Response:
        known = {one: said for one, said in (wrong or {}).items() if one in visit.page.acts[name].fields}
        if wrong and not known and not summary:
            summary = next(iter(wrong.values()))
        return self.show(visit, template, self._form(visit, name, filled, known, summary), status)

    def _form(
        self,
        visit: PageVisit,
        name: str,
        filled: dict | None = None,
        wrong: dict[str, str] | None = None,
        summary: str = "",
        checking: bool = False,
    ) -> Form:
        act = visit.page.acts[name]
        route = self.asking.routes[act.at]
        stamp = self.stamps.give(visit.request.path, visit.session)
        values = act.filled(visit) if filled is None else filled
        inputs = tuple(forms.inputs_of(route, act.fields, values, wrong or {}, act.needed))
        button = NEXT if act.check and not checking else act.button
        return Form(name, button, stamp, inputs, summary, checking)


def _with_done(visit: PageVisit, act: Action, name: str, answer: Any = None) -> str:
    """Give where it is said that something was done; what was made is named by the answer, and stands in its list where that is gone."""
    values = {**(answer if isinstance(answer, dict) else {}), **visit.path}
    path = act.to or visit.page.path
    try:
        path = path.format(**values)
    except KeyError:
        path = path.partition("/{")[0]
    return f"{path}?{urlencode({'done': name})}"
