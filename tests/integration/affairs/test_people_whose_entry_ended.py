"""What the services know of people whose entry has ended."""

from datetime import UTC, datetime

import pytest

from services.chassis.core.calls import event_call
from services.chassis.events.event import Envelope
from services.civic.people import People
from services.integrity.civic.store import CertifiedPeople

NOW = datetime(2026, 11, 22, tzinfo=UTC)


@pytest.fixture(params=[People, CertifiedPeople])
def people(request, database):
    people = request.param(database)
    people.create_indexes()
    return people


def hear(people, id, verb, sequence, **data):
    data = {"resident_id": id, "state": verb, **data}
    kind = f"xiangzhi.identity.resident.{verb}.v1"
    event = Envelope(f"{id}:{sequence}", kind, "/test", id, NOW, "510183103204", sequence, data)
    people.hear([(event, event_call(event.id, data, NOW))])


@pytest.mark.parametrize("verb", ["deceased", "deactivated", "merged"])
def test_whose_entry_has_ended_is_certified_no_more_until_it_is_undone(people, verb):
    hear(people, "a", "certified", 2)
    hear(people, "a", verb, 3, **({"into": "b"} if verb == "merged" else {}))
    assert people.find("a")["certified"] is False
    hear(people, "a", "reactivated", 4, state="certified")
    assert people.find("a")["certified"] is True
