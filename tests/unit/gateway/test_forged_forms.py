"""What a form may make a service do: nothing without a stamp of its own, and never more than the page declares."""

import time
from types import SimpleNamespace

import pytest
from marshmallow import fields, validate

import gateway.web.pages as pages
from gateway import app as gateway_app
from gateway.routes import ALL as ROUTES
from gateway.web import forms
from gateway.web.cookies import BrowserSessions
from gateway.web.declarations import of_the_api
from gateway.web.stamps import ANONYMOUS_SECONDS, Stamps
from services.chassis.core.errors import Conflict, Rejected
from services.civic.actor import ANONYMOUS, CivicActor
from services.civic.settings import CivicSettings

API = of_the_api(ROUTES)
SETTINGS = CivicSettings(cache_max_age=0)
ACTS = [(page, name, act) for page in pages.ALL.values() for name, act in page.acts.items() if act.at]
DO_NOTHING_HERE = {
    *("add_photo", "add_file", "add_mandate_photo", "send_spreadsheet"),
    *("check_number", "check_file", "look_up_progress"),
    *("act_for_ward", "look", "open_invitation", "change_household_head", "reuse_paper", "remove_paper"),
}
"""Five need a file, two a paper, one a code and one a mandate that is there, one a head that was chosen, and three only read."""
IDS = [name for _, name, _ in ACTS]
DOES = {API[act.at].name for _, _, act in ACTS if API[act.at].verb != "GET"} - {
    "read_report",
    "open_invitation",
    "check_paper_number",
    "check_paper_file",
    "look_up_progress",
}
"""The operations that change something; what a page shows is read whoever sends the form."""
NOT_DONE = Rejected("test.asked", "问到了。")
READ_BY_THE_PAGE = {
    "order": {"price_fen"},
    **{
        key: {"proof_of_work"}
        for key in ("ask_reset_code", "sign_in", "ask_sign_in_code", "ask_phone_code", "ask_wechat_code")
    },
    **{key: {"proof_of_work"} for key in ("choose_first_password", "reset_password", "sign_in_by_code")},
    "remove_photo": {"photo_id"},
    "remove_file": {"file_id"},
    "add_file": {"material"},
    "reuse_paper": {"material", "paper_id"},
    "remove_paper": {"paper_id"},
    "choose_delivery": {"way"},
    **{key: {"receipt"} for key in ("write_to_officer", "withdraw_report", "rate_report", "ask_review")},
    "report": {"region", "category_id"},
    **{key: {"matters"} for key in ("offer_mandate", "record_mandate")},
    **{key: {"photo_id"} for key in ("remove_mandate_photo", "replace_mandate_photo")},
    "read_all_notices": {"up_to"},
    "give_consent": {"purpose"},
    "withdraw_consent": {"purpose"},
    "read_all_notices_of_office": {"up_to"},
    "invite_official": {"region"},
    "discard_own_draft": {"matter_id"},
    "arrange_form": {"part", "of", "move"},
    "hand_over_application": {"official_id"},
    "change_household_member": {"relation", "left_behind"},
}
"""Names of a contract that a page reads from its form by itself, because its template lays them out; whoever adds one says so here."""


class Asked:
    """Stands for all services: writes down what they are asked to do, and refuses it."""

    connected = True
    acts: list[tuple[str, dict]] = []
    refusal = NOT_DONE

    def __init__(self, *_):
        """Take what a client is made of."""

    def call(self, _service, name, asked, *_, **__):
        if name == "account_facts":
            return {"name": "王秀英", "phone": None, "number_fits": False}
        if name in DOES:
            self.acts.append((name, asked))
            raise self.refusal
        raise NOT_DONE

    def begin(self, requests, actor, timeout=None):
        return lambda: dict.fromkeys(requests, NOT_DONE)

    def gather(self, requests, actor, timeout=None):
        return dict.fromkeys(requests, NOT_DONE)


