"""A resident asks for a copy of everything: only freshly signed in, a few a day, asked again of whoever does not answer."""

from datetime import timedelta
from functools import partial

import pytest

from services.chassis.core.calls import Call, event_call
from services.chassis.core.errors import AlreadyAnswered, DomainError, NotFound, VersionConflict
from services.chassis.events.event import Envelope
from services.civic.actor import SYSTEM, CivicActor
from services.civic.privacy.data_subject_export import gather, open_for
from services.identity.access.sessions.model import NEW_SIGN_IN
from services.identity.access.sessions.usecases import must_have_just_signed_in
from services.identity.privacy.exports import usecases
from services.identity.privacy.exports.model import MOST_A_DAY
from services.identity.privacy.exports.store import ExportStore
from services.identity.privacy.unmaskings.store import UnmaskingStore
from services.identity.privacy.unmaskings.usecases import note_own_look
from services.identity.service import Service
from tests.at_rest import plain_in
from tests.integration.identity.privacy.test_erasures import PERSON, Scene
from tests.integration.identity.village_scene import at_once

KEPT = timedelta(days=7)


class Copies(Scene):
    """王秀英, and what she asks for."""

    def __init__(self, database):
        super().__init__(database)
        self.exports, self.portions = ExportStore(database), Service.portions.make(database)
        self.disclosures = UnmaskingStore(database)
        self.held = Service.held_of_a_person.make(database)
        for store in self.held.stores:
            if hasattr(store, "create_indexes"):
                store.create_indexes()
        self.portions.create_indexes()

    def parts(self):
        just = partial(must_have_just_signed_in, self.sessions)
        return self.exports, self.residents, just, partial(note_own_look, self.disclosures)

    def ask(self, key="k"):
        for _ in range(10):
            try:
                return usecases.ask(*self.parts(), KEPT, self.call(key))
            except VersionConflict:
                continue  # as the door does

    def open(self, export, person=""):
        call = self.call("", export_id=export.id)
        if person:
            call.actor = CivicActor(person, "resident", session=self.session.id)
        return usecases.open_copy(*self.parts(), call)

    def gather(self, export) -> None:
        told = self.exports.documents.find_one({"_id": export.id})["outbox"][0]["data"]
        event = Envelope(
            "e1", "xiangzhi.identity.export.asked.v1", "/x", "s", self.now, "510183103204", 1, told
        )
        gather(self.portions, self.held, "portion.gathered", event, event_call(event.id, told, self.now))

    def portion(self, export, person=""):
        call = Call({"export_id": export.id, "person": person or self.wang}, SYSTEM)
        return {one["section"]: one["rows"] for one in open_for(self.portions, call).sections}

    def answer(self, export, *services) -> str:
        for service in services:
            call = event_call(f"{service}:{export.id}", {"export_id": export.id}, self.now)
            usecases.take_answer(self.exports, service, call)
        return self.exports.get(export.id).state


@pytest.fixture
def copies(database):
    return Copies(database)


def test_a_copy_shows_what_is_held_and_is_sealed_where_it_lies(copies, database):
    export = copies.ask()
    copies.gather(export)
    found = copies.portion(export)
    assert (found["residents"][0]["name"], found["residents"][0]["phone"]) == (
        PERSON["name"],
        PERSON["phone"],
    )
    assert found["sessions"][0]["device_name"] == "微信 · 安卓"
    assert found["disclosures"][0]["purpose"] == "own_copy" and found["exports"][0]["id"] == export.id
    assert "password_hash" not in found["residents"][0] and "id_number_hash" not in found["residents"][0]
    assert plain_in(database, [PERSON["name"], PERSON["phone"]]) == set()


def test_a_copy_belongs_to_who_asked_and_to_nobody_else(copies):
    export = copies.ask()
    copies.gather(export)
    for look in (
        lambda: copies.open(export, "somebody else"),
        lambda: copies.portion(export, "somebody else"),
    ):
        with pytest.raises(NotFound):
            look()


def test_asking_and_opening_need_a_new_sign_in_and_are_noted_once_each(copies):
    export = copies.ask()
    for _ in range(2):
        copies.open(export)
    noted = list(copies.disclosures.documents.find({"resident_id": copies.wang}))
    assert len(noted) == 2 and {one["official_id"] for one in noted} == {copies.wang}
    copies.now += NEW_SIGN_IN + timedelta(seconds=1)
    for late in (lambda: copies.open(export), lambda: copies.ask("k2")):
        with pytest.raises(DomainError) as refused:
            late()
        assert refused.value.code == "session.not_new"


def test_a_repeat_is_the_same_copy_and_a_day_has_a_few_however_many_are_asked_for_at_once(copies):
    first = copies.ask("same")
    with pytest.raises(AlreadyAnswered) as repeat:
        copies.ask("same")
    assert repeat.value.answer == {"id": first.id}
    asked = at_once(*(partial(copies.ask, f"key {n}") for n in range(6)))
    assert asked.count("export.too_many") == 6 + 1 - MOST_A_DAY
    assert copies.exports.taken(copies.wang, first.day) == set(range(MOST_A_DAY))


def test_whoever_does_not_answer_is_asked_again_and_the_last_answer_makes_the_copy_whole(copies):
    export = copies.ask()
    assert copies.answer(export, "identity", "affairs", "affairs", "market") == "gathering"
    sweep = lambda: usecases.ask_again(copies.exports, Call({}, SYSTEM, now=copies.now))  # noqa: E731
    assert sweep() == 0
    copies.now += timedelta(minutes=2)
    assert (sweep(), sweep()) == (1, 0)
    assert copies.exports.get(export.id).missing == ["integrity"]
    assert copies.answer(export, "integrity", "integrity") == "ready"
    copies.now += timedelta(hours=1)
    assert sweep() == 0
    told = [one["type"].split(".")[3] for one in copies.exports.documents.find_one()["outbox"]]
    assert told == ["asked", "asked_again", "ready"]


def test_nothing_is_gathered_twice_nor_after_its_time_and_an_erasure_takes_it_away(copies):
    export = copies.ask()
    copies.gather(export)
    before = copies.portions.get(export.id)
    copies.gather(export)
    assert copies.portions.get(export.id).gathered_at == before.gathered_at
    told = [one["type"] for one in copies.portions.documents.find_one()["outbox"]]
    assert told == ["xiangzhi.identity.portion.gathered.v1"] * 2
    copies.portions.forget(copies.wang)
    copies.now += KEPT
    copies.gather(export)
    with pytest.raises(NotFound):
        copies.portion(export)


@pytest.mark.parametrize("erased", ["before it is kept", "before it is gathered", "afterwards"])
def test_what_is_gathered_while_the_person_is_erased_does_not_stay(copies, monkeypatch, erased):
    export, add = copies.ask(), copies.portions.add

    def erased_meanwhile(*kept):
        copies.portions.forget(copies.wang)
        add(*kept)

    if erased == "before it is kept":
        monkeypatch.setattr(copies.portions, "add", erased_meanwhile)
    if erased == "before it is gathered":
        copies.portions.forget(copies.wang)
    copies.gather(export)
    if erased == "afterwards":
        assert copies.portion(export)["residents"]
        copies.portions.forget(copies.wang)
    with pytest.raises(NotFound):
        copies.portion(export)
    assert [one["_id"] for one in copies.portions.documents.find()] == [f"gone|{copies.wang}"]
