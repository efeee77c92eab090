"""Signing in with WeChat: who has bound it comes in, nobody else does, and nothing of WeChat is kept but a keyed hash."""

from dataclasses import replace
from datetime import timedelta

import jwt
import pytest

from deploy.local.simulators.wechat_book import APP_ID, openid_of
from services.chassis.core.calls import event_call
from services.chassis.core.errors import AlreadyAnswered, DomainError
from services.chassis.events.event import Envelope
from services.civic.actor import ANONYMOUS
from services.identity.access.sessions import usecases as sessions
from services.identity.access.wechat.listeners import WechatListeners
from services.identity.access.wechat.model import OF_NETWORK
from services.identity.access.wechat.rounds import LIFETIME
from services.identity.people.residents import proofs
from tests.integration.identity.village_scene import at_once


def refusal(work, *args, **named) -> str:
    with pytest.raises(DomainError) as refused:
        work(*args, **named)
    assert any("一" <= letter <= "鿿" for letter in refused.value.message)
    return refused.value.code


def claims(given: dict) -> dict:
    return jwt.decode(given["access_token"], options={"verify_signature": False})


def test_who_has_bound_wechat_signs_in_with_it_at_the_assurance_that_a_password_gives(wechat):
    her = wechat.bound()
    given = wechat.sign_in()
    assert given["person_id"] == her.id
    by_password = sessions.begin_for(
        wechat.people, wechat.sessions, wechat.tokens, her.id, wechat.call(ANONYMOUS, device_token=None)
    )
    told, usual = claims(given), claims(by_password)
    assert {n: told[n] for n in ("kind", "roles", "assurance")} == {
        n: usual[n] for n in ("kind", "roles", "assurance")
    }
    assert wechat.residents.get(her.id).assurance == her.assurance


def test_nothing_of_wechat_is_kept_but_a_keyed_hash(wechat):
    her = wechat.bound()
    wechat.sign_in()
    kept = [
        str(one) for name in wechat.database.list_collection_names() for one in wechat.database[name].find()
    ]
    assert not any(openid_of(APP_ID, "wang") in one or "access_token" in one for one in kept)
    assert wechat.bindings.of_person(her.id).openid_hash == wechat.keys.of_wechat(
        APP_ID, openid_of(APP_ID, "wang")
    )


def test_an_identity_that_nobody_has_bound_comes_in_nowhere(wechat):
    wechat.bound()
    assert refusal(wechat.sign_in, "li") == "wechat.unknown"


@pytest.mark.parametrize("sent", [{"browser": "0" * 32}, {"state": "1" * 106}, {"state": ""}])
def test_what_another_browser_began_signs_nobody_in(wechat, sent):
    wechat.bound()
    before = wechat.simulator.asked
    assert refusal(wechat.sign_in, **sent) == "wechat.round_over"
    assert wechat.simulator.asked == before, "WeChat is not asked for a stranger"


def test_what_was_begun_to_bind_signs_nobody_in_and_the_other_way_round(wechat):
    her, begun = wechat.bound(), wechat.begin_sign_in()
    another = wechat.resident()
    to_bind = wechat.came_back(wechat.begin_binding(another), "li")
    sent = {**to_bind, "browser": begun["browser"], "device_token": None}
    assert refusal(wechat.sign_in_with, sent) == "wechat.round_over"
    assert refusal(wechat.bind, another, wechat.came_back(begun, "li")) == "wechat.round_over"
    assert wechat.is_bound(her) and not wechat.is_bound(another)


def test_what_came_back_is_good_once_and_for_ten_minutes(wechat):
    wechat.bound()
    begun = wechat.begin_sign_in()
    sent = {**wechat.came_back(begun), "browser": begun["browser"], "device_token": None}
    assert refusal(wechat.sign_in_with, sent, wechat.now + LIFETIME) == "wechat.round_over"
    wechat.sign_in_with(sent)
    assert refusal(wechat.sign_in_with, sent) == "wechat.round_over"
    # with a word of its own the same code is refused by WeChat
    again = wechat.begin_sign_in()
    fresh = {
        **wechat.came_back(again),
        "browser": again["browser"],
        "device_token": None,
        "code": sent["code"],
    }
    assert refusal(wechat.sign_in_with, fresh) == "wechat.code_refused"


def test_of_many_who_come_back_with_the_same_at_once_one_comes_in(wechat):
    wechat.bound()
    begun = wechat.begin_sign_in()
    sent = {**wechat.came_back(begun), "browser": begun["browser"], "device_token": None}
    found = at_once(*[lambda: wechat.sign_in_with(sent)] * 6)
    assert sum(isinstance(one, dict) for one in found) == 1
    assert {one for one in found if isinstance(one, str)} == {"wechat.round_over"}


