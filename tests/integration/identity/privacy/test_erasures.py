"""A resident asks to be erased: time to think, the services' answers, and a tombstone that crashes do not stop."""

import threading
from datetime import timedelta
from functools import partial

import pytest
from bson import json_util

from services.chassis.core.calls import Call, event_call, utc_now, write_call
from services.chassis.core.errors import DomainError, VersionConflict
from services.civic.actor import SYSTEM, CivicActor
from services.civic.working_days import published_working_days
from services.identity.access.second_factor import SecondFactor
from services.identity.access.sessions.model import NEW_SIGN_IN, start
from services.identity.access.sessions.passwords import a_password_is_good
from services.identity.access.sessions.store import SessionStore
from services.identity.access.sessions.usecases import end_all_of, must_have_just_signed_in
from services.identity.access.verification_codes.store import VerificationCodeStore
from services.identity.notices.messages.store import MessageStore
from services.identity.notices.notifications.store import NoticeStore
from services.identity.notices.preferences.store import PreferenceStore
from services.identity.people.residents import registration
from services.identity.people.residents.store import ResidentStore
from services.identity.people.residents.terms import ResidentTerms as residents_terms
from services.identity.privacy.consents.catalogue import shipped_catalogue
from services.identity.privacy.erasures import usecases, views
from services.identity.privacy.erasures.store import ErasureStore
from services.identity.privacy.erasures.terms import ErasureTerms, shipped_list
from services.identity.wiring.accounts import Accounts

PERSON = {
    "name": "王秀英", "id_number": "510183199001010014", "phone": "13800000013", "password": "a long password",
    "village": "510183103204", "notice_version": 2, "paper": "id_card", "country": None,
}  # fmt: skip

OLDER = (
    {"id_number": "11010519491231002X", "phone": "13800000021"},
    {"id_number": "510183195803120022", "phone": "13800000022"},
)


class Nothing:
    """Villages that are all there, and passwords that are not hashed."""

    def must_exist(self, code):
        return "2019"

    def hash(self, password, beside):
        return f"hash of {password}"


class Scene:
    """王秀英, registered and signed in."""

    def __init__(self, database):
        self.database, self.now, self.terms = (
            database,
            utc_now(),
            ErasureTerms(timedelta(days=15), shipped_list()),
        )
        self.erasures, self.residents, self.sessions = (
            ErasureStore(database), ResidentStore(database), SessionStore(database)
        )  # fmt: skip
        self.holding = (
            self.residents, self.sessions, VerificationCodeStore(database), MessageStore(database), NoticeStore(database),
            PreferenceStore(database),
        )  # fmt: skip
        for store in (self.erasures, *self.holding):
            store.create_indexes()
        self.wang = self.register("first")
        self.sign_in(self.now)

    def register(self, key, person=PERSON) -> str:
        call = write_call(
            "identity.register_resident", person, CivicActor("x", "anonymous"), key, lambda one: vars(one)
        )
        number = lambda id_number: f"hash of {id_number}"  # noqa: E731
        terms = residents_terms(5, 60, published_working_days())
        parts = (
            Nothing(),
            shipped_catalogue(),
            Nothing(),
            a_password_is_good,
            number,
            terms,
            lambda call: None,
        )
        return registration.register(self.residents, *parts, call).id

    def sign_in(self, at) -> None:
        person = Accounts(self.database, SecondFactor(b"k" * 32)).find(self.wang)
        self.session = start(f"s{int(at.timestamp())}", person, at, "d", "微信 · 安卓")
        self.sessions.add(self.session, [], Call({}, now=at))

    def call(self, key, **data) -> Call:
        actor = CivicActor(self.wang, "resident", session=self.session.id)
        made = write_call("identity.erasure", data, actor, key, lambda one: {"id": one.id})
        made.now = self.now
        return made

    def ask(self, key="k"):
        just = partial(must_have_just_signed_in, self.sessions)
        return usecases.ask(self.erasures, self.residents, just, self.terms, self.call(key))

    def later(self, **delta) -> int:
        self.now += timedelta(**delta)
        return usecases.begin_what_is_due(self.erasures, self.residents, Call({}, SYSTEM, now=self.now))

    def answer(self, service, erasure, **data) -> None:
        told = {"erasure_id": erasure.id, "resident_id": self.wang, **data}
        call = event_call(f"{service}:{erasure.id}", told, self.now)
        usecases.take_answer(self.erasures, self.residents, service, call)

    def forget(self) -> None:
        call = event_call("erased", {"resident_id": self.wang}, self.now)
        usecases.forget(self.holding, partial(end_all_of, self.sessions), call)

    def state(self, erasure) -> str:
        return self.erasures.get(erasure.id).state

    def raw(self) -> str:
        names = self.database.list_collection_names()
        found = [json_util.dumps(list(self.database[n].find()), ensure_ascii=False) for n in names]
        return "\n".join(found)


@pytest.fixture
def scene(database):
    return Scene(database)


