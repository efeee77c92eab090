"""What only the primary has can still be rolled back: it is told to nobody before a majority has it."""

from datetime import UTC, datetime

import pytest
from pymongo.write_concern import WriteConcern
from three_members import three_members

from services.chassis.events.event import Envelope
from services.chassis.relay.outbox import Outboxes
from services.identity.subscribers.feed.store import Feed, document_of

NOW = datetime(2026, 12, 2, 8, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def three():
    """Three members."""
    with three_members() as made:
        yield made


@pytest.fixture
def only_at_the_primary(three):
    """Give a database whose writes no other member has until the test resumes them."""
    name = "rolled_back"
    majority = three.client.get_database(name, write_concern=WriteConcern("majority", wtimeout=30_000))
    for collection in ("begun", "things", Feed.collection):
        majority[collection].insert_one({"_id": 0})
        majority[collection].delete_one({"_id": 0})
    three.halt_secondaries()
    yield three.client.get_database(name, write_concern=WriteConcern(1)), majority
    three.resume_secondaries()
    three.client.drop_database(name)


def test_the_relay_finds_an_event_only_when_a_majority_has_it(three, only_at_the_primary):
    primary, majority = only_at_the_primary
    entry = {"id": "one", "type": "thing.moved", "sequence": 1, "time": NOW}
    primary["things"].insert_one({"_id": "thing", "outbox": [entry], "pending_since": NOW})
    outboxes = Outboxes(primary)
    assert primary["things"].count_documents({"outbox.id": "one"}) == 1
    assert list(outboxes.pending("things")) == []
    three.resume_secondaries()
    majority["begun"].insert_one({})
    assert [one.id for one in outboxes.pending("things")] == ["thing"]


def test_a_department_reads_an_event_only_when_a_majority_has_it(three, only_at_the_primary):
    primary, majority = only_at_the_primary
    told = Envelope(
        **{
            "id": "one",
            "type": "xiangzhi.identity.resident.certified.v1",
            "source": "identity",
            "subject": "r1",
        },
        **{"time": NOW, "region": "510183103204", "sequence": 1, "data": {}},
    )
    primary[Feed.collection].insert_one(document_of(1, told))
    feed = Feed(primary)
    assert (feed.head(), feed.behind(0, 10)) == (0, [])
    three.resume_secondaries()
    majority["begun"].insert_one({})
    assert (feed.head(), [row["_id"] for row in feed.behind(0, 10)]) == (1, [1])
