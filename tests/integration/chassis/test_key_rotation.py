"""The keys of personal data change while the service works: nothing is lost, nothing is unreadable, at no moment."""

import os
import secrets
import signal
import subprocess
import sys
from dataclasses import dataclass, replace

import pytest

from services.chassis.core.calls import Call, write_call
from services.chassis.core.errors import AlreadyAnswered
from services.chassis.core.settings import WrongSetting
from services.chassis.storage.database import ServiceDatabase
from services.chassis.storage.field_encryption import Vault, key_of
from services.chassis.storage.key_rotation import rotate
from services.chassis.storage.store import Store
from services.civic.actor import ANONYMOUS
from tests.conftest import SETTINGS

NUMBER = 7
WAIT = 60


@dataclass
class Card:
    """Something with a name on it."""

    id: str
    region: str
    name: str
    version: int = 0

    @property
    def initial(self) -> str:
        """Give what lists show."""
        return self.name[0]


class CardStore(Store):
    """The cards."""

    service = "test"
    collection = "cards"
    aggregate = Card
    noun = "card"
    personal = ("name",)
    shown = ("initial",)


class Stopped(BaseException):
    """The process was killed here."""


def asked(n: int) -> Call:
    return write_call("card", {}, ANONYMOUS, f"key-of-card-{n}", lambda card: {"name": card.name})


def cards_of(database, refresh=0.05) -> CardStore:
    """Open the cards as another process would: with a vault of its own."""
    opened = ServiceDatabase(database.client, database.name, SETTINGS)
    opened.vault = Vault(opened, SETTINGS, refresh)
    return CardStore(opened)


@pytest.fixture
def cards(database):
    made = cards_of(database)
    for n in range(NUMBER):
        made.add(Card(f"c{n}", "51", f"张{n}"), [], asked(n))
    return made


def readable(cards) -> bool:
    """Tell whether every card and every first answer can be read."""
    for n in range(NUMBER):
        assert cards.get(f"c{n}").name == f"张{n}"
        with pytest.raises(AlreadyAnswered) as repeat:
            cards.get(f"c{n}", asked(n))
        assert repeat.value.answer == {"name": f"张{n}"}
    return True


def keys_in_use(cards) -> set[bytes]:
    found = list(cards.documents.find())
    return {key_of(one["sealed"]) for one in found} | {key_of(one["requests"][0]["answer"]) for one in found}


def test_after_a_rotation_everything_is_under_the_new_data_key_and_its_version_is_the_same(cards, database):
    before = keys_in_use(cards)
    worker = cards_of(database)
    assert rotate(worker.vault, [worker], lambda line: None) == 0
    after = keys_in_use(cards)
    assert len(before) == len(after) == 1 and before != after
    assert readable(cards) and readable(cards_of(database))
    assert {one["version"] for one in cards.documents.find()} == {1}
    assert not worker.vault.unfinished() and cards.vault.keys.count_documents({}) == 2


@pytest.mark.parametrize("at", range(4))
def test_a_rotation_that_was_killed_goes_on_with_the_same_key(cards, database, monkeypatch, at):
    monkeypatch.setattr("services.chassis.storage.key_rotation.BATCH", 2)
    worker, lines = cards_of(database), []

    def killed(line):
        lines.append(line)
        if len(lines) > at:
            raise Stopped

    with pytest.raises(Stopped):
        rotate(worker.vault, [worker], killed)
    assert worker.vault.unfinished() and readable(cards) and readable(cards_of(database))
    assert len(keys_in_use(cards)) == (1 if at == 3 else 2)
    again = cards_of(database)
    assert rotate(again.vault, [again], lambda line: None) == 0
    assert readable(cards) and len(keys_in_use(cards)) == 1
    assert not again.vault.unfinished() and cards.vault.keys.count_documents({}) == 2


def test_a_change_made_while_its_document_is_being_moved_is_kept(cards, database, monkeypatch):
    worker, changed = cards_of(database), []
    build = CardStore.from_document

    def from_document(store, document):
        if store is worker and not changed:
            changed.append(document["_id"])
            card = cards.get("c3")
            card.name = "李四"
            cards.save(card, [], Call({}))
        return build(store, document)

    monkeypatch.setattr(CardStore, "from_document", from_document)
    assert rotate(worker.vault, [worker], lambda line: None) == 0
    assert changed and cards.get("c3").name == "李四" and len(keys_in_use(cards)) == 1


