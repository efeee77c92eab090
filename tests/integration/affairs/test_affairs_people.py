"""Affairs' own copy of residents, told by identity's events."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from services.chassis.core.calls import event_call
from services.chassis.events.event import DECLARED, Envelope, check_data
from services.civic.people import People, PeopleListeners

REGISTERED = Envelope(
    id="r1:1",
    type="xiangzhi.identity.resident.registered.v1",
    source="/xiangzhi/identity",
    subject="r1",
    time=datetime(2026, 11, 23, tzinfo=UTC),
    region="510183103204",
    sequence=1,
    data={"resident_id": "r1", "state": "pending"},
)
CERTIFIED = replace(
    REGISTERED,
    id="r1:2",
    type="xiangzhi.identity.resident.certified.v1",
    sequence=2,
    data={"resident_id": "r1", "state": "certified", "assurance": 1},
)
REJECTED = replace(
    REGISTERED,
    id="r1:2",
    type="xiangzhi.identity.resident.rejected.v1",
    sequence=2,
    data={"resident_id": "r1", "state": "rejected"},
)


@pytest.fixture
def hear(database):
    listeners = PeopleListeners()
    listeners.people = People(database)

    def these(*events):
        for event in events:
            check_data(event.name, event.version, event.data)
            listeners.on_identity_resident([(event, event_call(event.id, event.data, event.time))])
        return listeners.people.find("r1")

    return these


def test_a_certified_resident_is_known_with_the_village_and_nothing_personal(hear):
    assert hear(REGISTERED)["certified"] is False
    assert hear(CERTIFIED) == {
        "_id": "r1",
        "region": "510183103204",
        "edition": "",
        "certified": True,
        "sequence": 2,
    }


def test_an_older_event_that_arrives_late_takes_nothing_away(hear):
    assert hear(CERTIFIED, REGISTERED, CERTIFIED)["certified"] is True


def test_a_rejected_resident_stays_uncertified(hear):
    assert hear(REGISTERED, REJECTED)["certified"] is False


def test_every_event_that_affairs_emits_is_public_in_all_its_fields(database):
    ours = [shape for (name, _), shape in DECLARED.items() if name.startswith("affairs.")]
    assert len(ours) > 20
    for shape in ours:
        declared = shape().fields.values()
        assert {one.metadata.get("privacy") for one in declared} == {"public"}, shape
