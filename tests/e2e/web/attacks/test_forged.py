"""Forms that did not come from us, or not to this session: nothing is done, whatever the act."""

import time

import pytest
import requests

import gateway.web.pages as pages
from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import new_resident
from gateway.web import words
from gateway.web.stamps import ANONYMOUS_SECONDS, Stamps
from tests.e2e.web.attacks.browsers import RESIDENTS_PASSWORD, hidden, nobody, signed_in
from tests.e2e.web.attacks.where import OF_ACTS

ACTS = {name: act for page in pages.ALL.values() for name, act in page.acts.items()}
BEGIN = sorted(name for name, act in ACTS.items() if act.signs_in or act.begins)
TRIED = sorted(
    {
        *{place.seat: name for name, place in sorted(OF_ACTS.items())}.values(),
        *BEGIN,
        "add_photo",
        "add_mandate_photo",
    }
)
"""An act of each seat, those that begin a session, and two with a file: `tests/unit/gateway/test_forged_forms.py` tries them all."""

FROM_ELSEWHERE = (
    {"Origin": "https://evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site", "Origin": "https://evil.example"},
)
UNSAID = ({"Origin": "null"}, {"Origin": None})
"""What an old browser sends, and a page that hides where it is."""


@pytest.mark.parametrize("name", TRIED)
def test_a_form_without_a_stamp_of_its_own_session_page_and_time_does_nothing(cast, browsers, made, name):
    place = OF_ACTS[name]
    path, own = made(name)
    session, stamps = browsers[place.seat], Stamps(cast.platform.settings.gateway_key)
    page = path.partition("?")[0]
    bad = {
        "none": "",
        "another's": stamps.give(page, "session-of-somebody-else"),
        "nobody's" if place.seat != "nobody" else "somebody's": stamps.give(
            page, None if place.seat != "nobody" else "x"
        ),
        "another page's": stamp_of(session, stamps, "/help"),
        "old and nobody's": stamps.give(page, None, time.time() - ANONYMOUS_SECONDS - 60),
        "made up": f"{int(time.time())}.{'0' * 32}.{'0' * 64}",
    }
    for what, stamp in bad.items():
        sent = {"act": name, "stamp": stamp, "step": "confirmed", **own}
        answer = session.post(browsers.base + path, sent, allow_redirects=False)
        assert answer.status_code == 400, (what, answer.status_code)
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("name", TRIED)
def test_a_right_stamp_from_a_page_of_somebody_else_does_nothing(cast, browsers, made, name):
    path, own = made(name)
    session = browsers[OF_ACTS[name].seat]
    stamp = stamp_of(session, Stamps(cast.platform.settings.gateway_key), path)
    unsaid = UNSAID if name in BEGIN else ()
    for headers in (*FROM_ELSEWHERE, *unsaid):
        sent = {"act": name, "stamp": stamp, "step": "confirmed", **own}
        answer = session.post(browsers.base + path, sent, headers=headers, allow_redirects=False)
        assert answer.status_code == 403, (headers, answer.status_code)
        assert "Set-Cookie" not in answer.headers


def stamp_of(session: requests.Session, stamps: Stamps, path: str) -> str:
    """Give a stamp that holds on the page in this session, whose name stands in the cookie."""
    return stamps.give(path.partition("?")[0], session.cookies.get("xiangzhi", "").rpartition(".")[0] or None)


def test_the_stamp_of_the_session_before_is_an_old_one(cast):
    base, owner = cast.platform.base, cast["owner"]
    session = signed_in(base, owner.login, RESIDENTS_PASSWORD)
    old = hidden(session.get(base + "/my/notices/settings").text, "choose_channels")
    session.post(base + "/sign-out", hidden(session.get(base + "/sign-out").text, "sign_out"))
    again = signed_in(base, owner.login, RESIDENTS_PASSWORD)
    answer = again.post(base + "/my/notices/settings", old, allow_redirects=False)
    assert answer.status_code == 400
    right = hidden(again.get(base + "/my/notices/settings").text, "choose_channels")
    assert again.post(base + "/my/notices/settings", right, allow_redirects=False).status_code == 303


