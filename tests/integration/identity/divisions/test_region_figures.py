"""A village's figures: who may change them, what is refused, and what is noted of each change."""

import io
import secrets
from types import SimpleNamespace

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import event_call
from services.chassis.core.errors import to_wire
from services.chassis.rpc.answering import RequestHandler
from services.chassis.rpc.operation import operations_of
from services.chassis.runtime.load import LoadReport
from services.civic.actor import ANONYMOUS, CivicActor
from services.civic.guards import GUARDS
from services.identity.divisions.regions import usecases
from services.identity.divisions.regions.rpc import RegionEndpoints
from services.identity.divisions.regions.source import divisions
from services.identity.divisions.regions.store import CountyStore, RegionStore

VILLAGE, REUSED, TOWN = "510183103204", "510183103218", "510183103"


def official(role, region):
    return CivicActor(f"{role}-{region}", "official", (Role(role, region),))


VILLAGER = official("village_administrator", VILLAGE)


class Endpoints(RegionEndpoints):
    """The doors as the host calls them, with stores in place of the declared ones."""

    def __init__(self, database):
        self.regions, self.counties = RegionStore(database), CountyStore(database)

    def ask(self, door, actor=VILLAGER, key=None, **data):
        headers = {
            "nameko.actor": actor.to_wire(),
            "nameko.idempotency_key": key or secrets.token_urlsafe(24),
        }
        headers |= {"nameko.correlation": "c", "nameko.traceparent": ""}
        handler = RequestHandler(
            f"identity.{door}", operations_of(RegionEndpoints)[door], GUARDS, CivicActor.from_wire
        )
        outcome = handler.answer(getattr(self, door), data, headers, "c")
        return SimpleNamespace(error=to_wire(outcome.error) if outcome.error else None, result=outcome.result)

    def change(self, actor=VILLAGER, code=VILLAGE, key=None, **figures):
        return self.ask("change_figures", actor, key, code=code, **figures)

    def publish(self):
        for edition in ("2019", "2020"):
            known = divisions(edition, LoadReport("regions", io.StringIO()))
            for code in ("510183", TOWN, VILLAGE, REUSED):
                usecases.publish(self.regions, known[code], event_call(f"load:{edition}:{code}", {}))


@pytest.fixture
def doors(database):
    made = Endpoints(database)
    usecases.enter_county(made.counties, "510183", "2019", event_call("load", {}))
    made.publish()
    return made


def figures(doors, code=VILLAGE, edition=None):
    return doors.ask("find_region", ANONYMOUS, code=code, edition=edition).result["figures"]


@pytest.mark.parametrize(
    ("role", "region"),
    [("village_administrator", VILLAGE), ("town_administrator", TOWN), ("county_administrator", "510183")],
)
def test_village_town_and_county_change_a_figure_and_everybody_reads_it(doors, role, region):
    changed = doors.change(official(role, region), population=2400, smartphone_users=1630)
    assert changed.error is None
    assert figures(doors) == {"population": 2400, "smartphone_users": 1630}


@pytest.mark.parametrize(
    ("role", "region"),
    [
        ("village_administrator", REUSED),
        ("town_administrator", "510183104"),
        ("county_administrator", "510184"),
    ],
)
def test_a_village_of_somebody_else_is_not_found(doors, role, region):
    stranger = official(role, region)
    assert doors.change(stranger, population=1).error["code"] == "region.not_found"
    assert doors.ask("figures_history", stranger, code=VILLAGE).error["code"] == "region.not_found"
    assert figures(doors) == {}


@pytest.mark.parametrize(
    "actor",
    [
        ANONYMOUS,
        CivicActor("r", "resident"),
        official("clerk", "510183"),
        official("data_officer", "510183"),
        official("discipline_officer", "510183"),
    ],
)
def test_nobody_else_changes_figures_or_reads_who_did(doors, actor):
    assert doors.change(actor, population=1).error["kind"] == "Forbidden"
    assert doors.ask("figures_history", actor, code=VILLAGE).error["kind"] == "Forbidden"


