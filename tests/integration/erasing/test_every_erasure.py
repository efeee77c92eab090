"""Somebody is erased in each service, and then looked for in everything that it keeps: what is found may stay, and says so."""

import inspect
import secrets
from datetime import datetime

import pytest
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from services.chassis.core.actor import SYSTEM
from services.chassis.core.calls import Call
from services.chassis.events.event import Envelope, check_data
from services.chassis.storage.database import ServiceDatabase
from services.civic.privacy.personal_data import KeptByLaw
from services.civic.settings import CivicSettings
from services.identity.access.guest_access import usecases as guests
from tests.architecture.house import SERVICES
from tests.delivering import deliver
from tests.integration.erasing.made_up import NOW, PERSON, VILLAGE, WORDS, make, opened, plain
from tests.integration.queries.hosting import hosted

ERASED = "identity.resident.erased"


class Erasing:
    """One service in this process with the made-up person in every store."""

    def __init__(self, name: str, database, settings: CivicSettings):
        self.name, self.database = name, database
        self.service = hosted(name, database, settings)
        self.stores = self.service.held_of_a_person.stores
        for store in self.stores:
            make(store, database)

    def erase(self) -> None:
        """Let the service hear what it hears when somebody is erased; twice, as may happen."""
        if self.name == "identity":
            self._entry_becomes_a_tombstone()
        told = {"resident_id": PERSON, "state": "erased"}
        event = Envelope(f"{PERSON}:9", f"xiangzhi.{ERASED}.v1", "/x", PERSON, NOW, VILLAGE, 9, told, "2020")
        check_data(event.name, event.version, event.data)
        for _ in range(2):
            for method in self._hearing():
                deliver(method, event)
        if self.name == "identity":
            clock = Call({}, SYSTEM, now=datetime(2098, 1, 1, tzinfo=NOW.tzinfo))
            guests.forget_what_is_due(self.service.visitors, self.service.holding_of_a_visitor, clock)

    def _entry_becomes_a_tombstone(self) -> None:
        resident = self.service.residents.get(PERSON)
        self.service.residents.save(resident, resident.erase(), Call({}, SYSTEM, now=NOW))

    def _hearing(self):
        methods = (one for _, one in inspect.getmembers(self.service, inspect.ismethod))
        return [one for one in methods if ERASED in getattr(getattr(one, "hears", None), "names", ())]

    def found(self, what: str) -> set[tuple[str, str]]:
        """Give in which fields of which collections something is, also where it is sealed, as (collection, field)."""
        return {
            (name, field)
            for name in self.database.list_collection_names()
            for document in self.database[name].find()
            for field, value in opened(self.database, document).items()
            if what in plain(value)
        }

    def may_stay(self, *names: str) -> set[tuple[str, str]]:
        """Give the fields that stores name in `stays` or `words_stay`."""
        return {
            (one.collection, field)
            for one in self.stores
            for name in names
            for field in getattr(one.of_a_person, name)
        }


@pytest.fixture(params=SERVICES)
def erasing(request, mongo, addresses, tmp_path):
    key = Ed25519PrivateKey.generate()
    raw = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    (tmp_path / "key.pem").write_bytes(raw)
    settings = CivicSettings(
        mongodb_uri=addresses["MONGODB_URI"], identity_hash_key=b"i" * 32, master_key=b"m" * 96, receipt_key=b"r" * 32,
        signing_key_file=str(tmp_path / "key.pem"), payment_url="http://127.0.0.1:9", payment_secret="secret",
        sms_url="http://127.0.0.1:9", sms_secret="secret",
    )  # fmt: skip
    database = ServiceDatabase(mongo, f"test_{secrets.token_hex(6)}", settings)
    yield Erasing(request.param, database, settings)
    mongo.drop_database(database.name)


def test_of_an_erased_person_nothing_is_left_but_what_its_store_says_may_stay(erasing):
    before = {name for name, _ in erasing.found(PERSON) | erasing.found(WORDS)}
    assert before >= {one.collection for one in erasing.stores}, "the made-up person is in every store"
    erasing.erase()
    kept = {one.collection for one in erasing.stores if isinstance(one.of_a_person.erase, KeptByLaw)}
    ids = erasing.found(PERSON) - erasing.may_stay("stays", "words_stay")
    words = erasing.found(WORDS) - erasing.may_stay("words_stay")
    assert {(name, field) for name, field in ids | words if name not in kept} == set()
    shown = {one.collection for one in erasing.stores if one.of_a_person.sections}
    answers = {name for name, field in erasing.found(WORDS) if field == "requests"}
    assert answers & shown == set(), "no answer outlives an erasure, however long what it told of is kept"


@pytest.mark.parametrize("erasing", ["identity", "affairs", "market"], indirect=True)
def test_where_a_store_is_not_erased_what_it_keeps_is_found(erasing, monkeypatch):
    held = type(erasing.service.held_of_a_person)
    monkeypatch.setattr(held, "erase", lambda self, person, call: None)
    monkeypatch.setattr(held, "forgetting", ())
    monkeypatch.setattr(held, "forget_answers", lambda self, person: None)
    erasing.erase()
    left = erasing.found(PERSON) - erasing.may_stay("stays") | erasing.found(WORDS) - erasing.may_stay(
        "words_stay"
    )
    found = {name for name, _ in left}
    assert found >= {one.collection for one in erasing.stores if callable(one.of_a_person.erase)}
