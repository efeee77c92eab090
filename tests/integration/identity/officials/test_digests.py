"""In the morning every official in office reads what waits in the own region, once."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from services.chassis.core.calls import Call
from services.chassis.events.event import Envelope
from services.civic.actor import SYSTEM
from services.civic.working_days import published_working_days
from services.identity.notices.messages.store import MessageStore
from services.identity.notices.messages.texting import Texting
from services.identity.notices.notifications.store import NoticeStore
from services.identity.notices.notifications.usecases import tell_digest
from services.identity.notices.preferences.store import PreferenceStore
from services.identity.officials.digests import usecases
from services.identity.officials.digests.store import Mornings, Waiting
from services.identity.officials.staff.model import Official
from services.identity.officials.staff.store import OfficialStore
from services.identity.privacy.consents.asking import Consenting
from services.identity.wiring.channels import Channels

MONDAY = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # 8:30 in China
HERE, NEIGHBOUR = "510183103204", "510183103205"


class Scene:
    """Officials of a village, its town and the county."""

    def __init__(self, database):
        self.waiting, self.mornings = Waiting(database), Mornings(database)
        self.officials, self.notices = OfficialStore(database), NoticeStore(database)
        for store in (self.waiting, self.mornings, self.officials, self.notices):
            store.create_indexes()
        self.preferences, self.standing_in = PreferenceStore(database), {}
        self.reach = Channels(
            self.preferences, Texting(MessageStore(database), False, timedelta()), Consenting(database)
        )
        self.appoint("village", "village_administrator", HERE)
        self.appoint("town", "town_administrator", HERE[:9])
        self.appoint("clerk", "clerk", HERE[:6])
        self.appoint("gone", "village_administrator", HERE, active=False)
        self.appoint("auditor", "auditor", HERE[:6])

    def appoint(self, id, role, region, **more) -> None:
        official = Official(id, region, id, "测试", role, "h", "chief", MONDAY, **more)
        self.officials.add(official, [], Call({}))

    def heard(self, name, subject, state, sequence=1, region=HERE) -> None:
        event = Envelope(
            f"{subject}:{sequence}", f"xiangzhi.{name}.v1", "/x", subject, MONDAY, region, sequence, {"state": state}
        )  # fmt: skip
        self.waiting.hear([(event, None)])

    def reader_of(self, official_id, now) -> str:
        return self.standing_in.get(official_id, official_id)

    def morning(self, now=MONDAY) -> int:
        return usecases.tell_officials(
            self.mornings, self.waiting, self.officials.in_office, self.reader_of, self.reach.wants_digest,
            lambda *told: tell_digest(self.notices, *told), published_working_days().is_working,
            Call({}, SYSTEM, now=now),
        )  # fmt: skip

    def read(self) -> dict[str, str]:
        return {one["person"]: one["text"] for one in self.notices.documents.find().sort("created_at", 1)}


@pytest.fixture
def scene(database):
    return Scene(database)


def test_each_official_reads_what_waits_in_the_own_region_and_who_has_nothing_to_do_reads_nothing(scene):
    for number in range(3):
        scene.heard("identity.resident.registered", f"r{number}", "pending")
    scene.heard("identity.resident.certified", "r0", "certified", 2)
    scene.heard("identity.resident.registered", "r9", "pending", region=NEIGHBOUR)
    scene.heard("market.listing.offered", "l1", "offered")
    assert scene.morning() == 2
    assert scene.read() == {
        "village": "早上好，您辖区内有2 位居民待认证、1 件农产品待核实，请及时处理。",
        "town": "早上好，您辖区内有3 位居民待认证，请及时处理。",
    }


def test_an_application_waits_for_acceptance_then_for_a_decision_then_for_nobody(scene):
    steps = ("submitted", "materials_missing", "supplemented", "accepted", "decided")
    counted = []
    for sequence, state in enumerate(steps, 1):
        scene.heard(f"affairs.application.{state}", "a1", state, sequence)
        scene.heard("affairs.application.submitted", "a1", "submitted", 1)  # heard again, late
        counted.append(tuple(scene.waiting.counts("510183", ("to_accept", "to_decide")).values()))
    assert counted == [(1, 0), (0, 0), (1, 0), (0, 1), (0, 0)]


def test_a_dispute_between_buyer_and_seller_waits_for_the_county_s_clerk_until_it_is_decided(scene):
    scene.heard("market.claim.disputed", "c1", "disputed")
    scene.heard("market.claim.overdue", "c1", "disputed", 2)
    scene.heard("market.claim.disputed", "c2", "disputed")
    scene.heard("market.claim.decided", "c2", "dismissed", 2)
    assert scene.morning() == 1
    assert scene.read() == {"clerk": "早上好，您辖区内有1 件退款争议待处理，请及时处理。"}


def test_a_morning_is_told_once_also_by_a_second_process_or_after_a_crash(scene):
    scene.heard("identity.resident.registered", "r1", "pending")
    assert (scene.morning(), scene.morning()) == (2, 0)
    scene.mornings.documents.delete_many({})  # killed before it was noted
    assert scene.morning(MONDAY + timedelta(minutes=1)) == 0
    assert scene.morning(MONDAY + timedelta(days=1)) == 2


@pytest.mark.parametrize(
    "now",
    [
        MONDAY - timedelta(minutes=1),
        MONDAY + timedelta(hours=4),
        MONDAY - timedelta(days=1),
        datetime(2026, 10, 1, 1, tzinfo=UTC),
    ],
    ids=["before half past eight", "in the afternoon", "on Sunday", "on National Day"],
)
def test_nobody_is_told_before_work_or_on_a_day_off(scene, now):
    scene.heard("identity.resident.registered", "r1", "pending")
    assert scene.morning(now) == 0 and not scene.mornings.is_done("2026-11-23")


def test_what_waits_for_somebody_who_is_away_is_read_by_the_stand_in_beside_the_own(scene):
    scene.heard("identity.resident.registered", "r1", "pending")
    scene.standing_in["village"] = "town"
    assert (scene.morning(), scene.morning()) == (2, 0)
    found = [(one["person"], one["text"]) for one in scene.notices.documents.find().sort("text", 1)]
    text = "早上好，您辖区内有1 位居民待认证，请及时处理。"
    assert found == [("town", text), ("town", f"（代班）{text}")]


def test_who_does_not_want_it_is_not_told(scene):
    scene.heard("identity.resident.registered", "r1", "pending")
    chosen = scene.preferences.of("town")
    chosen.choose({"digest": "none"}, "official")
    scene.preferences.add(chosen, [], Call({}, SimpleNamespace(id="town")))
    assert scene.morning() == 1 and list(scene.read()) == ["village"]