@pytest.mark.parametrize(
    ("behaviour", "code"),
    [
        ({"busy": True}, "wechat.away"),
        ({"lost": True}, "wechat.away"),
        ({"fail_first_n": 1}, "wechat.away"),
        ({"malformed": True}, "wechat.away"),
        ({"wrong_app": True}, "wechat.away"),
        ({"slow_ms": 4000}, "wechat.away"),
        ({"over": True}, "wechat.code_refused"),
        ({"snapshot": True}, "wechat.snapshot"),
    ],
)
def test_what_goes_wrong_at_wechat_is_said_plainly_and_signs_nobody_in(wechat, behaviour, code):
    wechat.bound()
    begun = wechat.begin_sign_in()
    sent = {**wechat.came_back(begun, "wang"), "browser": begun["browser"], "device_token": None}
    wechat.simulator.behave(user="wang", **behaviour)
    assert refusal(wechat.sign_in_with, sent) == code
    wechat.simulator.behave()
    assert wechat.sign_in()["access_token"]


def test_a_county_without_an_app_has_none_of_it(wechat):
    her = wechat.resident()
    wechat.provider = wechat.simulator.client(app_id="")
    for work in (wechat.begin_sign_in, lambda: wechat.is_bound(her), lambda: wechat.begin_binding(her)):
        assert refusal(work) == "wechat.off"
    assert refusal(wechat.sign_in_with, {"state": "", "code": "", "browser": ""}) == "wechat.off"


def test_one_network_has_so_many_answers_in_an_hour(wechat):
    wechat.bound()
    for _ in range(OF_NETWORK - 1):
        wechat.count_wechat_round(wechat.call(ANONYMOUS))
    assert wechat.sign_in()["access_token"]
    assert refusal(wechat.sign_in) == "wechat.too_often"


def test_a_session_by_wechat_is_never_new_enough_for_what_cannot_be_undone(wechat):
    wechat.bound()
    session = claims(wechat.sign_in())["sid"]
    found = wechat.sessions.get(session)
    assert found.by == "wechat"
    call = wechat.call(replace(ANONYMOUS, session=session))
    assert refusal(sessions.must_have_just_signed_in, wechat.sessions, call) == "session.not_by_password"


# binding


def test_only_a_code_to_the_own_proven_phone_begins(wechat):
    her, other = wechat.resident(), wechat.resident()
    assert refusal(wechat.begin_binding, her, **wechat.code(other.phone)) == "wechat.another_phone"
    assert refusal(wechat.begin_binding, her, **wechat.code(her.phone, "phone")) == "code.not_proved"
    assert refusal(wechat.begin_binding, her, code_id="none", code="123456") == "code.not_proved"
    used = wechat.code(her.phone)
    wechat.begin_binding(her, **used)
    assert refusal(wechat.begin_binding, her, **used) == "code.not_proved"
    unproven = wechat.village.certified()
    assert refusal(wechat.begin_binding, unproven) == "wechat.phone_not_proven"


def test_what_one_began_binds_nothing_to_another_nor_in_another_session(wechat):
    attacker, victim = wechat.resident(), wechat.resident()
    back = wechat.came_back(wechat.begin_binding(attacker), "attacker")
    assert refusal(wechat.bind, victim, back) == "wechat.round_over"
    assert refusal(wechat.bind, attacker, back, "another session") == "wechat.round_over"
    assert not wechat.is_bound(victim) and not wechat.is_bound(attacker)


def test_the_same_form_twice_binds_once_and_gives_the_first_answer(wechat):
    her = wechat.resident()
    back = wechat.came_back(wechat.begin_binding(her), "wang")
    wechat.bind(her, back, key="one key")
    with pytest.raises(AlreadyAnswered):
        wechat.bind(her, back, key="one key")
    assert refusal(wechat.bind, her, back) == "wechat.round_over"
    assert len(wechat.told(her)) == 1


def test_one_identity_opens_one_account_and_nobody_is_told_whose(wechat):
    first = wechat.bound("wang")
    second = wechat.resident()
    back = wechat.came_back(wechat.begin_binding(second), "wang")
    with pytest.raises(DomainError) as refused:
        wechat.bind(second, back)
    assert refused.value.code == "wechat.bound_elsewhere"
    assert first.id not in refused.value.message and not refused.value.detail
    assert refusal(wechat.begin_binding, first) == "wechat.bound_already"


def test_of_many_accounts_that_bind_one_identity_at_once_one_does(wechat):
    them = [wechat.resident() for _ in range(4)]
    backs = [wechat.came_back(wechat.begin_binding(one), "wang") for one in them]
    found = at_once(
        *[lambda one=one, back=back: wechat.bind(one, back) for one, back in zip(them, backs, strict=True)]
    )
    assert sorted(isinstance(one, str) for one in found) == [False, True, True, True]
    assert {one for one in found if isinstance(one, str)} == {"wechat.bound_elsewhere"}
    assert sum(wechat.is_bound(one) for one in them) == 1


