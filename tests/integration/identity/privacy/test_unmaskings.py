"""Personal data unmasked: only as somebody, for a purpose, and never unseen by whom it is about."""

import uuid

import pytest

from services.chassis.core.calls import Call
from services.chassis.core.errors import Forbidden, NotFound
from services.chassis.core.scope import scope_filter
from services.identity.privacy.unmaskings import contract, usecases, views
from services.identity.privacy.unmaskings.contract import PURPOSES, READERS
from services.identity.privacy.unmaskings.model import PURPOSES_OF_ROLE
from services.identity.privacy.unmaskings.store import UnmaskingStore
from tests.integration.identity.village_scene import (
    COUNTY_OFFICIAL,
    OTHER_OFFICIAL,
    TOWN_OFFICIAL,
    VILLAGE_OFFICIAL,
    Village,
    herself,
)


@pytest.fixture
def village(database):
    return Village(database)


@pytest.fixture
def disclosures(database):
    disclosures = UnmaskingStore(database)
    disclosures.create_indexes()
    return disclosures


def look(disclosures, village, her, actor, key="", purpose="home_visit"):
    asked = {"resident_id": her.id, "purpose": purpose, "reason": "上门核实居住情况"}
    call = village.call(actor, contract.Disclose, key, **asked)
    return usecases.disclose(disclosures, village.residents, scope_filter(actor, *READERS), call)


def seen_by(disclosures, her) -> list[str]:
    page = views.own(disclosures, Call(contract.ListDisclosures().load({}), herself(her)))
    return [one.official_id for one in page["items"]]


def test_whoever_looks_is_seen_by_whom_it_is_about_and_by_nobody_else(disclosures, village):
    her, other = village.certified(), village.certified()
    shown = look(disclosures, village, her, VILLAGE_OFFICIAL)
    assert (shown["name"], shown["phone"]) == (her.name, her.phone)
    look(disclosures, village, her, TOWN_OFFICIAL)
    assert sorted(seen_by(disclosures, her)) == ["town official", "village official"]
    assert seen_by(disclosures, other) == []


def test_the_same_look_sent_again_is_shown_again_and_noted_once(disclosures, village):
    her, key = village.certified(), uuid.uuid4().hex
    first, again = (look(disclosures, village, her, VILLAGE_OFFICIAL, key) for _ in range(2))
    assert first == again and len(seen_by(disclosures, her)) == 1


def test_neither_the_entry_nor_its_event_holds_what_was_seen(disclosures, village):
    her = village.certified()
    look(disclosures, village, her, VILLAGE_OFFICIAL)
    kept = str(disclosures.documents.find_one({}))
    assert her.name not in kept and her.phone not in kept
    told = disclosures.documents.find_one({})["outbox"][0]["data"]
    assert set(told) == {"disclosure_id", "resident_id", "purpose"}


def test_another_village_finds_nobody_and_nothing_is_noted(disclosures, village):
    her = village.certified()
    with pytest.raises(NotFound):
        look(disclosures, village, her, OTHER_OFFICIAL)
    assert seen_by(disclosures, her) == []


def test_who_has_no_such_purpose_sees_nothing_and_nothing_is_noted(disclosures, village):
    her = village.certified()
    with pytest.raises(Forbidden):
        look(disclosures, village, her, COUNTY_OFFICIAL)
    assert seen_by(disclosures, her) == []
    assert look(disclosures, village, her, COUNTY_OFFICIAL, purpose="merge")


def test_every_purpose_is_somebodys():
    assert set().union(*PURPOSES_OF_ROLE.values()) == set(PURPOSES)


def erase(village, her) -> None:
    her = village.reload(her)
    village.residents.save(her, her.erase(), Call({}))


def test_of_who_was_erased_the_officials_words_are_gone_and_that_they_looked_stays(disclosures, village):
    her, other = village.certified(), village.certified()
    for one in (her, other):
        look(disclosures, village, one, VILLAGE_OFFICIAL)
    erase(village, her)
    for _ in range(2):
        disclosures.forget(her.id)
    kept, others = (
        disclosures.get(disclosures.documents.find_one({"resident_id": one.id})["_id"])
        for one in (her, other)
    )
    assert (kept.reason, kept.official_id, kept.purpose) == ("", "village official", "home_visit")
    assert others.reason == "上门核实居住情况"


def test_a_look_at_the_moment_of_an_erasure_shows_nothing_and_leaves_no_words(
    disclosures, village, monkeypatch
):
    her, add = village.certified(), disclosures.add

    def erased_before_it_is_noted(*noted):
        erase(village, her)
        disclosures.forget(her.id)
        add(*noted)

    monkeypatch.setattr(disclosures, "add", erased_before_it_is_noted)
    with pytest.raises(NotFound):
        look(disclosures, village, her, VILLAGE_OFFICIAL)
    (kept,) = disclosures.documents.find()
    assert disclosures.from_document(kept).reason == ""
    monkeypatch.setattr(disclosures, "add", add)
    with pytest.raises(NotFound):
        look(disclosures, village, her, VILLAGE_OFFICIAL)
    assert disclosures.documents.count_documents({}) == 1


def find(disclosures, village, actor, what, value, **more):
    asked = {"what": what, "value": value, "purpose": "certification", "reason": "窗口核对身份", **more}
    call = village.call(actor, contract.LookUp, **asked)
    hashed = lambda number: f"h {number}"  # noqa: E731
    return usecases.look_up(disclosures, village.residents, hashed, scope_filter(actor, *READERS), call)


@pytest.mark.parametrize(
    ("what", "value"), [("phone", "+86 138 0000 0013"), ("id_number", "51018319580312002 2")]
)
def test_who_stands_at_the_window_is_found_by_the_whole_phone_or_number_and_sees_it(
    disclosures, village, what, value
):
    her = village.register(phone="13800000013", id_number="510183195803120022")
    found = find(disclosures, village, VILLAGE_OFFICIAL, what, value)
    assert (found["resident_id"], found["name"]) == (her.id, her.name)
    assert seen_by(disclosures, her) == ["village official"]


def test_nobody_is_found_outside_the_own_scope_or_by_a_part_and_nothing_is_noted(disclosures, village):
    her = village.register(phone="13800000013", id_number="510183195803120022")
    for actor, what, value in (
        (OTHER_OFFICIAL, "phone", her.phone),
        (OTHER_OFFICIAL, "id_number", "510183195803120022"),
        (VILLAGE_OFFICIAL, "phone", "13800000014"),
    ):
        with pytest.raises(NotFound) as refused:
            find(disclosures, village, actor, what, value)
        assert refused.value.code == "disclosure.nobody_found"
    with pytest.raises(Forbidden):
        find(disclosures, village, VILLAGE_OFFICIAL, "phone", her.phone, purpose="merge")
    assert seen_by(disclosures, her) == []
