"""An official's full name is given for one official at a time, to administrators of the own region."""

import uuid
from dataclasses import replace

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import Call, write_call
from services.chassis.core.errors import NotFound
from services.civic.actor import CivicActor
from services.identity.officials.staff import contract, usecases, views
from services.identity.officials.staff.store import OfficialStore

TOWN, OTHER_TOWN = "510183103", "510183104"


def town_administrator(region: str) -> CivicActor:
    return CivicActor("t1", "official", (Role("town_administrator", region),))


@pytest.fixture
def officials(database):
    officials = OfficialStore(database)
    officials.create_indexes()
    asked = {"name": "赵钱孙", "login": "zhao", "role": "clerk", "region": TOWN}
    call = write_call("appoint", asked, CivicActor("operator", "system"), uuid.uuid4().hex)
    official = usecases.new_official("hash", replace(call, key="k" * 32))
    officials.add(official, [], call)
    officials.only = official.id
    return officials


def one(officials, actor: CivicActor) -> dict:
    return contract.Official().dump(views.one(officials, Call({"official_id": officials.only}, actor)))


def test_an_administrator_of_the_region_sees_the_full_name_of_one_official(officials):
    assert one(officials, town_administrator(TOWN))["name"] == "赵钱孙"


def test_for_an_administrator_of_another_town_the_official_does_not_exist(officials):
    with pytest.raises(NotFound):
        one(officials, town_administrator(OTHER_TOWN))


def test_a_list_shows_masked_names_and_opens_none(officials, monkeypatch):
    def opened(sealed):
        raise AssertionError("a list opens nothing")

    monkeypatch.setattr(officials.vault, "decrypt", opened)
    page = views.in_scope(officials, Call({"limit": 20, "cursor": None}, town_administrator(TOWN)))
    (row,) = contract.OfficialPage().dump(page)["items"]
    assert (row["name"], row["login"]) == ("赵*孙", "zhao")
