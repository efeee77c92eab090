"""The whole county of 2019, 24 towns and 271 villages, adopts the edition of 2020 with 14 and 189: everybody arrives."""

import io
from collections import Counter

import pytest

from services.chassis.core.calls import Call, event_call
from services.chassis.runtime.load import LoadReport
from services.identity.divisions.regions.source import divisions
from services.identity.divisions.regions.usecases import enter_county, publish
from services.identity.people.coverage.recount import differences, repair
from tests.integration.identity.edition_switch_scene import COUNTY, STAYS, TABLE, Endpoints

ROWS = 100
IN_EACH = 2
SPLIT_INTO = 2


@pytest.fixture
def doors(database):
    made = Endpoints(database)
    enter_county(made.divisions.counties, COUNTY, "2019", event_call("load", {}))
    for edition in ("2019", "2020"):
        for one in divisions(edition, LoadReport("regions", io.StringIO())).values():
            publish(made.divisions.regions, one, event_call(f"load:{one.id}", {}))
    return made


def people_everywhere(doors) -> dict[str, str]:
    """Register some people in every village; gives the village of each."""
    villages = [one.region for one in doors.divisions.of_edition(COUNTY, "2019") if one.level == "village"]
    assert len(villages) == 271
    homes = {f"r{village}-{n}": village for village in villages for n in range(IN_EACH)}
    for number, (id, village) in enumerate(homes.items()):
        doors.live(id, village)
        if number % 3 == 0:
            resident = doors.residents.get(id)
            doors.residents.save(resident, resident.certify("o", Call({}).now), Call({}))
    repair(doors.residents.database)
    return homes


def settled(doors) -> dict[str, list[str]]:
    """Settle what names do not tell, one village of them as a split; gives what becomes of each division."""
    assert doors.ask("begin_succession", county=COUNTY, later="2020").error is None
    rows = doors.ask("find_succession", succession_id=TABLE).result["rows"]
    later = [one.region for one in doors.divisions.of_edition(COUNTY, "2020")]
    open_rows = [row["old"] for row in rows if not row["new"]]
    somewhere = {9: "510183103", 12: STAYS}
    told = [{"old": old, "new": [somewhere[len(old)]]} for old in open_rows]
    split = next(row for row in told if len(row["old"]) == 12)
    split["new"] = [code for code in later if len(code) == 12][:SPLIT_INTO]
    for start in range(0, len(told), ROWS):
        asked = {"succession_id": TABLE, "rows": told[start : start + ROWS]}
        assert doors.ask("settle_succession", **asked).error is None
    assert doors.ask("confirm_succession", succession_id=TABLE).error is None
    return {
        row["old"]: row["new"] for row in doors.ask("find_succession", succession_id=TABLE).result["rows"]
    }


def test_everybody_of_a_whole_county_arrives_where_the_table_says_and_is_counted_there(doors, database):
    homes = people_everywhere(doors)
    table = settled(doors)
    doors.begin()
    doors.until("following")
    doors.follow()
    doors.until("finished")
    wanted = {id: new[0] if len(new := table[village]) == 1 else COUNTY for id, village in homes.items()}
    found = {one["_id"]: one for one in doors.residents.documents.find()}
    assert {id: one["region"] for id, one in found.items()} == wanted
    moved = {id for id, village in homes.items() if table[village] != [village]}
    assert {id for id, one in found.items() if one["formerly"]} == moved and len(moved) > 300
    assert all(
        one["formerly"] == [{"edition": "2019", "code": homes[id]}]
        for id, one in found.items()
        if id in moved
    )
    assert list(wanted.values()).count(COUNTY) == IN_EACH
    assert differences(database) == {}
    board = Counter({one.code: one.certified for one in doors.moving.coverage.sums(12)})
    assert doors.moving.coverage.certified(COUNTY) == 181
    names = {one.region for one in doors.divisions.of_edition(COUNTY, "2020")}
    assert set(board) <= names and all(len(code) == 12 for code in board)
