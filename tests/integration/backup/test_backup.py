"""A backup is what two databases held at one moment, while they are written to; it is restored into nothing, whole, or not at all."""

import json
import secrets
import shutil
import threading
import tracemalloc
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import pyrage
import pytest

from services.chassis.amqp import management, topology, transport
from services.chassis.backup import encryption, manifest, restore, snapshot, take
from services.chassis.backup.records import NotABackup
from services.chassis.core.calls import Call
from services.chassis.core.settings import WrongSetting
from services.chassis.storage.database import connect
from services.chassis.storage.dependency_provider import Provided
from services.chassis.storage.field_encryption import KEY_VAULT
from services.chassis.storage.store import Store
from tests.conftest import SETTINGS


@dataclass
class Card:
    """Something with a name on it."""

    id: str
    region: str
    name: str
    version: int = 0


class CardStore(Store):
    """The cards."""

    service, collection, aggregate, noun, personal = "left", "cards", Card, "card", ("name",)


class Left:
    """A service with personal data, which wants to be noted how many cards there were."""

    name = "left"
    cards = Provided(CardStore)
    noted_in_backups = staticmethod(lambda database: {"cards": database.cards.count_documents({})})


class Right:
    """Another one."""

    name = "right"


SERVICES = [Left, Right]


class Place:
    """Two databases and a virtual host, with the keys of backups."""

    def __init__(self, addresses, folder):
        own = f"backup_{secrets.token_hex(4)}"
        self.api, self.vhost, self.folder = addresses["RABBITMQ_MANAGEMENT_URI"], own, folder
        self.make_broker()
        key = pyrage.x25519.Identity.generate()
        self.identity = folder / "key"
        self.identity.write_text(f"# made for a test\n{key}\n")
        self.settings = replace(
            SETTINGS,
            mongodb_uri=addresses["MONGODB_URI"],
            amqp_uri=transport.in_virtual_host(addresses["AMQP_URI"], own),
            rabbitmq_management_uri=self.api,
            database_prefix=own,
            backup_recipients=(str(key.to_public()),),
        )
        self.left, self.right = (connect(self.settings, one.name) for one in SERVICES)
        CardStore(self.left).add(Card("c", "5101", "王秀英"), [], Call({}))

    def make_broker(self):
        management.ask(self.api, "PUT", f"vhosts/{self.vhost}")

    def take(self, window=60):
        return take.take(self.settings, SERVICES, self.folder / "backups", window)

    def restore(self, backup, identity=None, **changed):
        return restore.restore(replace(self.settings, **changed), SERVICES, backup, identity or self.identity)

    def empty(self):
        for database in (self.left, self.right):
            database.client.drop_database(database.name)

    def everything(self):
        return {
            f"{service.name}.{name}": list(database[name].find())
            for service, database in zip(SERVICES, (self.left, self.right), strict=True)
            for name in database.list_collection_names()
        }

    def close(self):
        self.empty()
        self.left.client.close()
        self.right.client.close()
        management.ask(self.api, "DELETE", f"vhosts/{self.vhost}")


@pytest.fixture
def place(addresses, tmp_path):
    place = Place(addresses, tmp_path)
    yield place
    place.close()


class Writer(threading.Thread):
    """Writes one number into both databases in one transaction, again and again; `acknowledged` is the last one."""

    def __init__(self, place):
        super().__init__(daemon=True)
        self.place, self.acknowledged, self.stopping = place, 0, threading.Event()
        self.halves = place.left["halves"], place.left.client[place.right.name]["halves"]
        for one in self.halves:
            one.database.create_collection("halves")

    def run(self):
        while not self.stopping.is_set():
            with self.place.left.client.start_session() as session, session.start_transaction():
                for one in self.halves:
                    one.insert_one({"_id": self.acknowledged + 1, "filling": "x" * 500}, session=session)
            self.acknowledged += 1

    def until(self, number):
        while self.acknowledged < number:
            assert self.is_alive()


def test_what_was_acknowledged_before_is_there_in_both_databases_and_nothing_later(place):
    writer = Writer(place)
    writer.start()
    writer.until(200)
    before = writer.acknowledged
    folder, told = place.take()
    writer.until(writer.acknowledged + 50)
    writer.stopping.set()
    writer.join(20)
    place.empty()
    assert place.restore(folder) == told
    left, right = ([one["_id"] for one in database.halves.find()] for database in (place.left, place.right))
    assert left == right == list(range(1, len(left) + 1))
    assert before <= len(left) < writer.acknowledged
    # a new process, which finds the data key in the restored vault
    fresh = connect(place.settings, "left")
    assert CardStore(fresh).get("c").name == "王秀英"
    fresh.client.close()


def test_every_document_is_as_it_was_and_nothing_of_it_can_be_read_without_the_key(place):
    place.left.odd.insert_many(
        [{"_id": {"a": n}, "b": None, "n": 2**40 + n, "list": [n, {"x": 1.5}]} for n in range(3)]
    )
    place.right.create_collection("empty")
    before = place.everything()
    folder, told = place.take()
    assert told.noted == {"left": {"cards": 1}} and set(told.collections) == set(before)
    assert "王秀英".encode() not in (folder / manifest.DATA).read_bytes()
    assert (folder / manifest.DATA).read_bytes().startswith(b"age-encryption.org/v1\n")
    place.empty()
    place.restore(folder)
    assert place.everything() == before
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_the_database_keeps_no_more_history_afterwards_than_before(place):
    client = snapshot.client_of_one_member(place.settings)

    def kept():
        return client.admin.command({"getParameter": 1, snapshot.PARAMETER: 1})[snapshot.PARAMETER]

    with client:
        before = kept()
        with snapshot.history(client, before + 60, lambda line: None):
            assert kept() == before + 60
        assert kept() == before


