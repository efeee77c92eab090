"""Who appoints and dismisses: never oneself, never the last one, never after the own dismissal."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import write_call
from services.chassis.core.errors import Conflict, Forbidden, Rejected, VersionConflict
from services.civic.actor import CivicActor
from services.identity.officials.staff import usecases
from services.identity.officials.staff.store import OfficialStore

COUNTY, OTHER_COUNTY = "510183", "510184"
ANYWHERE: dict = {}


@pytest.fixture
def officials(database):
    officials = OfficialStore(database)
    officials.create_indexes()
    return officials


def administrator(officials, region=COUNTY, role="county_administrator") -> CivicActor:
    """A new county administrator, as who calls."""
    asked = {"name": "测试", "login": f"a{uuid.uuid4().hex}", "role": role, "region": region}
    call = write_call("appoint", asked, CivicActor("operator", "system"), uuid.uuid4().hex)
    official = usecases.new_official("hash", call)
    officials.add(official, official.appointed(), call)
    return CivicActor(official.id, "official", (Role(role, region),))


def dismiss(officials, by: CivicActor, whom: CivicActor):
    """Dismiss as the door does: again from the load where somebody was faster."""
    for _ in range(20):
        call = write_call("dismiss", {"official_id": whom.id}, by, uuid.uuid4().hex)
        try:
            return usecases.dismiss(officials, ANYWHERE, call)
        except VersionConflict:
            time.sleep(0.01)
        except (Conflict, Forbidden, Rejected) as refused:
            return refused.code
    raise AssertionError("never came to an end")


def in_office(officials) -> int:
    return officials.documents.count_documents({"active": True, "region": COUNTY})


def at_once(officials, pairs) -> list:
    with ThreadPoolExecutor(len(pairs)) as pool:
        return list(pool.map(lambda pair: dismiss(officials, *pair), pairs))


@pytest.mark.parametrize("time_over", range(10))
def test_of_two_administrators_who_dismiss_each_other_at_once_one_stays(officials, time_over):
    one, other = administrator(officials), administrator(officials)
    told = at_once(officials, [(one, other), (other, one)])
    assert in_office(officials) == 1
    refusals = {"official.not_in_office", "official.last_county_administrator"}
    assert sum(isinstance(answer, str) for answer in told) == 1 and refusals & set(map(str, told))


@pytest.mark.parametrize("time_over", range(5))
def test_of_three_who_dismiss_each_other_in_a_ring_somebody_stays(officials, time_over):
    ring = [administrator(officials) for _ in range(3)]
    at_once(officials, [(ring[n], ring[(n + 1) % 3]) for n in range(3)])
    assert in_office(officials) >= 1


def test_an_administrator_of_another_county_or_another_role_does_not_count(officials):
    last = administrator(officials)
    elsewhere = administrator(officials, OTHER_COUNTY)
    clerk = administrator(officials, role="clerk")
    above = CivicActor(elsewhere.id, "official", (Role("county_administrator", COUNTY),))
    assert dismiss(officials, above, last) == "official.last_county_administrator"
    assert dismiss(officials, last, clerk).active is False


def test_a_dismissal_is_an_event_and_a_refused_one_is_none(officials):
    one, other = administrator(officials), administrator(officials)
    dismiss(officials, one, other)
    assert dismiss(officials, other, one) == "official.not_in_office"
    told = {one.id: 1, other.id: 2}
    for id, events in told.items():
        assert len(officials.documents.find_one({"_id": id})["outbox"]) == events


def test_who_was_dismissed_appoints_nobody_with_a_token_that_is_still_good(officials):
    one, other = administrator(officials), administrator(officials)
    dismiss(officials, one, other)
    asked = {"name": "测试", "login": "again", "role": "county_administrator", "region": COUNTY}
    call = write_call("appoint", asked, other, uuid.uuid4().hex)
    with pytest.raises(Forbidden) as refused:
        usecases.appoint(officials, None, None, None, call)
    assert refused.value.code == "official.not_in_office"


def test_an_administrator_gives_the_own_account_no_other_role(officials):
    one = administrator(officials)
    login = officials.get(one.id).login
    asked = {"name": "测试", "login": login, "role": "auditor", "region": COUNTY}
    call = write_call("appoint", asked, one, uuid.uuid4().hex)
    regions = SimpleNamespace(get=lambda code: SimpleNamespace(edition="2019"), must_stand_still=str)
    passwords = SimpleNamespace(hash=str)
    with pytest.raises(Conflict) as refused:
        usecases.appoint(officials, regions, passwords, str, call)
    assert refused.value.code == "official.login_taken"
    assert officials.get(one.id).role == "county_administrator"
