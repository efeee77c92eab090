"""Consents: given and withdrawn one after the other, and what rests on them ends at once."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from services.chassis.core.calls import Call, utc_now, write_call
from services.chassis.core.errors import AlreadyAnswered, DomainError
from services.chassis.events.event import Envelope
from services.civic.actor import CivicActor
from services.identity.privacy.consents import usecases, views
from services.identity.privacy.consents.asking import Consenting
from services.identity.privacy.consents.catalogue import shipped_catalogue
from services.identity.privacy.consents.store import ConsentStore
from services.identity.subscribers.feed.delivery import DepartmentDelivery
from services.identity.subscribers.feed.model import Grant
from services.identity.subscribers.feed.store import Feed

WANG = CivicActor("w", "resident")
SMS, DISCLOSURE, FITTING, REUSE = "market_sms", "disclosure_by_consent", "fitting", "paper_reuse"


class Scene:
    """王英 and the shipped notice."""

    def __init__(self, database):
        self.database, self.store, self.catalogue = database, ConsentStore(database), shipped_catalogue()
        self.store.create_indexes()
        self.consenting = Consenting(database)

    def decide(self, verb, purpose=SMS, key="k", notice=None):
        version = notice or self.catalogue.newest
        asked = {"purpose": purpose} | ({"notice_version": version} if verb == "give" else {})
        call = write_call(f"identity.{verb}", asked, WANG, key, lambda one: {"id": one.id})
        return getattr(usecases, verb)(self.store, self.catalogue, lambda id: ("510183103204", "2019"), call)

    def history(self) -> list[str]:
        call = Call({"limit": 20, "cursor": None}, WANG)
        return [one.state for one in views.decisions(self.store, call)["items"]]

    def stands(self) -> dict:
        shown = views.own(self.store, self.catalogue, Call({}, WANG))["items"]
        return {one["purpose"]: one["state"] for one in shown}


@pytest.fixture
def scene(database):
    return Scene(database)


def test_a_consent_holds_until_it_is_withdrawn_and_every_decision_stays(scene):
    assert scene.stands() == dict.fromkeys((SMS, DISCLOSURE, FITTING, REUSE), "never_given")
    scene.decide("give")
    assert scene.consenting.to_market_sms("w") and not scene.consenting.to_disclosure("w")
    scene.decide("withdraw", key="k2")
    assert not scene.consenting.to_market_sms("w")
    scene.decide("give", key="k3")
    assert sorted(scene.history()) == ["given", "given", "withdrawn"] and scene.stands()[SMS] == "given"
    names = [one["outbox"][0]["type"] for one in scene.store.documents.find().sort("number", 1)]
    assert [name.split(".")[3] for name in names] == ["given", "withdrawn", "given"]


def test_the_same_request_again_adds_no_decision_also_when_another_came_between(scene):
    first = scene.decide("give")
    assert scene.decide("give").id == first.id and scene.decide("give", key="other").id == first.id
    scene.decide("withdraw", key="k2")
    assert scene.decide("withdraw", key="k2").state == "withdrawn"
    with pytest.raises(AlreadyAnswered) as repeat:
        scene.decide("give")
    assert repeat.value.answer == {"id": first.id} and len(scene.history()) == 2


@pytest.mark.parametrize(
    ("verb", "asked", "code"),
    [
        ("give", {"purpose": "certification"}, "consent.not_asked"),
        ("give", {"purpose": "nonsense"}, "consent.purpose_unknown"),
        ("give", {"notice": 99}, "consent.notice_changed"),
        ("withdraw", {}, "consent.not_given"),
    ],
)
def test_what_cannot_be_decided_changes_nothing(scene, verb, asked, code):
    with pytest.raises(DomainError) as refused:
        scene.decide(verb, **asked)
    assert refused.value.code == code and scene.history() == []


def test_of_many_at_once_one_decides_and_the_others_decide_after_it(scene):
    refused = []

    def give(number):
        try:
            scene.decide("give", key=f"k{number}")
        except DomainError as error:
            refused.append(error.code)

    threads = [threading.Thread(target=give, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert scene.history() == ["given"] and set(refused) <= {"consent.decided_meanwhile"}


def test_a_department_without_a_legal_duty_is_told_of_those_only_who_consent(scene):
    feed = Feed(scene.database)
    feed.create_indexes()
    now, name = utc_now(), "identity.resident.certified"
    data = {"resident_id": "w", "state": "certified", "assurance": 1}
    feed.append(Envelope("e1", f"xiangzhi.{name}.v1", "/x", "w", now, "510183103204", 1, data))
    delivery = DepartmentDelivery(scene.database, {"w": {"name": "王英"}}.get, scene.consenting.to_disclosure)
    granted = {name: {"resident_name": ("resident_id", "name")}}
    by_law = Grant("d", (name,), "510183", granted, now + timedelta(days=1))
    by_consent = replace(by_law, basis="consent")

    def told(grant) -> str | None:
        (one,), _ = delivery.after(grant, 0, 10, now)
        return one.event.data.get("resident_name")

    assert (told(by_law), told(by_consent)) == ("王英", None)
    scene.decide("give", DISCLOSURE)
    assert told(by_consent) == "王英"
    scene.decide("withdraw", DISCLOSURE, key="k2")
    assert told(by_consent) is None
