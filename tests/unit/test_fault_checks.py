"""The checks of `make faults` know what each service keeps of a resident: they are seldom run, and must not rot unseen."""

from types import SimpleNamespace

import pytest

from services.civic.people import People
from services.integrity.civic.store import CertifiedPeople
from tests.faults.checks import Case, copies_unlike_a_recount
from tests.faults.witness import Latecomer

KEPT_BY = {
    "affairs": People,
    "market": People,
    "integrity": CertifiedPeople,
    "latecomer": Latecomer.people.make,
}
OWN = {"version": 3, "region": "510183101201", "state": "certified"}


def case(service: str, **wrong) -> Case:
    told = SimpleNamespace(region=OWN["region"], data={"state": OWN["state"], "edition": "2019"})
    kept = {"sequence": OWN["version"], **KEPT_BY[service].known(None, told), **wrong}
    evidence = SimpleNamespace(
        documents={("identity", "residents", "r1"): OWN}, copies={service: {"r1": kept}}
    )
    return Case(ledger=None, evidence=evidence, poisoned=[])


@pytest.mark.parametrize("service", KEPT_BY)
def test_a_true_copy_is_no_finding(service):
    assert not list(copies_unlike_a_recount(case(service)))


@pytest.mark.parametrize("service", KEPT_BY)
@pytest.mark.parametrize("wrong", [{"sequence": 2}, {"certified": False}])
def test_a_copy_that_says_otherwise_is_found(service, wrong):
    assert list(copies_unlike_a_recount(case(service, **wrong)))


@pytest.mark.parametrize("service", ["affairs", "market"])
def test_a_copy_with_another_village_is_found(service):
    assert list(copies_unlike_a_recount(case(service, region="510183101202")))