def test_whoever_is_erased_is_nobody_and_can_register_anew(scene):
    erasure = scene.ask()
    assert scene.later(days=14) == 0 and scene.later(days=1) == 1 and scene.later(days=1) == 0
    scene.answer("affairs", erasure)
    assert scene.state(erasure) == "leaving" and scene.residents.get(scene.wang).name == "王秀英"
    scene.answer("market", erasure)
    assert scene.state(erasure) == "finished"
    told = [one["type"] for one in scene.residents.documents.find_one({"_id": scene.wang})["outbox"]]
    assert told[-1] == "xiangzhi.identity.resident.erased.v1"
    for _ in range(2):
        scene.forget()
    raw = scene.raw()
    for trace in (*(PERSON[name] for name in ("name", "id_number", "phone", "password")), "5101****", "微信"):
        assert trace not in raw, trace
    assert Accounts(scene.database, SecondFactor(b"k" * 32)).find(scene.wang) is None
    assert scene.sessions.active_of(scene.wang) == []
    assert scene.register("second") != scene.wang


def test_until_it_begins_it_can_be_cancelled_and_asked_for_again(scene):
    erasure = scene.ask()
    cancelled = usecases.cancel(scene.erasures, scene.call("k2", erasure_id=erasure.id))
    assert cancelled.state == "cancelled" and scene.later(days=30) == 0
    scene.sign_in(scene.now)
    again = scene.ask("k3")
    scene.later(days=15)
    with pytest.raises(DomainError) as refused:
        usecases.cancel(scene.erasures, scene.call("k4", erasure_id=again.id))
    assert refused.value.code == "erasure.begun_already"


def test_only_one_request_is_open_and_only_after_a_new_sign_in(scene):
    scene.ask()
    with pytest.raises(DomainError) as refused:
        scene.ask("k2")
    assert refused.value.code == "erasure.asked_already"
    scene.now += NEW_SIGN_IN + timedelta(seconds=1)
    with pytest.raises(DomainError) as refused:
        scene.ask("k3")
    assert refused.value.code == "session.not_new"


def test_something_open_in_one_service_lets_the_person_stay_whatever_the_other_says(scene):
    erasure = scene.ask()
    scene.later(days=15)
    scene.answer("affairs", erasure, open_count=2)
    scene.answer("market", erasure)
    call = Call({"limit": 20, "cursor": None}, CivicActor(scene.wang, "resident"))
    (shown,) = views.own(scene.erasures, scene.terms, call)["items"]
    assert (shown["state"], shown["hindered_by"]) == ("hindered", {"affairs": 2})
    assert {one["service"] for one in shown["kept"]} == {"identity", "affairs", "market", "integrity", "all"}
    assert scene.residents.get(scene.wang).name == "王秀英"
    scene.sign_in(scene.now)
    assert scene.ask("k2").id != erasure.id


def test_a_crash_between_any_two_steps_is_made_good_by_the_next_try(scene, monkeypatch):
    erasure = scene.ask()
    scene.later(days=15)
    scene.answer("affairs", erasure)
    save = scene.residents.save
    monkeypatch.setattr(scene.residents, "save", _crashes)
    with pytest.raises(ConnectionError):
        scene.answer("market", erasure)
    assert scene.state(erasure) == "cleared"
    monkeypatch.setattr(scene.residents, "save", save)
    finish = scene.erasures.save
    monkeypatch.setattr(scene.erasures, "save", _crashes)
    with pytest.raises(ConnectionError):
        scene.answer("market", erasure)
    assert scene.residents.get(scene.wang).state == "erased"
    monkeypatch.setattr(scene.erasures, "save", finish)
    for _ in range(2):
        scene.answer("market", erasure)
    assert scene.state(erasure) == "finished"
    erased = [e for e in scene.residents.documents.find_one()["outbox"] if "erased" in e["type"]]
    assert len(erased) == 1


def test_entries_that_were_merged_into_the_erased_one_go_with_it_also_over_a_crash(scene, monkeypatch):
    older = [scene.register(f"older {n}", {**PERSON, **OLDER[n]}) for n in (0, 1)]
    for ended, survivor in (older, (older[1], scene.wang)):
        one = scene.residents.get(ended)
        scene.residents.save(one, one.merge_into(survivor, "county", "同一人", scene.now), Call({}, SYSTEM))
    erasure = scene.ask()
    scene.later(days=15)
    scene.answer("affairs", erasure)
    save, saved = scene.residents.save, []

    def crashes_after_the_second(*args):
        if len(saved) == 2:
            raise ConnectionError
        saved.append(args)
        save(*args)

    monkeypatch.setattr(scene.residents, "save", crashes_after_the_second)
    with pytest.raises(ConnectionError):
        scene.answer("market", erasure)
    monkeypatch.setattr(scene.residents, "save", save)
    scene.answer("market", erasure)
    assert scene.state(erasure) == "finished"
    assert {scene.residents.get(id).state for id in (scene.wang, *older)} == {"erased"}
    begun = next(e for e in scene.erasures.documents.find_one()["outbox"] if ".begun." in e["type"])
    assert set(begun["data"]["entries"]) == {scene.wang, *older}


def test_both_answers_at_once_erase_once(scene):
    erasure = scene.ask()
    scene.later(days=15)
    start_line = threading.Barrier(2)

    def answer(service):
        start_line.wait(5)
        for _ in range(10):
            try:
                return scene.answer(service, erasure)
            except VersionConflict:
                continue  # the listener is told again

    threads = [threading.Thread(target=answer, args=(service,)) for service in ("affairs", "market")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert scene.state(erasure) == "finished"


def _crashes(*args, **kwargs):
    raise ConnectionError
