"""Rehearsed: a backup while people write, everything destroyed, restored into nothing; then the broker alone is lost."""

import threading
from datetime import UTC, datetime

import pyrage
import pytest

from deploy.local import pids
from deploy.local.processes import Child, end_recorded
from deploy.local.story.department import Reader
from deploy.local.story.identity import COUNTY, VILLAGE
from deploy.local.story.person import new_resident
from services.chassis.operations.places import service_names
from services.chassis.storage.database import connect
from services.identity.people.residents.store import ResidentStore
from tests.e2e.conftest import officials_of
from tests.e2e.platform import Platform, make_vhost
from tests.e2e.test_departments import granted

STAFF = {"village": ("village_administrator", VILLAGE), "data": ("data_officer", COUNTY)}


AT_THE_EDGE = {
    "payment-simulator",
    "register-simulator",
    "sms-simulator",
    "identity-messages",
    "identity-webhooks",
}
"""Processes that nothing here has to do with; each costs seconds to start, twice."""


class WithoutItsEdge(Platform):
    """What a backup is about."""

    def commands(self):
        return {name: command for name, command in super().commands().items() if name not in AT_THE_EDGE}


class Registering(threading.Thread):
    """People register without pause; `acknowledged` are those who were told so, in their order."""

    def __init__(self, platform):
        super().__init__(daemon=True)
        self.platform, self.acknowledged, self.stopping = platform, [], threading.Event()

    def run(self):
        while not self.stopping.is_set():
            self.acknowledged.append(registered(self.platform))

    def until(self, number):
        self.platform.wait_for(lambda: len(self.acknowledged) >= number or not self.is_alive(), 60)
        assert self.is_alive()


class Rehearsal:
    """The platform, what was told to people in it, and what an operator does."""

    def __init__(self, folder, addresses):
        key = pyrage.x25519.Identity.generate()
        self.addresses, self.folder = addresses, folder
        self.identity = folder / "backup.key"
        self.identity.write_text(str(key))
        self.platform = WithoutItsEdge(folder / "platform", addresses, BACKUP_RECIPIENTS=str(key.to_public()))

    def command(self, module, *arguments):
        return self.platform.run("python", "-m", module, *map(str, arguments))

    def end(self, name):
        pids.end([self.platform.children.pop(name).mark], grace=20)

    def begin(self, name):
        platform = self.platform
        child = Child(name, platform.commands()[name], platform.env, platform.folder)
        child.start()
        platform.children[name] = child

    def new_broker(self):
        make_vhost(self.addresses, self.platform.settings.amqp_uri.rpartition("/")[2])

    def copy(self, service, person):
        return self.platform.database(service).people.find_one({"_id": person}) or {}

    def is_certified(self, service, person):
        return bool(self.copy(service, person).get("certified"))

    def told_and_not_heard(self, village):
        """Certify somebody while affairs is away: what it has not heard is in the broker only."""
        platform, person = self.platform, registered(self.platform)["id"]
        self.end("affairs")
        village.post(f"/residents/{person}/certification")
        platform.wait_for(lambda: self.is_certified("market", person))
        outbox = {"outbox": [], "_id": person}
        platform.wait_for(lambda: platform.database("identity").residents.find_one(outbox))
        assert not self.is_certified("affairs", person)
        return person


def registered(platform) -> dict:
    entered = new_resident(VILLAGE)
    given = platform.person("resident").post("/residents", entered, expect=201)
    return {**entered, "id": given["id"]}


@pytest.fixture(scope="module")
def done(addresses, tmp_path_factory):
    """Everything that is destroyed and restored, once for all tests here."""
    done = Rehearsal(tmp_path_factory.mktemp("rehearsal"), addresses)
    platform = done.platform
    try:
        platform.start(load=("identity",))
        staff = officials_of(platform, STAFF)
        done.department = granted(platform, staff, region=VILLAGE)
        done.unheard = done.told_and_not_heard(staff["village"])
        back_up_while_people_write(done)
        end_recorded(platform.folder)
        platform.destroy()
        done.new_broker()
        done.command("services.chassis.backup.restore", done.backup, "--identity", done.identity)
        done.cursor = platform.database("identity").cursors.find_one({"_id": done.department.id})
        done.command("services.chassis.runtime.declare")
        done.replayed = done.command("services.chassis.backup.replay", "--manifest", done.backup)
        done.command("services.identity.subscribers.departments.reopen")
        platform.start_processes()
        done.staff = staff
        yield done
    finally:
        platform.stop()