def test_whoever_plants_a_cookie_does_not_get_the_session_that_begins_on_it(cast):
    """The attacker's own cookie, and one made up, lie in the browser of whoever signs in: they are replaced, and open nothing."""
    base, owner = cast.platform.base, cast["owner"]
    _stranger, entered = cast.registered("attacker")
    own = signed_in(base, entered["phone"], entered["password"]).cookies["xiangzhi"]
    for cookie in (own, "made-up-by-somebody", "a" * 43):
        victim = nobody(base)
        victim.cookies.set("xiangzhi", cookie)
        form = hidden(nobody(base).get(base + "/sign-in").text, "sign_in") if cookie != own else None
        form = form or hidden(victim.get(base + "/sign-in").text, "sign_in")
        sent = form | {"login": owner.login, "password": RESIDENTS_PASSWORD}
        answer = victim.post(base + "/sign-in", sent, allow_redirects=False)
        assert answer.status_code == 303, answer.text
        given = answer.cookies["xiangzhi"]
        assert given != cookie
        held = nobody(base).get(base + "/my/identity", cookies={"xiangzhi": cookie}).text
        assert words.number(owner.id) not in held
        assert (
            words.number(owner.id)
            in nobody(base).get(base + "/my/identity", cookies={"xiangzhi": given}).text
        )


def test_a_session_stands_in_no_address_and_no_field(cast):
    base, owner = cast.platform.base, cast["owner"]
    secret = signed_in(base, owner.login, RESIDENTS_PASSWORD).cookies["xiangzhi"]
    for where in ({"params": {"xiangzhi": secret}}, {"headers": {"Authorization": f"Bearer {secret}"}}):
        answer = nobody(base).get(base + "/my", allow_redirects=False, **where)
        assert answer.headers["Location"].startswith("/sign-in")
    answer = nobody(base).post(
        base + "/my/notices", {"xiangzhi": secret, "act": "read_all_notices"}, allow_redirects=False
    )
    assert answer.status_code == 401, "asked to sign in"


FIELDS = {
    "register": {
        **{name: str(value) for name, value in new_resident(VILLAGE).items()},
        "step": "2",
        "notice": "2",
        **{
            "state": "certified",
            "assurance": "3",
            "certified": "1",
            "kind": "official",
            "roles": "clerk",
            "id": "chosen",
        },
        **{"region": "510184100200", "resident_id": "chosen", "notice_version": "1", "phone_state": "proven"},
    },
}


def test_who_registers_with_more_fields_than_the_form_has_is_registered_as_everybody(cast):
    base = cast.platform.base
    session = nobody(base)
    sent = hidden(session.get(base + "/register").text, "register") | FIELDS["register"]
    answer = session.post(base + "/register", sent, allow_redirects=False)
    assert answer.headers["Location"] == "/my?done=register", answer.text
    residents = cast.platform.database("identity").residents
    newest = next(residents.find().sort("registered_at", -1).limit(1))
    assert (newest["state"], newest["region"], newest["_id"] != "chosen") == ("pending", VILLAGE, True)
    assert newest.get("assurance", 0) == 0 and newest["notice_version"] == 2


def test_what_a_page_names_itself_is_not_overruled_by_a_form(cast, browsers):
    """A resident changes "own" data and names somebody else's; an official records somebody for another village."""
    base, owner = cast.platform.base, cast["owner"]
    session = browsers["neighbour"]
    sent = hidden(session.get(base + "/my/identity").text, "ask_correction")
    sent |= {"what": "name", "value": "王更名", "resident_id": owner.id, "region": "510183103203"}
    session.post(base + "/my/identity", sent)
    assert not owner.get(f"/residents/{owner.id}").get("request")
    assert cast["neighbour"].get(f"/residents/{cast['neighbour'].id}")["request"]["kind"] == "correction"
    desk = browsers["village administrator"]
    sent = hidden(desk.get(base + "/work/recorded").text, "record_person")
    sent |= {
        "name": "王小虎",
        "birth_year": "2016",
        "village": "510183103203",
        "state": "linked",
        "resident_id": owner.id,
    }
    assert desk.post(base + "/work/recorded", sent, allow_redirects=False).status_code == 303
    newest = next(cast.platform.database("identity").recorded_people.find().sort("_id", -1).limit(1))
    assert (newest["region"], newest["state"]) == (VILLAGE, "recorded")
