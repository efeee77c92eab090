"""What a batch of events tells is written together, and each is told once however it comes again."""

from collections import Counter
from datetime import timedelta

import pytest
from pymongo import MongoClient

from services.chassis.core.calls import event_call, utc_now
from services.chassis.events.event import Envelope
from services.chassis.storage.database import ServiceDatabase
from services.identity.notices.messages.store import MessageStore
from services.identity.notices.messages.texting import Texting
from services.identity.notices.notifications import usecases
from services.identity.notices.notifications.store import NoticeStore
from services.identity.notices.preferences.store import PreferenceStore
from services.identity.privacy.consents.asking import Consenting
from services.identity.wiring.channels import Channels
from tests.conftest import SETTINGS
from tests.integration.identity.asked import Asked

VILLAGE = "510183103204"
DECIDED, CLAIMED = "affairs.application.decided", "identity.resident.number_claimed"


@pytest.fixture
def asked(addresses):
    asked = Asked()
    with MongoClient(addresses["MONGODB_URI"], tz_aware=True, event_listeners=[asked]) as client:
        yield client, asked.commands


class Told:
    """Notices and messages, and what is asked for them."""

    def __init__(self, database, commands):
        self.notices, self.messages, self.commands = NoticeStore(database), MessageStore(database), commands
        for store in (self.notices, self.messages):
            store.create_indexes()
        texting = Texting(self.messages, True, timedelta(minutes=5))
        self.reach = Channels(PreferenceStore(database), texting, Consenting(database))

    def hear(self, *events: Envelope) -> Counter:
        """Hear events together; gives what was asked."""
        self.commands.clear()
        together = [(event, event_call(event.id, event.data, event.time)) for event in events]
        usecases.notify(self.notices, together, self.reach)
        return Counter(self.commands)

    def all(self) -> tuple[list[str], list[str]]:
        """Whom notices tell, and whom messages."""
        return tuple(
            sorted(one["person"] for one in store.documents.find()) for store in (self.notices, self.messages)
        )


@pytest.fixture
def told(database, asked):
    client, commands = asked
    return Told(ServiceDatabase(client, database.name, SETTINGS), commands)


def event(name: str, subject: str, sequence=1, **data) -> Envelope:
    type = f"xiangzhi.{name}.v1"
    return Envelope(f"{subject}:{sequence}", type, "/test", subject, utc_now(), VILLAGE, sequence, data)


def decided(number: int, sequence=1, person="") -> Envelope:
    return event(DECIDED, f"a{number}", sequence, applicant_id=person or f"r{number}")


@pytest.mark.parametrize("count", [1, 6])
def test_what_a_batch_asks_does_not_grow_with_its_events(told, count):
    # what was chosen, which messages there are, the notices and the messages
    assert told.hear(*map(decided, range(count))) == {"find": 2, "insert": 2}
    people = [f"r{number}" for number in range(count)]
    assert told.all() == (people, people)


def test_a_batch_of_which_some_was_heard_before_tells_the_others(told):
    told.hear(decided(1))
    told.hear(decided(0), decided(1), decided(2))
    told.hear(decided(2), decided(1), decided(0))
    assert told.all() == (["r0", "r1", "r2"], ["r0", "r1", "r2"])


def test_a_message_that_is_missing_since_a_crash_is_written_when_its_event_comes_again(told):
    told.hear(decided(0), decided(1))
    told.messages.documents.delete_one({"person": "r1"})
    told.hear(decided(0), decided(1))
    assert told.all() == (["r0", "r1"], ["r0", "r1"])


def test_a_later_step_joins_the_message_that_waits_while_others_get_their_own(told):
    told.hear(decided(0))
    told.hear(decided(0, sequence=2), decided(1))
    assert told.all() == (["r0", "r0", "r1"], ["r0", "r1"])
    assert told.messages.waiting_in("r0|a0").events == ["a0:1", "a0:2"]


def test_two_of_one_batch_that_share_a_message_leave_one(told):
    first, second = decided(0), event("affairs.application.accepted", "a0", 2, applicant_id="r0")
    told.hear(first, second)
    assert told.all() == (["r0", "r0"], ["r0"])
    assert told.messages.waiting_in("r0|a0").events == ["a0:1", "a0:2"]


def test_what_is_told_once_a_day_is_told_once_of_a_batch(told):
    told.hear(*(event(CLAIMED, f"r{number}", holder_id="h") for number in range(3)))
    assert told.all()[0] == ["h"]


def test_a_fault_of_the_database_is_no_repeat(told, monkeypatch):
    long = {"validator": {"person": {"$ne": "r1"}}}
    told.notices.documents.database.command("collMod", "notices", **long)
    try:
        with pytest.raises(Exception, match="validation"):
            told.hear(decided(0), decided(1))
    finally:
        told.notices.documents.database.command("collMod", "notices", validator={})
    told.hear(decided(0), decided(1))
    assert told.all() == (["r0", "r1"], ["r0", "r1"])


def test_which_messages_there_are_is_found_by_indexes(told):
    of_events = {"events": {"$in": ["a0:1", "a1:1"]}, "person": {"$in": ["r0", "r1"]}}
    plan = told.messages.documents.find({"$or": [of_events, {"slot": {"$in": ["r0|a0", "r1|a1"]}}]}).explain()
    winning = str(plan["queryPlanner"]["winningPlan"])
    assert "of_an_event" in winning and "one_for_one_matter" in winning and "COLLSCAN" not in winning
