"""Search keys that the version before stored are computed anew beside it: found by the new rules, and still by the old ones."""

import unicodedata
from datetime import UTC, datetime

import pytest

from services.affairs.matters.catalogue.model import Matter
from services.affairs.matters.catalogue.store import MatterStore
from services.affairs.service import Service as Affairs
from services.chassis.core.calls import event_call
from services.chassis.runtime import migrations
from services.chassis.runtime.migrations import migrate
from services.chassis.storage.ngram_search import KEYS, matching, words_of
from services.identity.divisions.regions.model import Division
from services.identity.divisions.regions.store import RegionStore
from services.identity.service import Service as Identity
from services.integrity.reports.categories.model import Category
from services.integrity.reports.categories.store import CategoryStore
from services.integrity.service import Service as Integrity
from services.market.selling.listings.model import Listing
from services.market.selling.listings.store import ListingStore
from services.market.service import Service as Market

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def as_before(*texts: str) -> dict:
    """Give the keys that 0.1.0 stored."""
    plain = ["".join(c for c in unicodedata.normalize("NFKC", text).lower() if c.isalnum()) for text in texts]
    pairs = {one[at : at + 2] for one in plain for at in range(len(one) - 1)}
    return {"grams": sorted({*"".join(plain)} | pairs), "plain": plain}


def a_listing(database, title="邛崍綠茶"):
    listings = ListingStore(database)
    offered = Listing(
        f"l-{len(title)}-{ord(title[-1])}", "510183103204", "wang", title, "自家", "斤", 100, 5, NOW
    )
    listings.add(offered, offered.offer(), event_call("e", {}, NOW))
    return listings.documents, as_before(title)


def a_region(database):
    regions = RegionStore(database)
    division = Division(
        "2019-1", "510183103204", "綠城村民委员会", "2019", None, syllables=["lv", "cheng", "cun"]
    )
    regions.add(division, division.published(), event_call("e", {}, NOW))
    return regions.documents, as_before("綠城村", "綠城村民委员会")


def a_matter(database):
    matters = MatterStore(database)
    matter = Matter("m", "510183", "最低生活保障", "", "5", "邛崃市民政局", "code", NOW)
    matters.add(matter, matter.published(), event_call("e", {}, NOW))
    matters.documents.update_one({}, {"$unset": {"spoken": ""}})
    return matters.documents, as_before("最低生活保障", "邛崃市民政局")


def a_category(database):
    categories = CategoryStore(database)
    categories.enter(Category(("村務管理",), 2))
    return categories.documents, as_before("村務管理")


STORED = {
    "a listing": (a_listing, Market, "lvcha", "綠茶"),
    "a division": (a_region, Identity, "绿城村委会", "綠城"),
    "a matter": (a_matter, Affairs, "dibao", "最低生活"),
    "a category": (a_category, Integrity, "村务", "村務"),
}


def is_found(documents, asked: str) -> bool:
    return documents.find_one(matching(words_of(asked))) is not None


def is_found_by_the_version_before(documents, asked: str) -> bool:
    [word] = as_before(asked)["plain"]
    grams = [word[at : at + 2] for at in range(len(word) - 1)]
    return documents.find_one({"grams": {"$all": grams}, "plain": {"$regex": word}}) is not None


@pytest.mark.parametrize(("store", "service", "asked", "asked_before"), STORED.values(), ids=STORED)
def test_what_the_version_before_stored_is_found_by_the_new_rules_and_still_by_the_old(
    database, store, service, asked, asked_before
):
    documents, keys = store(database)
    documents.update_one({}, {"$set": keys})
    before = documents.find_one({}, {"grams": 0, "plain": 0, "spoken": 0})
    assert not is_found(documents, asked)
    assert f"1 moved (search keys of {documents.name})" in migrate(database, service.migrations)
    assert is_found(documents, asked) and is_found_by_the_version_before(documents, asked_before)
    assert documents.find_one({}, {"grams": 0, "plain": 0, "spoken": 0}) == before
    assert "moved" not in migrate(database, service.migrations)


@pytest.mark.parametrize(("store", "service", "asked", "_"), STORED.values(), ids=STORED)
def test_what_the_version_before_writes_afterwards_is_computed_by_the_next_declare(
    database, store, service, asked, _
):
    documents, keys = store(database)
    migrate(database, service.migrations)
    documents.update_one({}, {"$set": keys})
    migrate(database, service.migrations)
    assert is_found(documents, asked)


def test_a_listing_that_is_renamed_meanwhile_keeps_the_keys_of_its_new_title(database, monkeypatch):
    documents, keys = a_listing(database)
    documents.update_one({}, {"$set": keys})
    renamed = as_before("红心猕猴桃")
    [migration] = Market.migrations[:1]

    def renamed_before_it_is_written(source, found):
        documents.update_one({}, {"$set": {"title": "红心猕猴桃", **renamed}})
        migration.move(source, found)

    renamed_before_it_is_written(documents, list(documents.find(migration.where)))
    assert documents.find_one()["grams"] == renamed["grams"]
    migrate(database, Market.migrations)
    assert is_found(documents, "hxmht") and not is_found(documents, "绿茶")


def test_one_that_was_killed_goes_on_where_it_stopped(database, monkeypatch):
    monkeypatch.setattr(migrations, "BATCH", 2)
    for number in range(5):
        documents, _ = a_listing(database, f"绿茶{number}")
    documents.update_many({}, {"$pull": {"grams": KEYS}})
    [migration] = Market.migrations[:1]
    migration.move(documents, list(documents.find(migration.where).limit(2)))
    assert "3 moved (search keys of listings)" in migrate(database, Market.migrations)
    assert documents.count_documents(migration.where) == 0