def back_up_while_people_write(done) -> None:
    writing = Registering(done.platform)
    writing.start()
    writing.until(5)
    done.before = list(writing.acknowledged)
    done.backup = done.command("services.chassis.backup.take", "--to", done.folder / "backups")
    done.backup = done.backup.strip().splitlines()[-1]
    writing.until(len(writing.acknowledged) + 3)
    writing.stopping.set()
    writing.join(30)
    done.acknowledged = writing.acknowledged


def test_everybody_who_was_told_so_before_is_there_and_comes_in_with_the_old_password(done):
    platform = done.platform
    there = {one["_id"] for one in platform.database("identity").residents.find({}, {"_id": 1})}
    assert {one["id"] for one in done.before} <= there
    # those of the last moments are lost with everything else: a backup is as old as it is
    assert not {one["id"] for one in done.acknowledged[-3:]} & there
    last = done.before[-1]
    person = platform.person("resident").sign_in(last["phone"], last["password"])
    assert person.id == last["id"]
    identity = connect(platform.settings, "identity")
    assert ResidentStore(identity).get(last["id"]).name == last["name"]
    identity.client.close()


def test_what_the_broker_alone_knew_is_told_once_more(done):
    done.platform.wait_for(lambda: done.is_certified("affairs", done.unheard), 60)


def test_every_copy_in_every_service_is_of_somebody_who_is_there_and_the_other_way_round(done):
    there = {one["_id"]: one["state"] for one in done.platform.database("identity").residents.find()}

    def unlike():
        return {
            service: [id for id, state in there.items() if done.copy(service, id).get("certified") != (state == "certified")]
            for service in ("affairs", "market", "integrity")
        }  # fmt: skip

    done.platform.wait_for(lambda: not any(unlike().values()), 60, unlike)
    for service in ("affairs", "market", "integrity"):
        assert {one["_id"] for one in done.platform.database(service).people.find()} <= there.keys()


def test_every_event_is_in_the_feed_once_and_without_a_gap(done):
    platform = done.platform

    def told():
        return {
            one["_id"]
            for name in service_names()
            for one in platform.database(name).events.find({}, {"_id": 1})
        }

    def fed():
        return list(platform.database("identity").feed.find({}, {"event.id": 1}).sort("_id", 1))

    platform.wait_for(lambda: told() == {one["event"]["id"] for one in fed()}, 60)
    found = fed()
    assert [one["_id"] for one in found] == list(range(1, len(found) + 1))
    assert len({one["event"]["id"] for one in found}) == len(found)


def test_the_departments_stream_goes_on_with_the_number_after_the_last_one(done):
    platform, given = done.platform, done.department.given["credentials"]
    new = registered(platform)["id"]
    with Reader(platform.settings.amqp_uri, given) as reader:
        platform.wait_for(lambda: any(new in one["subject"] for one in reader.events), 60)
        numbers = [int(one["feednumber"]) for one in reader.events]
    assert numbers == list(range(done.cursor["number"] + 1, done.cursor["number"] + 1 + len(numbers)))


def test_a_lost_broker_is_made_anew_from_outboxes_and_archives_while_everything_runs(done):
    platform = done.platform
    since = datetime.now(UTC).isoformat()
    unheard = done.told_and_not_heard(done.staff["village"])
    platform.destroy_broker()
    done.new_broker()
    # nobody relays into a broker without queues: it waits in its outbox
    done.command("services.chassis.runtime.declare")
    done.command("services.chassis.backup.replay", "--since", since)
    done.command("services.identity.subscribers.departments.reopen")
    done.begin("affairs")
    platform.wait_for(lambda: done.is_certified("affairs", unheard), 60)
    new = registered(platform)["id"]
    for service in ("affairs", "market", "integrity"):
        platform.wait_for(lambda: done.copy(service, new), 60)  # noqa: B023
    with Reader(platform.settings.amqp_uri, done.department.given["credentials"]) as reader:
        platform.wait_for(lambda: any(new in one["subject"] for one in reader.events), 60)
