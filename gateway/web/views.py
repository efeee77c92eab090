"""From a request to a page: who asks, what is shown, what is done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Request, Response, g, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from gateway.errors import STATUS_OF_KIND, Unauthenticated
from gateway.middleware import REQUEST_ID
from gateway.signposts import not_for
from gateway.web import acting_for, answering, forms, steps
from gateway.web.acting_for import NOBODY, Ward
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
    ward: Ward = NOBODY
    parts: dict[str, Any] = field(default_factory=dict)
    sent: MultiDict = field(default_factory=MultiDict)
    home_county: str = ""

    @property
    def mandate(self) -> str:
        """Name the mandate under which somebody acts for another person, where one was chosen."""
        return self.ward.mandate

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
        return PageVisit(
            page,
            came,
            actor,
            path,
            Query(came.args.to_dict()),
            acting_for.chosen(came, actor),
            sent=came.form,
            home_county=self._home,
        )

    def show(self, visit: PageVisit, template: str, form: Form | None = None, status: int = 200) -> Response:
        """Show a page, with the one form that has to be corrected, or goes on, instead of its empty one."""
        failed = form if status >= 400 else None
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
            failed=failed,
            done="" if failed else self._done_words.get(visit.query.get("done", ""), ""),
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
        route = self.asking.routes.get(act.at)
        asked, typed = forms.read(route, act.fields, visit.sent)
        key = self.stamps.key_of(visit.sent.get("stamp", ""), visit.request.path, visit.session)
        if not came_from_us(visit.request.headers, visit.request.host, act.signs_in):
            return self._again(visit, template, name, typed, FROM_ELSEWHERE, 403)
        if key is None:
            return self._again(visit, template, name, typed, OLD_STAMP, 400)
        if act.steps and (shown := self._on_the_way(visit, name, asked, typed)):
            return self.show(visit, template, shown, 400 if shown.errors else 200)
        try:
            answer = self.asking.act(visit, act, asked, key) if route else {}
        except DomainError as refused:
            if refused.code in TWICE:
                return answering.see_other(_with_done(visit, act, name))
            return self._refused(visit, template, name, typed, refused)
        return self._done(visit, name, act, answer)

    def _refused(
        self, visit: PageVisit, template: str, name: str, typed: dict, refused: DomainError
    ) -> Response:
        summary = "" if refused.code == "request.invalid" else refused.message
        wrong, challenge = forms.wrong_with(refused.detail), refused.detail.get(forms.PROOF)
        return self._again(
            visit, template, name, typed, summary, STATUS_OF_KIND[refused.kind], wrong, challenge
        )

    def _on_the_way(self, visit: PageVisit, name: str, asked: dict, typed: dict) -> Form | None:
        """Give the screen that comes next; None where the last one was sent and is right."""
        act, stamp = visit.page.acts[name], visit.sent["stamp"]
        now, wanted = steps.at(act, visit.sent), steps.asked_for(act, visit.sent)
        if wanted is not None:
            return self._form(visit, name, typed, step=wanted, stamp=stamp)
        wrong = forms.wrong_on(self.asking.routes[act.at], act.steps[now], asked)
        if not wrong and now + 1 == len(act.steps):
            return None
        return self._form(visit, name, typed, wrong, step=now if wrong else now + 1, stamp=stamp)

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
        typed: dict,
        summary: str,
        status: int,
        wrong: dict[str, str] | None = None,
        challenge: dict | None = None,
    ) -> Response:
        known = {one: said for one, said in (wrong or {}).items() if one in visit.page.acts[name].fields}
        if wrong and not known and not summary:
            summary = next(iter(wrong.values()))
        step = steps.to_correct(visit.page.acts[name], visit.sent, known)
        form = self._form(visit, name, typed, known, summary, step)
        return self.show(visit, template, replace(form, challenge=challenge), status)

    def _form(
        self,
        visit: PageVisit,
        name: str,
        typed: dict | None = None,
        wrong: dict[str, str] | None = None,
        summary: str = "",
        step: int = 0,
        stamp: str = "",
    ) -> Form:
        act = visit.page.acts[name]
        stamp = stamp or self.stamps.give(visit.request.path, visit.session)
        begun = act.starts(visit) if typed is None else typed
        fields = act.steps[step].fields if act.steps else act.fields
        inputs = tuple(forms.inputs_of(self.asking.routes.get(act.at), fields, begun, wrong or {}))
        last = step + 1 >= len(act.steps)
        sent = visit.sent if typed is not None else MultiDict()
        hidden = steps.carried(act, step, sent) if act.steps else ()
        return Form(name, act.button if last else steps.NEXT, stamp, inputs, summary, step, hidden)


def _with_done(visit: PageVisit, act: Action, name: str, answer: Any = None) -> str:
    """Give where it is said that something was done; what was made is named by the answer, the list stands for it where there is none."""
    values = {**(answer if isinstance(answer, dict) else {}), **visit.path}
    try:
        path = (act.to or visit.page.path).format(**values)
    except KeyError:
        path = act.to.partition("/{")[0]
    back = {"back": visit.back} if visit.back else {}
    return f"{path}?{urlencode({'done': name, **back})}"