def test_each_change_is_noted_with_who_and_when_and_what_is_not_named_stays(doors):
    town = official("town_administrator", TOWN)
    doors.change(population=2400, households=800)
    doors.change(town, households_4g=790, households_fibre=610)
    doors.change(population=2410)
    history = doors.ask("figures_history", town, code=VILLAGE).result["items"]
    assert [one["by"] for one in history] == [VILLAGER.id, town.id, VILLAGER.id]
    assert [one["figures"].get("population") for one in history] == [2410, 2400, 2400]
    assert history[0]["figures"] == figures(doors) == {
        "population": 2410, "households": 800, "households_4g": 790, "households_fibre": 610,
    }  # fmt: skip
    assert history[0]["at"] >= history[1]["at"] >= history[2]["at"]


def test_each_change_is_told_once_and_a_repeated_request_changes_nothing(doors):
    key = "k" * 20
    for _ in range(2):
        assert doors.change(key=key, population=2400).error is None
    doors.change(population=2500, households=700)
    stored = doors.regions.documents.find_one({"_id": f"2019-{VILLAGE}"})
    told = [(one["sequence"], one["region"], one["data"]) for one in stored["outbox"][1:]]
    where = {"code": VILLAGE, "edition": "2019"}
    assert told == [
        (2, VILLAGE, {**where, "population": 2400}),
        (3, VILLAGE, {**where, "population": 2500, "households": 700}),
    ]
    assert stored["outbox"][1]["type"] == "xiangzhi.identity.region.figures_changed.v1"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"smartphone_users": 2401}, "region.figures_part_too_large"),
        ({"population": 799}, "region.figures_part_too_large"),
        ({"households_4g": 801}, "region.figures_part_too_large"),
        ({"households_fibre": 801}, "region.figures_part_too_large"),
        ({}, "region.figures_unchanged"),
        ({"population": 2400}, "region.figures_unchanged"),
    ],
)
def test_figures_that_contradict_each_other_or_change_nothing_are_refused(doors, wrong, code):
    doors.change(population=2400, households=800)
    assert doors.change(**wrong).error["code"] == code
    assert figures(doors) == {"population": 2400, "households": 800}
    assert doors.change(smartphone_users=2400, households_fibre=800).error is None


def test_a_part_is_told_after_its_whole(doors):
    refused = doors.change(smartphone_users=0)
    assert refused.error["code"] == "region.figures_whole_missing"
    assert refused.error["detail"] == {"missing": "population"}


@pytest.mark.parametrize("value", [-1, 1_000_001, 1.5, "12", None, True])
def test_a_figure_is_a_whole_number_that_a_village_can_have(doors, value):
    assert doors.change(population=value).error["kind"] == "Invalid"


def test_only_villages_have_figures_and_only_in_the_adopted_edition(doors):
    county = official("county_administrator", "510183")
    assert doors.change(county, TOWN, population=1).error["code"] == "region.figures_not_of_a_village"
    assert doors.change(county, "510183122001", population=1).error["code"] == "region.not_found"
    doors.change(county, REUSED, population=1200)
    assert figures(doors, REUSED) == {"population": 1200}
    assert figures(doors, REUSED, "2020") == {}


def test_loading_again_leaves_the_figures_as_they_are(doors):
    doors.change(population=2400)
    doors.regions.documents.update_one({"_id": f"2019-{VILLAGE}"}, {"$set": {"name": "旧名"}})
    doors.publish()
    named = doors.ask("find_region", ANONYMOUS, code=VILLAGE).result
    assert (named["short_name"], named["figures"]) == ("黑虎村", {"population": 2400})
    assert len(doors.ask("figures_history", code=VILLAGE).result["items"]) == 1


def test_a_list_does_not_load_the_history(doors):
    doors.change(population=2400)
    found = doors.ask("list_regions", ANONYMOUS, parent=TOWN).result["items"]
    assert found[0]["figures"] == {"population": 2400} and "figures_history" not in found[0]