@pytest.fixture(scope="module")
def client():
    """The gateway in front of them, made once: nothing here changes it."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(gateway_app, "RpcClient", Asked)
        yield gateway_app.create_app(SETTINGS).test_client()


@pytest.fixture
def browser(client, monkeypatch):
    """A browser of somebody whom the page lets in; `asked` is what services were asked to do."""
    monkeypatch.setattr(Asked, "acts", [])

    def send(page, sent: dict, **headers):
        kinds = [one for one in ("anonymous", "resident", "official", "entrant") if one in page.guard]
        session = None if kinds[0] == "anonymous" else "s1"
        actor = CivicActor("p1", kinds[0], session=session) if session else ANONYMOUS
        monkeypatch.setattr(BrowserSessions, "actor_of", lambda *_, **__: actor)
        headers = {"Accept": "text/html", "Origin": "http://localhost", **headers}
        return client.post(path_of(page), data=sent, headers=headers)

    return SimpleNamespace(send=send, asked=Asked.acts)


def path_of(page) -> str:
    return page.path.replace("{", "").replace("}", "")


def stamp(page, session=None, at=None, path=None) -> str:
    session = session or (None if "anonymous" in page.guard else "s1")
    return Stamps(SETTINGS.gateway_key).give(path or path_of(page), session, at)


def filled(page, name: str, act) -> dict:
    """Fill in what the contract takes, on the last screen and looked over."""
    sent = {"act": name, "stamp": stamp(page), "step": "confirmed" if act.check else str(len(act.steps) - 1)}
    for one in act.fields:
        declared = forms.field_of(API[act.at], one)
        if isinstance(declared, fields.Date):
            sent |= {f"{one}-year": "2020", f"{one}-month": "1", f"{one}-day": "2"}
        else:
            sent[one] = value_of(declared)
    return sent


def value_of(declared: fields.Field) -> str:
    inner = declared.inner if isinstance(declared, fields.List) else declared
    choices = [rule.choices for rule in inner.validators if isinstance(rule, validate.OneOf)]
    if choices:
        return next(iter(choices[0]))
    least = [rule.min for rule in inner.validators if isinstance(rule, validate.Range) and rule.min]
    if isinstance(inner, fields.Integer | fields.Boolean):
        return str(least[0]) if least else "1"
    return "510183103204" if "village" in str(inner.metadata) + str(inner.name) else "13800000000"


@pytest.mark.parametrize(("page", "name", "act"), ACTS, ids=IDS)
def test_a_forged_form_asks_nobody_for_anything(browser, page, name, act):
    whole = filled(page, name, act)
    old = time.time() - ANONYMOUS_SECONDS - 60
    stamps = {
        *("", "1.2.3", stamp(page, "another session"), stamp(page, path="/help")),
        *([stamp(page, at=old)] if "anonymous" in page.guard else []),
    }
    for one in stamps:
        assert browser.send(page, {**whole, "stamp": one}).status_code == 400
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert browser.send(page, whole, **headers).status_code == 403
    if act.signs_in or act.begins:
        assert browser.send(page, whole, Origin="null").status_code == 403
    assert browser.asked == []


@pytest.mark.parametrize(("page", "name", "act"), ACTS, ids=IDS)
def test_fields_that_the_form_does_not_have_reach_no_service(browser, page, name, act):
    route, whole = API[act.at], filled(page, name, act)
    browser.send(page, whole)
    plain = list(browser.asked)
    assert plain or name in DO_NOTHING_HERE, name
    browser.asked.clear()
    declared = route.request().fields if route.request else {}
    own = {one.partition(".")[0] for one in act.fields} | READ_BY_THE_PAGE.get(name, set())
    own |= {"seen_version"} if act.sees else set()
    more = {one: value_of(field) for one, field in declared.items() if one not in own}
    more |= {"id": "chosen", "state": "certified", "assurance": "3", "roles": "clerk", "kind": "official"}
    more = {one: value for one, value in more.items() if one not in whole}
    browser.send(page, {**whole, **more})
    assert browser.asked == plain


@pytest.mark.parametrize(("page", "name", "act"), ACTS, ids=IDS)
def test_who_goes_back_and_sends_other_words_with_the_same_form_is_not_told_that_they_are_done(
    browser, monkeypatch, page, name, act
):
    monkeypatch.setattr(Asked, "refusal", Rejected("request.key_used_otherwise", "请换一个新的再提交。"))
    answer = browser.send(page, filled(page, name, act))
    assert answer.status_code == 422 or not browser.asked
    assert "done=" not in (answer.location or "")


def test_the_same_form_twice_is_done_also_where_its_answer_is_not_kept(browser, monkeypatch):
    monkeypatch.setattr(Asked, "refusal", Conflict("request.answer_forgotten", "已经办理过。"))
    done = [
        browser.send(page, filled(page, name, act)).status_code
        for page, name, act in ACTS
        if page.trace and name not in DO_NOTHING_HERE
    ]
    assert 303 in done and 422 not in done
