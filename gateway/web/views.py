"""From a request to a page: who asks, what is shown, what is done."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import Any

from flask import Flask, Response, current_app, g, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException, NotFound

from gateway.errors import STATUS_OF_KIND, Unauthenticated
from gateway.middleware import REQUEST_ID
from gateway.signposts import not_for
from gateway.web import acting_for, answering, forms, steps, typed
from gateway.web.arrivals import Arrivals
from gateway.web.asking import PageAsker
from gateway.web.cookies import BrowserSessions
from gateway.web.declarations import Action, WebPage
from gateway.web.done import with_done
from gateway.web.forms import Form
from gateway.web.own_contacts import PART, OwnContacts
from gateway.web.rendering import render
from gateway.web.shown_forms import form_of, form_values_beside, wrong_on_a_screen
from gateway.web.stamps import Stamps, came_from_us
from gateway.web.visit import PageVisit
from services.chassis.core.context import unseen, working_on
from services.chassis.core.errors import DomainError
from services.civic.actor import ANONYMOUS

HOME = "/"
ANEW = "anew"
"""What a button sends that goes back to choose something again, from within a form: nothing of it is done."""
AGAIN = "again"
"""The act of who comes with what they typed before their session was over."""
OLD_STAMP = "这一页开得太久，或者您重新登录过。内容还在，请核对后再提交一次。"
FROM_ELSEWHERE = "这次提交不是从本站的页面来的，没有办理。请核对内容，再提交一次。"
CONFIRMED, CHANGE = "confirmed", "change"
"""The steps after what was filled in has been shown once more: it is right, or is to be filled in otherwise."""
TWICE = "request.answer_forgotten"
"""What is said where the same form came twice and the answer is not kept: it is done."""
OTHERWISE = "request.key_used_otherwise"
"""What is said where a form came back with something else in it: after Back, of which nobody must think that it is done."""
USED_BEFORE = (
    "这张表单已经提交过一次，这次改过的内容没有提交。请看看现在的情况；还要提交的，请核对后再提交一次。"
)

SURE = "pages/sure.html"
"""The page that asks before something is done that cannot be taken back."""
CHANGED_SINCE = ".changed_since_seen"
CHANGED_SINCE_SEEN = (
    "您打开这一页之后别人改动过，这次没有提交。现在的内容在这一页上，您填的也还在：请对照核对，再提交一次。"
)


class Views:
    """Answers the pages of an app."""

    def __init__(
        self, asking: PageAsker, sessions: BrowserSessions, stamps: Stamps, pages: list[WebPage], home: str
    ):
        self.asking, self.sessions, self.stamps = asking, sessions, stamps
        self.arrivals = Arrivals(asking, sessions, home)
        self._contacts = OwnContacts()
        self._done_words = {name: act.done for page in pages for name, act in page.acts.items()}
        self._pages = {endpoint_of(page): page for page in pages}

    def install(self, app: Flask, page: WebPage, template: str) -> str:
        """Add one page to the app and give its endpoint; the home page is answered where programs find the API as well."""

        def view(**path: str) -> Response:
            g.page, g.route, g.reader = page, None, ANONYMOUS
            try:
                visit = self.arrivals.visit(page, path)
            except Unauthenticated:
                return answering.sign_in_again(request)
            g.reader = visit.actor
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
        endpoint = endpoint_of(page)
        if page.path == HOME:
            app.view_functions[HOME] = view
        else:
            rule = re.sub(r"{(\w+)}", r"<\1>", page.path)
            app.add_url_rule(rule, endpoint=endpoint, view_func=view, methods=methods)
        return endpoint

    def page_at(self, path: str) -> WebPage | None:
        """Give the page that a form at this address is sent to; None where there is none."""
        try:
            endpoint, _ = current_app.url_map.bind("").match(path, method="POST")
        except HTTPException:
            return None
        return self._pages.get(endpoint)

    def _for_ward(self, page: WebPage) -> bool:
        """Tell whether anything of a page is shown or done for the person for whom a helper acts."""
        used = {*(read.at for read in page.reads.values()), *(act.at for act in page.acts.values())}
        return any(self.asking.routes[at].operation.mandate for at in used if at)

    def show(self, visit: PageVisit, template: str, form: Form | None = None, status: int = 200) -> Response:
        """Show a page, with the one form that has to be corrected, checked or gone on with instead of its empty one."""
        asked = self._contacts.read_for(visit)
        visit.parts = self.asking.parts(visit, {**visit.page.reads, **asked})
        contacts = self._contacts.told(visit, visit.parts.pop(PART, None))
        more = visit.page.prepare(visit) if visit.page.prepare else {}
        if isinstance(more, Response):
            more.vary.add("Cookie")
            return more
        acts = visit.page.acts.items()
        shown = {name: self._form(visit, name) for name, act in acts if self.asking.may(visit, act.at)}
        if form:
            shown[form.act] = form
        said = visit.act(form.act).sure if form and form.checking else ""
        sure = said if isinstance(said, str) else said(visit)
        body = render(
            SURE if sure else template,
            sure=sure,
            carried=form_values_beside(visit, form) if sure and form else {},
            visit=visit,
            page=visit.page,
            actor=visit.actor,
            forms_of=shown,
            failed=form if form and form.refused else None,
            checking=form if form and form.checking else None,
            contacts=contacts,
            for_ward=self._for_ward(visit.page),
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
        if name == AGAIN or ANEW in visit.sent:
            return self.show(visit, template)
        if name not in visit.page.acts:
            raise NotFound
        act = visit.act(name)
        route = self.asking.routes.get(act.at)
        asked, filled = forms.read(route, act.fields, visit.sent)
        if visit.sent.get("step") == CHANGE:
            return self.show(visit, template, self._form(visit, name, filled))
        key = self.stamps.key_of(visit.sent.get("stamp", ""), visit.request.path, visit.session)
        if not came_from_us(visit.request.headers, visit.request.host, act.signs_in or act.begins):
            return self._again(visit, template, name, filled, FROM_ELSEWHERE, 403)
        if key is None:
            return self._again(visit, template, name, filled, OLD_STAMP, 400)
        if route and route.operation.mandate and (said := acting_for.begun_for_another(visit)):
            return self._again(visit, template, name, filled, said, 409)
        if act.keeps and visit.screens(name) and steps.LATER in visit.sent:
            return self._kept(visit, template, name, filled)
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
                return answering.see_other(with_done(visit, act, name))
            return self._refused(visit, template, name, filled, refused)
        return self._done(visit, name, act, answer, template)

    def _kept(self, visit: PageVisit, template: str, name: str, filled: dict) -> Response:
        """Keep what was filled in, wrong or not, for who goes on later."""
        act = visit.act(name)
        try:
            return act.keeps(visit) if act.keeps else self.show(visit, template)
        except DomainError as refused:
            return self._refused(visit, template, name, filled, refused)

    def _refused(
        self, visit: PageVisit, template: str, name: str, filled: dict, refused: DomainError
    ) -> Response:
        summary = {"request.invalid": "", OTHERWISE: USED_BEFORE}.get(refused.code, refused.message)
        if refused.code.endswith(CHANGED_SINCE):
            # only now does the form carry the version on the page: who sends it again has been told what to look at
            visit.sent = MultiDict(one for one in visit.sent.items(multi=True) if one[0] != "seen_version")
            summary = CHANGED_SINCE_SEEN
        own, challenge = visit.screens(name), refused.detail.get(forms.PROOF)
        wrong = own.refused(refused) if own else forms.wrong_with(refused.detail)
        return self._again(
            visit, template, name, filled, summary, STATUS_OF_KIND[refused.kind], wrong, challenge
        )

    def _looked_over(
        self, visit: PageVisit, template: str, name: str, filled: dict, asked: dict
    ) -> Response | None:
        """Refuse what nobody need be asked about, and show once more what is to be confirmed; None where it can be done."""
        act = visit.act(name)
        route, to_check = self.asking.routes[act.at], act.check and visit.sent.get("step") != CONFIRMED
        wrong = typed.problems(route, act.fields, act.needed, filled, asked)
        if not wrong:
            looked = act.looks(visit, asked) if act.looks and not act.steps else {}
            told = typed.refused(route, self.asking.asked_of(visit, act, asked)) if to_check else {}
            wrong = told | looked
        if wrong:
            return self._again(visit, template, name, filled, "", 400, wrong)
        return (
            self.show(visit, template, self._form(visit, name, filled, checking=True)) if to_check else None
        )

    def _on_the_way(self, visit: PageVisit, name: str, asked: dict, filled: dict) -> Form | None:
        """Give the screen that comes next; None where the last one was sent and is right."""
        act, own, stamp = visit.act(name), visit.screens(name), visit.sent["stamp"]
        now, wanted = steps.at(act, visit.sent), steps.asked_for(act, visit.sent)
        if own:
            wanted = now if own.changed() else wanted
        if wanted is not None:
            return self._form(visit, name, filled, step=wanted, stamp=stamp)
        wrong = wrong_on_a_screen(visit, name, self.asking.routes.get(act.at), now, asked, filled)
        if not wrong and now + 1 == len(act.steps):
            return None
        after = own.after(now) if own else now + 1
        if act.keeps and own and not wrong:
            # who could not keep it now sees no word that it was kept, and goes on
            with suppress(DomainError):
                act.keeps(visit)
        shown = steps.to_correct(act, visit.sent, wrong) if wrong else after
        return self._form(visit, name, filled, wrong, step=shown, stamp=stamp)

    def _done(self, visit: PageVisit, name: str, act: Action, answer: Any, template: str) -> Response:
        if act.shown:
            visit.shown = {name: answer}
            given = self.show(visit, template)
        elif act.finish:
            given = act.finish(visit, answer)
        else:
            given = answering.see_other(with_done(visit, act, name, answer))
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
        act, own = visit.act(name), visit.screens(name)
        known = {
            one: said for one, said in (wrong or {}).items() if one in act.fields or (own and own.has(one))
        }
        if wrong and not known and not summary:
            summary = next(iter(wrong.values()))
        step = steps.to_correct(act, visit.sent, known)
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
        stamp = stamp or self.stamps.give(visit.request.path, visit.session)
        route = self.asking.routes.get(visit.page.acts[name].at)
        return form_of(visit, name, route, stamp, filled, wrong or {}, summary, step, checking)


def endpoint_of(page: WebPage) -> str:
    """Name a page among the app's addresses."""
    return HOME if page.path == HOME else f"page {page.path}"
