"""What 0.1.0 left: two entries of one number under two papers are shown to the county, ended ones free their phones, nobody loses anything."""

import pytest

from services.chassis.runtime.migrations import migrate
from services.civic.id_numbers import check_digit
from services.identity.people.residents import contract, usecases, views
from services.identity.privacy.erasures.store import ErasureStore
from services.identity.service import Service
from tests.integration.identity.people.test_phones import certify, end, prove, reject
from tests.integration.identity.village_scene import COUNTY_OFFICIAL, VILLAGE_OFFICIAL, Village

PERMIT = "83000019850607003" + check_digit("83000019850607003")
PHONE, OTHER = "13800000013", "13800000014"
NEW = ("double_of", "doubled", "phone_key", "phone_held", "phone_proved_at", "phone_lost_at", "ending_hash")


@pytest.fixture
def village(database):
    return Village(database)


def as_in_010(village, her, number=None, **stored):
    """Let an entry be as 0.1.0 wrote it: it holds its phone, whatever became of it."""
    document = village.residents.documents.find_one({"_id": her.id})
    # the mask of 0.1.0 showed the end of the number
    mask = {"masked_id_number": f"{document['masked_id_number'][:4]}**********{(number or PERMIT)[-4:]}"}
    whole = {"phone_hash": document["phone_key"], **mask, **stored}
    village.residents.documents.update_one({"_id": her.id}, {"$set": whole, "$unset": dict.fromkeys(NEW, "")})
    return her


def two_of_010(village, **second):
    """One person, certified twice: with the number on an ID card and on a residence permit."""
    card = as_in_010(
        village, certify(village, village.register(name="陈大文", id_number=PERMIT)), paper="id_card"
    )
    asked = {"name": "陈大文", "id_number": PERMIT, "paper": "residence_permit", **second}
    permit = village.register(**asked)
    kind = {"id_number_hash": f"h residence_permit:{permit.id}", "claims": None, "state": "certified"}
    return card, as_in_010(village, permit, asked["id_number"], **kind)


def listed(village, actor=COUNTY_OFFICIAL, limit=20) -> list[dict]:
    """Every page of the list."""
    rows, cursor = [], None
    while True:
        call = village.call(
            actor, contract.ListDoubles, limit=limit, **({"cursor": cursor} if cursor else {})
        )
        page = contract.DoublePage().dump(views.doubles(village.residents, call))
        rows, cursor = rows + page["items"], page["next"]
        if not cursor:
            return rows


def migrated(village):
    before = {one["_id"]: one for one in village.residents.documents.find()}
    migrate(village.residents.database, Service.migrations)
    after = {one["_id"]: one for one in village.residents.documents.find()}
    changed = (*NEW, "phone_hash", "version")
    for id, one in before.items():
        kept = [
            {name: value for name, value in found.items() if name not in changed}
            for found in (one, after[id])
        ]
        assert kept[0] == kept[1]
    return after


def test_two_of_one_number_under_two_papers_are_listed_for_the_county_and_both_stay_certified(village):
    card, permit = two_of_010(village)
    assert listed(village) == []
    after = migrated(village)
    assert [(row["id"], row["double_of"], row["state"]) for row in listed(village)] == [
        (permit.id, card.id, "certified")
    ]
    assert {after[one.id]["state"] for one in (card, permit)} == {"certified"}


@pytest.mark.parametrize("survivor", [0, 1])
def test_a_merge_takes_the_two_off_the_list_whichever_goes_on(village, survivor):
    two = two_of_010(village)
    migrated(village)
    asked = {"ended_id": two[1 - survivor].id, "reason": "同一人先后用两种证件登记"}
    erasures = ErasureStore(village.residents.database)
    village.decide(usecases.merge, COUNTY_OFFICIAL, contract.Merge, two[survivor], erasures, **asked)
    assert listed(village) == []


OTHERS = "83000019850607004" + check_digit("83000019850607004")


@pytest.mark.parametrize("other", [{"name": "林小文"}, {"id_number": OTHERS}])
def test_who_has_another_name_or_other_digits_is_another_person(village, other):
    two_of_010(village, **other)
    migrated(village)
    assert listed(village) == []


def test_what_the_version_before_writes_later_is_compared_by_the_next_run_and_nothing_twice(village):
    migrated(village)
    two_of_010(village)
    migrated(village)
    assert len(listed(village)) == 1
    versions = [one["version"] for one in village.residents.documents.find().sort("_id", 1)]
    migrated(village)
    assert versions == [one["version"] for one in village.residents.documents.find().sort("_id", 1)]


def test_who_enters_the_number_once_more_brings_the_two_to_light(village):
    card, permit = two_of_010(village, name="陈文")
    hashed = {"id_number_hash": f"h residence_permit:{PERMIT}"}
    village.residents.documents.update_one({"_id": permit.id}, {"$set": hashed})
    third = village.register(id_number=PERMIT, paper="residence_permit")
    pairs = {row["id"]: row["double_of"] for row in listed(village)}
    assert pairs == {permit.id: card.id, third.id: permit.id}
    assert village.reload(permit).state == "certified"


def test_a_claimed_number_is_listed_by_pages_until_it_is_settled(village):
    first = village.register()
    claims = [village.register(id_number="11010519491231002X") for _ in range(4)]
    rows = listed(village, limit=2)
    assert [(row["id"], row["double_of"]) for row in rows] == [(one.id, claims[0].id) for one in claims[1:]]
    assert first.id not in {row["id"] for row in rows}
    reject(village, claims[1])
    assert [row["id"] for row in listed(village)] == [one.id for one in claims[2:]]


def test_nobody_but_the_county_is_shown_the_doubles(village):
    village.register(id_number="11010519491231002X")
    village.register(id_number="11010519491231002X")
    assert len(listed(village)) == 1 and listed(village, VILLAGE_OFFICIAL) == []


def test_an_account_from_before_keeps_its_phone_unproven_until_the_next_code_and_is_certified_still(village):
    her = as_in_010(village, certify(village, village.register(phone=PHONE)))
    migrated(village)
    found = village.residents.find_by_phone(PHONE)
    assert (found.id, found.state, found.phone_state) == (her.id, "certified", "unproven")
    assert [one.id for one in village.residents.with_phone(PHONE)] == [her.id]
    assert prove(village, her).phone_state == "proven" and village.reload(her).state == "certified"


@pytest.mark.parametrize("kind", ["deceased", "deactivated"])
def test_the_phone_of_an_entry_that_ended_before_is_free(village, kind):
    her = certify(village, village.register(phone=PHONE))
    end(village, her, kind)
    as_in_010(village, her)
    migrated(village)
    new = village.register(phone=PHONE)
    assert village.residents.find_by_phone(PHONE).id == new.id
