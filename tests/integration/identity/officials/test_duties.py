"""An office's rota: its administrators keep it, its people see who is on duty, and notices wait for the office's hours."""

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import event_call
from services.chassis.core.errors import NotFound
from services.chassis.core.scope import may_act_in
from services.chassis.events.event import Envelope
from services.civic.actor import CivicActor
from services.civic.working_days import published_working_days
from services.identity.notices.notifications import usecases as notifications
from services.identity.notices.notifications import views as inboxes
from services.identity.notices.notifications.store import NoticeStore
from services.identity.officials.duties import contract, usecases, views
from services.identity.officials.duties.contract import ADMINISTRATORS
from services.identity.officials.duties.store import RotaStore
from services.identity.own_offices import offices_of
from services.identity.wiring.office_times import OfficeTimes
from tests.integration.identity.absence_scene import TODAY, TOWN, VILLAGE
from tests.integration.identity.absence_scene import Scene as LeaveScene

IS_WORKING = published_working_days().is_working
EVENING, MORNING = datetime(2026, 11, 23, 13, tzinfo=UTC), datetime(2026, 11, 24, 0, tzinfo=UTC)
TERMS = {"phone": "028-88790000", "quiet_hours": "20:00-08:00", "rests_on_days_off": True}


class Scene(LeaveScene):
    """The offices of a village and its town."""

    def __init__(self, database):
        super().__init__(database)
        self.rotas, self.notices = RotaStore(database), NoticeStore(database)
        for store in (self.rotas, self.notices):
            store.create_indexes()
        self.times = OfficeTimes(database, IS_WORKING)

    def set(self, by, region=VILLAGE, week=None, key="", **more):
        asked = {"region": region, "week": week or [by.id] + [None] * 6, **TERMS, **more}
        tools = (self.rotas, self.officials, self.divisions, _may_act(by), 7)
        return self.run(usecases.set_rota, *tools, data=asked, by=by, key=key, answer=contract.Rota)

    def change(self, by, official, days=0, region=VILLAGE, **more):
        day = TODAY + timedelta(days=days)
        asked = {"region": region, "day": day, "official_id": official and official.id, **more}
        tools = (self.rotas, self.officials, _may_act(by), 7)
        return self.run(usecases.change, *tools, data=asked, by=by)

    def on_duty(self, actor, village="") -> list[dict]:
        def region_of(id):
            if not village:
                raise NotFound("resident.not_found", "")
            return village, ""

        offices = offices_of(actor, region_of)
        call = self.call({}, actor)
        tools = (self.rotas, self.officials, self.absences.stand_in_of, IS_WORKING, offices, call)
        return contract.OnDutyList().dump(views.on_duty_now(*tools))["items"]

    def hear(self, name="identity.resident.end_reported", region=VILLAGE) -> None:
        event = Envelope(
            f"x:{uuid.uuid4().hex}", f"xiangzhi.{name}.v1", "/x", "x", self.now, region, 1, {"resident_id": "r"}
        )  # fmt: skip
        call = event_call(event.id, event.data, event.time)
        notifications.notify_offices(
            self.notices, self.officials.holders, [(event, call)], None, self.times.notice_time
        )

    def inbox(self, actor) -> int:
        call = self.call({"unread": False, "limit": 20}, actor)
        return len(inboxes.inbox(self.notices, call)["items"])

    def told_of(self, region=VILLAGE) -> list[str]:
        outbox = self.rotas.documents.find_one({"_id": region})["outbox"]
        return [Envelope.from_document(one).name for one in outbox]


def _may_act(by):
    return lambda region: may_act_in(by, region, *ADMINISTRATORS)


@pytest.fixture
def scene(database):
    return Scene(database)


def test_the_administrators_of_the_office_keep_its_rota_and_every_change_is_told(scene):
    scene.set(scene.li)
    scene.set(scene.zhang, week=[None, scene.li.id, *[None] * 5])
    scene.change(scene.chief, scene.li)
    assert scene.rotas.get(VILLAGE).of_day(TODAY) == scene.li.id
    assert scene.told_of() == ["identity.rota.set", "identity.rota.set", "identity.rota.changed"]


def test_outside_the_own_region_there_is_no_rota(scene):
    scene.set(scene.li)
    scene.set(scene.zhang, region=TOWN)
    wu = scene.official("wu", "town_administrator", "510183104")
    for work in (lambda: scene.set(wu), lambda: scene.change(wu, wu), lambda: scene.set(scene.li, TOWN)):
        assert work() == "rota.not_yours"
    with pytest.raises(NotFound):
        views.one(scene.rotas, scene.call({"region": VILLAGE}, wu))
    assert views.one(scene.rotas, scene.call({"region": VILLAGE}, scene.zhang)).phone == TERMS["phone"]


def test_the_offices_own_administrator_is_told_to_set_a_rota_and_not_to_ask_the_office(scene):
    with pytest.raises(NotFound, match="本单位还没有设置的，请先设置"):
        views.one(scene.rotas, scene.call({"region": VILLAGE}, scene.li))


def test_only_people_of_the_office_who_are_in_office_are_on_duty(scene):
    wu = scene.official("wu", "village_administrator", "510183103205")
    scene.set(scene.li)
    assert scene.change(scene.li, wu) == scene.change(scene.li, scene.zhang) == "rota.not_of_this_office"
    assert scene.set(scene.zhang, TOWN, [scene.li.id, *[None] * 6]).region == TOWN, (
        "a village's in the town's"
    )
    scene.dismiss(scene.li)
    assert scene.change(scene.zhang, scene.li) == "rota.not_of_this_office"