def test_a_document_from_before_a_field_was_personal_is_sealed_by_the_rotation(cards, database):
    plain = {"_id": "old", "version": 3, "region": "51", "regions": ["51"], "name": "王五", "requests": []}
    cards.documents.insert_one({**plain, "other": 1})
    worker = cards_of(database)
    assert rotate(worker.vault, [worker], lambda line: None) == 0
    found = cards.documents.find_one({"_id": "old"})
    assert "name" not in found and (found["version"], found["other"]) == (3, 1)
    assert cards.get("old").name == "王五"


def test_a_document_from_before_its_lists_showed_something_shows_it_after_the_rotation(cards, database):
    sealed = cards.documents.find_one({"_id": "c1"})["sealed"]
    cards.documents.update_many({}, {"$unset": {"initial": ""}})
    worker = cards_of(database)
    assert rotate(worker.vault, [worker], lambda line: None) == 0
    assert {one["initial"] for one in cards.documents.find()} == {"张"}
    assert cards.documents.find_one({"_id": "c1"})["sealed"] != sealed and readable(cards)


def test_a_document_that_cannot_be_opened_is_named_and_the_rotation_stays_unfinished(cards, database):
    cards.documents.update_one({"_id": "c1"}, {"$set": {"sealed": spoilt(cards, "c1")}})
    worker, lines = cards_of(database), []
    assert rotate(worker.vault, [worker], lines.append) == 1
    assert any("c1 cannot be opened" in line for line in lines) and worker.vault.unfinished()
    assert cards.get("c2").name == "张2"


def spoilt(cards, id):
    sealed = cards.documents.find_one({"_id": id})["sealed"]
    return type(sealed)(bytes(sealed[:-1]) + bytes([sealed[-1] ^ 1]), 6)


def test_the_master_key_is_replaced_without_a_moment_in_which_something_cannot_be_read(cards, database):
    new = secrets.token_bytes(96)
    both = replace(SETTINGS, master_key=new, old_master_key=SETTINGS.master_key)
    vault = Vault(database, both)
    sealed = cards.documents.find_one({"_id": "c1"})["sealed"]
    assert vault.decrypt(sealed) == {"name": "张1"}
    assert (vault.rewrap(), vault.rewrap()) == (1, 0)
    assert vault.decrypt(sealed) == cards.vault.decrypt(sealed) == {"name": "张1"}
    assert Vault(database, replace(SETTINGS, master_key=new)).decrypt(sealed) == {"name": "张1"}
    with pytest.raises(WrongSetting):
        Vault(database, SETTINGS).prove()


def test_a_wrong_or_missing_master_key_is_refused_with_its_name_and_changes_nothing(cards, database):
    before = list(database.key_vault.find())
    for wrong in (b"w" * 96, b""):
        vault = Vault(database, replace(SETTINGS, master_key=wrong))
        for use in (vault.prove, lambda vault=vault: vault.encrypt({"name": "x"}), vault.rewrap):
            with pytest.raises(WrongSetting, match="MASTER_KEY"):
                use()
    assert list(database.key_vault.find()) == before and readable(cards)


def test_the_command_killed_in_the_middle_is_finished_by_running_it_again(cards, database):
    program = (
        "import sys; from pymongo import MongoClient; from services.chassis.storage import key_rotation as rotation;"
        "from tests.integration.chassis.test_key_rotation import cards_of; rotation.BATCH = 1;"
        f"cards = cards_of(MongoClient(sys.argv[1], tz_aware=True)['{database.name}']);"
        "say = lambda line: (print(line, flush=True), 'moved' in line and sys.stdin.readline());"
        "sys.exit(rotation.rotate(cards.vault, [cards], say))"
    )
    command = [sys.executable, "-c", program, os.environ["MONGODB_URI"]]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, **pipes) as killed:
        assert "moved" in killed.stdout.readline()
        killed.send_signal(signal.SIGKILL)
    assert len(keys_in_use(cards)) == 2 and readable(cards)
    again = subprocess.run(command, input="\n" * 20, capture_output=True, text=True, timeout=WAIT, check=True)
    assert "goes on" in again.stdout
    assert len(keys_in_use(cards)) == 1 and readable(cards)