def test_of_many_identities_that_one_account_binds_at_once_it_has_one(wechat):
    her = wechat.resident()
    begun = [wechat.begin_binding(her) for _ in range(4)]
    backs = [wechat.came_back(one, f"user {at}") for at, one in enumerate(begun)]
    found = at_once(*[lambda back=back: wechat.bind(her, back) for back in backs])
    assert sum(not isinstance(one, str) for one in found) == 1
    assert {one for one in found if isinstance(one, str)} == {"wechat.bound_already"}


# ending


def test_who_undoes_it_signs_in_with_it_no_more_and_its_sessions_end(wechat):
    her = wechat.bound()
    by_wechat, this = (claims(wechat.sign_in())["sid"] for _ in range(2))
    by_password = sessions.begin_for(
        wechat.people, wechat.sessions, wechat.tokens, her.id, wechat.call(ANONYMOUS, device_token=None)
    )
    wechat.undo(her, this)
    assert refusal(wechat.sign_in) == "wechat.unknown"
    assert set(wechat.sessions.active_of(her.id)) == {this, claims(by_password)["sid"]}
    assert by_wechat not in wechat.sessions.active_of(her.id)
    assert refusal(wechat.undo, her) == "wechat.not_bound"
    assert all(not one["openid_hash"] for one in wechat.bindings.documents.find({"person": her.id}))
    # and it is free for whoever has it
    assert wechat.is_bound(wechat.bound())


def test_what_is_undone_at_the_moment_of_a_sign_in_leaves_no_session(wechat):
    her, usual = wechat.bound(), wechat.begin_wechat_session
    wechat.__class__ = type("Raced", (type(wechat),), {"begin_wechat_session": property(lambda self: raced)})

    def raced(person, call):
        given = usual(person, call)
        document = {"$set": {"state": "ended", "openid_hash": ""}}
        wechat.bindings.documents.update_one({"person": person}, document)
        return given

    assert refusal(wechat.sign_in) == "wechat.unknown"
    assert not wechat.sessions.active_of(her.id)


def heard(wechat, her, name: str, **more) -> None:
    """Let the listener hear that something happened to her, twice: events are repeated."""
    data = {"resident_id": her.id, **more}
    subject = ("/xiangzhi/identity", her.id, wechat.now, her.region, 9, data)
    event = Envelope(f"{her.id}:9", f"xiangzhi.identity.resident.{name}.v1", *subject)
    listener = WechatListeners()
    listener.wechat_bindings, listener.residents = wechat.bindings, wechat.residents
    listener.end_wechat_sessions = wechat.end_wechat_sessions
    hear = (
        listener.on_phone_of_a_wechat_binding_corrected
        if name == "corrected"
        else listener.on_what_a_wechat_binding_rests_on_ended
    )
    for _ in range(2):
        hear(event, event_call(event.id, data, wechat.now))


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("deceased", {}),
        ("deactivated", {}),
        ("merged", {}),
        ("phone_lost", {}),
        ("corrected", {"what": "phone"}),
    ],
)
def test_what_ends_the_account_or_its_phone_ends_the_binding_with_its_sessions(wechat, name, more):
    her = wechat.bound()
    wechat.sign_in()
    heard(wechat, her, name, **more)
    assert refusal(wechat.sign_in) == "wechat.unknown"
    assert not wechat.sessions.active_of(her.id)
    [kept] = wechat.bindings.documents.find({"person": her.id})
    assert (kept["state"], kept["openid_hash"]) == ("ended", "")


def test_another_name_ends_no_binding(wechat):
    her = wechat.bound()
    heard(wechat, her, "corrected", what="name")
    assert wechat.sign_in()["person_id"] == her.id


def test_an_erased_person_has_no_binding(wechat):
    her = wechat.bound()
    wechat.bindings.forget(her.id)
    assert refusal(wechat.sign_in) == "wechat.unknown"
    kept = wechat.bindings.documents.find_one({"person": her.id})
    assert kept["openid_hash"] == "" and kept["ended_at"]


def test_whose_phone_another_has_proved_binds_nothing_that_was_begun_before(wechat):
    her, other = wechat.resident(), wechat.resident()
    back = wechat.came_back(wechat.begin_binding(her), "wang")
    proofs.prove(wechat.residents, other.id, her.phone, wechat.call(wechat.as_(other)))
    assert refusal(wechat.bind, her, back) == "wechat.phone_not_proven"
    assert not wechat.is_bound(her)


def test_words_are_only_letters_and_digits_as_wechat_wants_them(wechat):
    state, until = wechat.rounds.give("sign in", ("b",), wechat.now)
    assert state.isalnum() and len(state) <= 128
    assert timedelta(minutes=9) < until - wechat.now <= LIFETIME
