"""A made-up person in every store that holds something of one: documents with the person's id, and words that are only theirs.

A new store needs nothing here where its aggregate can be made of plain values; what cannot is said in `MADE_UP` or `RAW`.
"""

from dataclasses import MISSING, Field, asdict, fields, is_dataclass
from datetime import UTC, datetime
from types import UnionType
from typing import get_args, get_origin, get_type_hints

from services.chassis.storage.store import Store
from services.identity.people.households.model import Ask, Member
from services.identity.people.mandates.store import Papers

PERSON, OTHER, WORDS = "the-erased-person", "another-person", "只有本人写过的话"
VILLAGE, NOW = "510183103204", datetime(2026, 11, 23, 2, tzinfo=UTC)
THEIRS = {
    "name": WORDS,
    "phone": WORDS,
    "address": WORDS,
    "note": WORDS,
    "text": WORDS,
    "materials": [],
    "at": NOW,
}
GIVEN = [{"name": "居民身份证", "note": WORDS}]
LATER = datetime(2099, 1, 1, tzinfo=UTC)

MADE_UP = {
    "acts": {"acted_by": PERSON, "mandate_id": "mandates-1"},
    "applications": {
        "state": "submitted",
        "materials": GIVEN,
        "notice": {"materials": GIVEN, "text": WORDS},
        "first_notice": {"materials": GIVEN, "text": WORDS},
        "extension": {"days": 5, "unit": "working", "reason": WORDS, "by": OTHER, "at": NOW},
        "suspensions": [{"ground": "hearing", "reason": WORDS, "by": OTHER, "began_at": NOW, "until": NOW, "ended_at": NOW}],
    },
    "claims": {"seller_id": OTHER, "state": "refunded", "disputed_by": "buyer", "reason": WORDS, "statement": WORDS},
    "conversations": {
        "seller_id": OTHER,
        "messages": [{"number": 1, "side": "buyer", "text": WORDS, "written_at": NOW}],
        "forget_at": LATER,
    },
    "disclosures": {"official_id": PERSON},
    "erasures": {"state": "finished", "entries": [PERSON]},
    "exports": {"entries": [PERSON], "day": "2026-11-23"},
    "files": {"purpose": "listing_photo", "subject": "listings-1", "state": "kept"},
    "fitting_answers": {"ends_at": LATER, "home": [WORDS], "hardship": [WORDS]},
    "households": {
        "head_id": OTHER,
        "members": [Member(OTHER, "head", NOW), Member(PERSON, "spouse", NOW, away={"destination": WORDS, "since": "2026-01-01"})],
        "asks": [Ask("ask-1", "add", PERSON, "spouse", WORDS, NOW)],
    },
    "listings": {"state": "endorsed", "description": WORDS, "reason": WORDS},
    "mandates": {"helper_id": OTHER, "reason": WORDS, "state": "active", "slot": 0},
    "notices": {"text": WORDS, "title": WORDS},
    "orders": {"seller_id": OTHER, "state": "received"},
    "party_members": {"active": False, "floating_to": WORDS, "last_contact_by": OTHER, "last_contact_way": WORDS},
    "portions": {"expires_at": LATER},
    "register_matches": {"next_at": NOW},
    "reports": {"reporter": PERSON},
    "residents": {"phone": WORDS, "password_hash": WORDS, "masked_id_number": WORDS},
    "reviews": {"rounds": [{"level": "office", "asked_at": NOW, "grounds": WORDS, "reason": WORDS, "decided_at": NOW}]},
    "sessions": {"expires_at": LATER, "device_name": WORDS},
    "webhook_attempts": {"people": [PERSON]},
    "visitors": {"resident_id": PERSON, "state": "taken_over", "masked_id_number": WORDS},
}  # fmt: skip
"""What the fields of an aggregate have to hold, by collection."""

MORE = {
    "households": {
        "id": "households-2",
        "head_id": "third-person",
        "members": [Member("third-person", "head", NOW)],
        "asks": [Ask("ask-1", "add", PERSON, "spouse", WORDS, NOW)],
    },
}
"""A second document that tells of the person in another way: here of somebody whom a head only asked for."""

RAW = {
    "People": {"_id": PERSON, "region": VILLAGE, "edition": "2020", "certified": True, "sequence": 1},
    "PaperLeaves": {"_id": PERSON, "given": True, "sequence": 1},
    "CertifiedPeople": {"_id": PERSON, "certified": True, "sequence": 1},
    "Waiting": {"_id": PERSON, "region": VILLAGE, "person": PERSON, "waits": "certification", "sequence": 1},
    "CoverageStore": {"_id": PERSON, "region": VILLAGE, "edition": "2020", "certified": True, "sequence": 1},
    "Feed": {"_id": 1, "event": {"id": "e0", "data": {"resident_id": PERSON}}, "regions": [VILLAGE]},
    "DepartmentDisclosures": {"_id": f"d|e0|{PERSON}", "person": PERSON, "department": "d", "event": "e0"},
}
"""Documents of what keeps no aggregates, by class."""


def make(store, database) -> None:
    """Put the made-up person into a store."""
    if isinstance(store, Papers):
        sealed = store.vault.encrypt({"photo": WORDS.encode()})
        database[store.collection].insert_one({"_id": "mandates-1", "photo": sealed, "kept_at": NOW})
    elif isinstance(store, Store):
        answer = {"key": "k", "fingerprint": "f", "answer": {"note": WORDS}}
        for told in (MADE_UP, MORE) if store.collection in MORE else (MADE_UP,):
            made = store.to_document(_aggregate(store, told.get(store.collection, {})))
            database[store.collection].insert_one({**made, "requests": [answer]})
    else:
        database[store.collection].insert_one(dict(RAW[type(store).__name__]))


def _aggregate(store, told: dict):
    by = {"_id": "id"}
    party = {by.get(name, name): PERSON for name in store.of_a_person.party}
    values = {
        one.name: _value(store, one)
        for one in fields(store.aggregate)
        if one.name in store.personal or (one.default is MISSING and one.default_factory is MISSING)
    }
    known = {one.name for one in fields(store.aggregate)}
    whose = {"person": PERSON} if "person" in known else {}
    every = {**values, **{name: one for name, one in party.items() if name in known}, **whose, **told}
    return store.aggregate(**{"version": 1, **every})


def _value(store, one: Field):
    declared = get_type_hints(store.aggregate)[one.name]
    kinds = get_args(declared) if isinstance(declared, UnionType) else (declared,)
    kind = get_origin(kinds[0]) or kinds[0]
    if one.name == "id":
        return f"{store.collection}-1"
    if one.name == "region":
        return VILLAGE
    if kind is str:
        return WORDS if one.name in store.personal else f"some-{one.name}"
    theirs = THEIRS if one.name in store.personal else {}
    plain_ones = {datetime: NOW, int: 1, bool: True, bytes: WORDS.encode()}
    return {**plain_ones, dict: dict(theirs), list: [theirs] if theirs else []}[kind]


def opened(database, document: dict) -> dict:
    """Give a document as a thief of the keys would read it; what waits to be published is ids, and goes."""
    shown = {name: one for name, one in document.items() if name not in ("outbox", "sealed", "photo")}
    for name in ("sealed", "photo"):
        if document.get(name):
            shown |= database.vault.decrypt(document[name])
    return shown


def plain(value) -> str:
    """Give a value as text to look for words in."""
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return " ".join(f"{name} {plain(one)}" for name, one in value.items())
    if isinstance(value, (list, tuple)):
        return " ".join(plain(one) for one in value)
    return str(value)