def test_colleagues_are_named_by_the_logins_that_their_administrator_knows(scene):
    rota = scene.set(scene.li, week=["Li", None, scene.li.id, *[None] * 4])
    assert rota.week[:3] == [scene.li.id, None, scene.li.id]
    day = {"region": VILLAGE, "day": TODAY, "official_id": "li"}
    tools = (scene.rotas, scene.officials, _may_act(scene.li), 7)
    changed = scene.run(usecases.change, *tools, data=day, by=scene.li)
    assert changed.days == {TODAY.isoformat(): scene.li.id}
    assert scene.set(scene.li, week=["zhang", *[None] * 6]) == "rota.not_of_this_office"


def test_people_of_the_village_see_who_is_on_duty_in_village_and_town_and_others_do_not(scene):
    scene.set(scene.li)
    scene.set(scene.zhang, TOWN, [scene.zhang.id, *[None] * 6])
    resident = CivicActor("r", "resident")
    seen = scene.on_duty(resident, VILLAGE)
    assert [(one["region"], one["name"], one["phone"]) for one in seen] == [
        (TOWN, "测试", "028-88790000"), (VILLAGE, "测试", "028-88790000")
    ]  # fmt: skip
    assert scene.on_duty(scene.li) == seen and scene.on_duty(scene.zhang) == seen[:1]
    assert (
        scene.on_duty(resident, "510183104201") == scene.on_duty(resident) == scene.on_duty(scene.chief) == []
    )


def test_at_night_the_office_rests_and_the_duty_of_the_evening_goes_on(scene):
    scene.set(scene.li)
    scene.now = MORNING - timedelta(hours=1)
    (shown,) = scene.on_duty(scene.li)
    assert shown["name"] == "测试" and datetime.fromisoformat(shown["rests_until"]) == MORNING
    scene.now = MORNING
    (shown,) = scene.on_duty(scene.li)
    assert shown["name"] is None and shown["rests_until"] is None


def test_who_is_away_is_shown_by_the_stand_in_and_who_was_dismissed_not_at_all(scene):
    scene.set(scene.li)
    head = scene.officials.get(scene.zhang.id)
    head.name = "张镇长"
    scene.officials.save(head, [], scene.call())
    absence = scene.absence()
    assert [one["name"] for one in scene.on_duty(scene.li)] == ["张镇长"]
    scene.end(absence, scene.li)
    assert [one["name"] for one in scene.on_duty(scene.li)] == ["测试"]
    scene.dismiss(scene.li)
    assert [one["name"] for one in scene.on_duty(scene.li)] == [None]


def test_a_notice_of_the_evening_is_read_in_the_morning_but_an_urgent_one_at_once_by_who_is_on_duty(scene):
    colleague = scene.official("sun", "town_administrator", TOWN)
    scene.set(scene.zhang, TOWN, [scene.zhang.id, *[None] * 6])
    scene.now = EVENING
    scene.hear()
    scene.hear("identity.resident.appealed")
    assert (scene.inbox(scene.zhang), scene.inbox(colleague)) == (1, 0)
    scene.now = MORNING
    assert (scene.inbox(scene.zhang), scene.inbox(colleague)) == (2, 2)


def test_while_the_office_works_and_where_it_has_no_rota_nothing_waits(scene):
    scene.hear("identity.resident.appealed")
    scene.set(scene.zhang, TOWN)
    scene.hear("identity.resident.appealed")
    assert scene.inbox(scene.zhang) == 2
    elsewhere = scene.official("wu", "town_administrator", "510183104")
    scene.now = EVENING
    scene.hear("identity.resident.appealed", "510183104201")
    assert scene.inbox(elsewhere) == 1


def test_a_repeated_request_changes_nothing(scene):
    weeks = [scene.set(scene.li, key="k" * 22).week for _ in range(2)]
    assert weeks[0] == weeks[1] and scene.told_of() == ["identity.rota.set"]


@pytest.mark.parametrize("time_over", range(3))
def test_of_first_rotas_set_at_once_both_are_told_and_one_is_there(scene, time_over):
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(scene.set, (scene.li, scene.zhang), (VILLAGE, VILLAGE), ([None] * 7, [None] * 7)))
    assert scene.told_of() == ["identity.rota.set"] * 2
    assert scene.rotas.documents.count_documents({}) == 1


def test_a_role_alone_is_no_office_without_a_region():
    assert offices_of(CivicActor("o", "official", (Role("clerk", "510183"),)), None) == []


@pytest.mark.parametrize("time_over", range(3))
def test_of_two_who_saw_the_same_rota_and_set_it_at_once_one_is_told(scene, time_over):
    seen = scene.set(scene.li).version
    weeks = ([scene.li.id, *[None] * 6], [None] * 6 + [scene.li.id])
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda week: scene.set(scene.li, week=week, seen_version=seen), weeks))
    kept = [one for one in answers if one != "rota.changed_since_seen"]
    assert len(kept) == 1 and scene.rotas.get(VILLAGE).week == kept[0].week
    assert scene.change(scene.li, None, seen_version=seen) == "rota.changed_since_seen"
    assert scene.change(scene.li, None, seen_version=kept[0].version).of_day(TODAY) is None
    assert scene.set(scene.zhang, week=weeks[0]).week == weeks[0]
