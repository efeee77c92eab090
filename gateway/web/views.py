"""From a request to a page: who asks, what is shown, what is done."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Request, Response, g, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from gateway.errors import STATUS_OF_KIND, Unauthenticated
from gateway.middleware import REQUEST_ID
from gateway.multipart import MULTIPART, FormReader
from gateway.signposts import not_for
from gateway.upload_places import SENDER
from gateway.uploads import largest
from gateway.web import acting_for, answering, forms, steps, typed
from gateway.web.asking import PageAsker
from gateway.web.cookies import BrowserSessions
from gateway.web.declarations import Action, WebPage
from gateway.web.forms import Form
from gateway.web.own_contacts import PART, OwnContacts
from gateway.web.rendering import render
from gateway.web.stamps import Stamps, came_from_us
from gateway.web.visit import PageVisit, Query
from services.chassis.core.context import unseen, working_on
from services.chassis.core.errors import DomainError
from services.civic.actor import ANONYMOUS

HOME = "/"
AGAIN = "again"
"""The act of who comes with what they typed before their session was over."""
OLD_STAMP = "这一页开得太久，或者您重新登录过。内容还在，请核对后再提交一次。"
FROM_ELSEWHERE = "这次提交不是从本站的页面来的，没有办理。请核对内容，再提交一次。"
CONFIRMED, CHANGE = "confirmed", "change"
"""The steps after what was filled in has been shown once more: it is right, or is to be filled in otherwise."""
NEXT = "下一步，核对"
TWICE = "request.answer_forgotten"
"""What is said where the same form came twice and the answer is not kept: it is done."""
OTHERWISE = "request.key_used_otherwise"
"""What is said where a form came back with something else in it: after Back, of which nobody must think that it is done."""
USED_BEFORE = (
    "这张表单已经提交过一次，这次改过的内容没有提交。请看看现在的情况；还要提交的，请核对后再提交一次。"
)


class Views:
    """Answers the pages of an app."""

    def __init__(
        self, asking: PageAsker, sessions: BrowserSessions, stamps: Stamps, pages: list[WebPage], home: str
    ):
        self.asking, self.sessions, self.stamps, self._home = asking, sessions, stamps, home
        self._contacts = OwnContacts()
        self._done_words = {name: act.done for page in pages for name, act in page.acts.items()}

    def install(self, app: Flask, page: WebPage, template: str) -> str:
        """Add one page to the app and give its endpoint; the home page is answered where programs find the API as well."""

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
            if visit.form is not None:
                # not a byte of it is read before it is known who sends it
                visit.sent = visit.form.fields()
            with working_on(request.environ[REQUEST_ID]) if page.trace else unseen():
                return self._post(visit, template) if request.method == "POST" else self.show(visit, template)

        methods = ["GET", "POST"] if page.acts else ["GET"]
        endpoint = HOME if page.path == HOME else f"page {page.path}"
        if page.path == HOME:
            app.view_functions[HOME] = view
        else:
            rule = re.sub(r"{(\w+)}", r"<\1>", page.path)
            app.add_url_rule(rule, endpoint=endpoint, view_func=view, methods=methods)
        return endpoint

    def _visit(self, page: WebPage, path: dict) -> PageVisit:
        came: Request = request._get_current_object()  # type: ignore[attr-defined]  # Flask's own name for it is looked up anew at each use
        actor = ANONYMOUS
        if page.trace:
            try:
                actor = self.sessions.actor_of(came, came.method == "POST" or self._in_full(page))
            except Unauthenticated:
                if "anonymous" not in page.guard:
                    raise
        if actor.kind != "anonymous":
            came.environ[SENDER] = actor.id
        form = self._form_with_file(page, came)
        return PageVisit(
            page,
            came,
            actor,
            path,
            Query(came.args.to_dict()),
            acting_for.chosen(came, actor),
            sent=came.form if form is None else MultiDict(),
            home_county=self._home,
            form=form,
            renewed=lambda: self.sessions.actor_of(came, at_once=True),
        )

    def _form_with_file(self, page: WebPage, came: Request) -> FormReader | None:
        """Read a form that may bring a file up to that; None where this is none."""
        limit = self.largest(page)
        return FormReader(came, limit) if limit and came.mimetype == MULTIPART else None

    def largest(self, page: WebPage) -> int:
        """Give how many bytes a form of a page may have that brings a file; 0 where none does."""
        routes = (self.asking.routes[act.at] for act in page.acts.values() if act.at)
        return max((largest(one) for one in routes if one.upload), default=0)

    def _in_full(self, page: WebPage) -> bool:
        """Tell whether a page shows what the API gives only after asking for the session once more."""
        return page.in_full or any(
            self.asking.routes[one.at].operation.in_full for one in page.reads.values()
        )

    def show(self, visit: PageVisit, template: str, form: Form | None = None, status: int = 200) -> Response:
        """Show a page, with the one form that has to be corrected, checked or gone on with instead of its empty one."""
        asked = self._contacts.read_for(visit)
        visit.parts = self.asking.parts(visit, {**visit.page.reads, **asked})
        contacts = self._contacts.told(visit, visit.parts.pop(PART, None))
        more = visit.page.prepare(visit) if visit.page.prepare else {}
        if isinstance(more, Response):
            return more
        acts = visit.page.acts.items()
        shown = {name: self._form(visit, name) for name, act in acts if self.asking.may(visit, act.at)}
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
            contacts=contacts,
            done="" if form else self._done_words.get(visit.query.get("done", ""), ""),
            **visit.parts,
            **more,
        )
        kept = visit.page.kept and not visit.shown and "kept" not in visit.sent
        return answering.page(body, status, visit.page.trace, kept)

    def _post(self, visit: PageVisit, template: str) -> Response:
        if "kept" in visit.sent and not came_from_us(
            visit.request.headers, visit.request.host, signs_in=True
        ):
            # what a stranger's page says was typed before would be one click from being done
            visit.sent = MultiDict(one for one in visit.sent.items(multi=True) if one[0] != "kept")
        name = visit.sent.get("act", "")
        if name == AGAIN:
            return self.show(visit, template)
        act = visit.page.acts.get(name)
        if act is None:
            raise NotFound
        route = self.asking.routes.get(act.at)
        asked, filled = forms.read(route, act.fields, visit.sent)
        if visit.sent.get("step") == CHANGE:
            return self.show(visit, template, self._form(visit, name, filled))
        key = self.stamps.key_of(visit.sent.get("stamp", ""), visit.request.path, visit.session)
        if not came_from_us(visit.request.headers, visit.request.host, act.signs_in or act.begins):
            return self._again(visit, template, name, filled, FROM_ELSEWHERE, 403)
        if key is None:
            return self._again(visit, template, name, filled, OLD_STAMP, 400)
        if act.steps and (shown := self._on_the_way(visit, name, asked, filled)):
            return self.show(visit, template, shown, 400 if shown.errors else 200)
        if route and (shown_again := self._looked_over(visit, template, name, filled, asked)):
            return shown_again
        try:
            answer = self.asking.act(visit, act, asked, key) if route else {}
        except Unauthenticated:  # the session ended while a file came
            return answering.sign_in_again(visit.request)
        except DomainError as refused:
            if refused.code == TWICE and visit.page.trace:
                return answering.see_other(_with_done(visit, act, name))
            return self._refused(visit, template, name, filled, refused)
        return self._done(visit, name, act, answer, template)

    def _refused(
        self, visit: PageVisit, template: str, name: str, filled: dict, refused: DomainError
    ) -> Response:
        summary = {"request.invalid": "", OTHERWISE: USED_BEFORE}.get(refused.code, refused.message)
        wrong, challenge = forms.wrong_with(refused.detail), refused.detail.get(forms.PROOF)
        return self._again(
            visit, template, name, filled, summary, STATUS_OF_KIND[refused.kind], wrong, challenge
        )

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

    def _on_the_way(self, visit: PageVisit, name: str, asked: dict, filled: dict) -> Form | None:
        """Give the screen that comes next; None where the last one was sent and is right."""
        act, stamp = visit.page.acts[name], visit.sent["stamp"]
        now, wanted = steps.at(act, visit.sent), steps.asked_for(act, visit.sent)
        if wanted is not None:
            return self._form(visit, name, filled, step=wanted, stamp=stamp)
        wrong = forms.wrong_on(self.asking.routes[act.at], act.steps[now], asked, act.needed)
        if not wrong and now + 1 == len(act.steps):
            return None
        return self._form(visit, name, filled, wrong, step=now if wrong else now + 1, stamp=stamp)

    def _done(self, visit: PageVisit, name: str, act: Action, answer: Any, template: str) -> Response:
        if act.shown:
            visit.shown = {name: answer}
            given = self.show(visit, template)
        elif act.finish:
            given = act.finish(visit, answer)
        else:
            given = answering.see_other(_with_done(visit, act, name, answer))
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
        challenge: dict | None = None,
    ) -> Response:
        known = {one: said for one, said in (wrong or {}).items() if one in visit.page.acts[name].fields}
        if wrong and not known and not summary:
            summary = next(iter(wrong.values()))
        step = steps.to_correct(visit.page.acts[name], visit.sent, known)
        form = self._form(visit, name, filled, known, summary, step)
        return self.show(visit, template, replace(form, challenge=challenge), status)

    def _form(
        self,
        visit: PageVisit,
        name: str,
        filled: dict | None = None,
        wrong: dict[str, str] | None = None,
        summary: str = "",
        step: int = 0,
        stamp: str = "",
        checking: bool = False,
    ) -> Form:
        act = visit.page.acts[name]
        stamp = stamp or self.stamps.give(visit.request.path, visit.session)
        values = act.starts(visit) if filled is None else filled
        names = act.steps[step].fields if act.steps else act.fields
        inputs = tuple(
            forms.inputs_of(self.asking.routes.get(act.at), names, values, wrong or {}, act.needed)
        )
        hidden = steps.carried(act, step, visit.sent) if act.steps and filled is not None else ()
        button = steps.NEXT if step + 1 < len(act.steps) else act.button
        button = NEXT if act.check and not checking else button
        return Form(name, button, stamp, inputs, summary, step, hidden, checking=checking, sees=act.sees)


def _with_done(visit: PageVisit, act: Action, name: str, answer: Any = None) -> str:
    """Give where it is said that something was done; what was made is named by the answer, the list stands for it where there is none."""
    values = {**(answer if isinstance(answer, dict) else {}), **visit.path}
    path = act.to or visit.page.path
    try:
        path = path.format(**values)
    except KeyError:
        path = path.partition("/{")[0]
    back = {"back": visit.back} if visit.back else {}
    return f"{path}?{urlencode({'done': name, **back})}"