def test_a_set_that_is_not_empty_is_refused_by_name(place):
    folder, _ = place.take()
    with pytest.raises(
        restore.RestoreRefused, match=rf"{place.left.name} is not empty \(cards\)|is not empty"
    ):
        place.restore(folder)
    place.empty()
    place.right.anything.insert_one({})
    with pytest.raises(restore.RestoreRefused, match=rf"{place.right.name} is not empty \(anything\)"):
        place.restore(folder)
    assert place.left.list_collection_names() == []


def test_a_broker_that_still_tells_of_what_is_lost_is_refused(place):
    folder, _ = place.take()
    place.empty()
    connection = transport.connect(place.settings.amqp_uri, "test")
    topology.declare_events_exchange(connection.channel())
    transport.close_quietly(connection)
    with pytest.raises(restore.RestoreRefused, match="The broker still has"):
        place.restore(folder)
    assert place.left.list_collection_names() == []


def test_a_backup_without_its_keys_is_refused_by_name(place):
    place.left.drop_collection(KEY_VAULT)
    folder, _ = place.take()
    place.empty()
    with pytest.raises(restore.RestoreRefused, match=r"no keys of left \(key_vault\), and 1 documents"):
        place.restore(folder)


def test_another_master_key_is_refused_before_anything_is_written(place):
    folder, _ = place.take()
    place.empty()
    with pytest.raises(restore.RestoreRefused, match="MASTER_KEY is not the key"):
        place.restore(folder, master_key=b"n" * 96)
    assert place.left.list_collection_names() == []
    place.restore(folder, master_key=b"n" * 96, old_master_key=SETTINGS.master_key)


def test_another_private_key_opens_nothing(place):
    folder, _ = place.take()
    place.empty()
    other = place.folder / "other"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    with pytest.raises(NotABackup, match="cannot be opened"):
        place.restore(folder, other)
    with pytest.raises(WrongSetting, match="no private key"):
        place.restore(folder, folder / manifest.NAME)


@pytest.mark.parametrize("damage", ["a bit", "the end", "the manifest", "another's data"])
def test_what_is_damaged_is_not_taken_for_a_backup(place, damage):
    folder, _ = place.take()
    data, told = folder / manifest.DATA, folder / manifest.NAME
    whole = data.read_bytes()
    if damage == "a bit":
        data.write_bytes(whole[:-40] + bytes([whole[-40] ^ 1]) + whole[-39:])
    elif damage == "the end":
        data.write_bytes(whole[: len(whole) - 20])
    elif damage == "another's data":
        place.right.later.insert_one({})
        shutil.copy(place.take()[0] / manifest.DATA, data)
    else:
        changed = json.loads(told.read_text())
        changed["collections"]["left.cards"]["sha256"] = "0" * 64
        told.write_text(json.dumps(changed))
    place.empty()
    with pytest.raises(NotABackup):
        place.restore(folder)


def test_what_the_database_did_not_take_is_noticed(place, monkeypatch):
    place.right.things.insert_many([{"_id": n} for n in range(5)])
    folder, _ = place.take()
    place.empty()
    flush = restore._Batch.flush

    def all_but_one(self):
        self._held = self._held[1:] if len(self._held) == 5 else self._held
        flush(self)

    monkeypatch.setattr(restore._Batch, "flush", all_but_one)
    with pytest.raises(NotABackup, match=r"right\.things is not what was backed up.*the database has"):
        place.restore(folder)


def test_nothing_is_left_of_a_backup_that_failed(place, monkeypatch):
    monkeypatch.setattr(snapshot.Snapshot, "documents", _fails)
    with pytest.raises(ConnectionError):
        place.take()
    assert list((place.folder / "backups").iterdir()) == []
    with pytest.raises(WrongSetting, match="BACKUP_RECIPIENTS"):
        take.take(replace(place.settings, backup_recipients=()), SERVICES, place.folder, 60)
    with pytest.raises(WrongSetting, match="BACKUP_RECIPIENTS"):
        take.take(replace(place.settings, backup_recipients=("age1wrong",)), SERVICES, place.folder, 60)


def _fails(self, service, collection):
    yield b"\x05\x00\x00\x00\x00"
    raise ConnectionError("the member is gone")


def test_memory_does_not_grow_with_what_is_backed_up(tmp_path):
    key = pyrage.x25519.Identity.generate()
    piece = secrets.token_bytes(100_000)
    tracemalloc.start()
    with (tmp_path / "data.age").open("wb") as file:
        encryption.encrypt((piece for _ in range(500)), file, [key.to_public()])
    read = 0
    with encryption.decrypted(tmp_path / "data.age", [key]) as stream:
        while some := stream.read(100_000):
            read += len(some)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert read == 50_000_000 and peak < 10_000_000


def test_a_backups_broker_address_is_never_written_down(place):
    folder, _ = place.take()
    password = urlsplit(place.settings.amqp_uri).password
    assert password not in (folder / manifest.NAME).read_text()
