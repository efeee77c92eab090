"""Pulling: who has no living grant is told why, a cursor lies in the feed, and a grant begins where it says."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from services.chassis.core.calls import Call, utc_now
from services.chassis.core.errors import Forbidden, Rejected
from services.civic.actor import CivicActor
from services.identity.subscribers.departments.model import (
    Department,
)
from services.identity.subscribers.departments.usecases import connect
from services.identity.subscribers.feed import views
from services.identity.subscribers.feed.contract import PullEvents
from services.identity.subscribers.feed.store import Feed
from services.identity.wiring.subscriptions import Subscriptions
from tests.integration.identity.webhook_scene import event_of


class Puller:
    """Departments that pull from one feed."""

    def __init__(self, database):
        self.subscriptions = Subscriptions(database)
        self.feed = Feed(database)
        self.feed.create_indexes()
        self.patience = views.Patience()

    def department(self, **changes) -> Department:
        """Add the department `d` with a grant that lives."""
        told = {"state": "connected", "expires_at": utc_now() + timedelta(days=1), **changes}
        patterns, way = told.pop("events", ["identity.resident.*"]), told.pop("delivery", "pull")
        known = ("d", "510183", "统计局", "数据科", "p", "l", patterns, way, "h", utc_now())
        one = Department(*known, **told)
        self.subscriptions.departments.add(one, [], Call({}))
        return one

    def pull(self, **asked) -> dict:
        """Pull as the department `d`."""
        call = Call(PullEvents().load(asked), CivicActor("d", "department"))
        return views.pull(self.subscriptions, self.subscriptions.delivery, self.patience, call)


@pytest.fixture
def puller(database):
    puller = Puller(database)
    for number in range(1, 6):
        puller.feed.append(event_of(number))
    return puller


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"state": "applied", "expires_at": None}, "department.never_granted"),
        ({"state": "revoked", "reason": "用途改变"}, "department.grant_revoked"),
        ({"expires_at": utc_now() - timedelta(seconds=1)}, "department.grant_expired"),
    ],
)
def test_without_a_living_grant_a_pull_is_refused_and_says_why(puller, changes, code):
    puller.department(**changes)
    with pytest.raises(Forbidden) as told:
        puller.pull()
    assert (told.value.code, told.value.detail.get("reason")) == (code, changes.get("reason"))


def test_no_account_is_made_for_an_office_that_is_not_recognised(puller):
    departments, made = puller.subscriptions.departments, []
    streams = SimpleNamespace(provision=made.append)
    puller.department(state="granted", delivery="stream")
    connect(departments, streams, puller.feed, "d", Call({}))
    assert (made, departments.get("d").state) == ([], "granted")
    departments.documents.update_one({"_id": "d"}, {"$set": {"confirmed_at": utc_now()}})
    connect(departments, streams, puller.feed, "d", Call({}))
    assert (len(made), departments.get("d").state) == (1, "connected")


def test_a_cursor_beyond_the_end_is_refused(puller):
    puller.department()
    assert puller.pull(after=5) == {"items": [], "next": 5}
    with pytest.raises(Rejected) as told:
        puller.pull(after=6)
    assert (told.value.code, told.value.detail["last"]) == ("feed.cursor_beyond_end", 5)


def test_a_pull_may_ask_for_a_part_of_what_is_granted_and_for_nothing_else(puller):
    puller.department(events=["identity.resident.*", "market.order.paid"])
    assert len(puller.pull(types="market.order.*,identity.resident.certified")["items"]) == 5
    assert puller.pull(types="market.order.*")["items"] == []
    with pytest.raises(Rejected) as told:
        puller.pull(types="identity.resident.*,affairs.*.*")
    assert told.value.detail["patterns"] == ["affairs.*.*"]


@pytest.mark.parametrize("way", [{}, {"after": 1}, {"from_event": "e2:1"}, {"since": "2020-01-01T00:00:00Z"}])
def test_a_grant_that_begins_later_gives_nothing_of_before_whatever_is_asked_for(puller, way):
    puller.department(starts_after=3)
    assert [one["subject"] for one in puller.pull(**way)["items"]] == ["r4", "r5"]
