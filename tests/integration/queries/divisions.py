"""Tables of successors and adoptions, enough of them that an index is worth its while."""

from datetime import UTC, datetime, timedelta

from services.chassis.core.calls import write_call
from services.civic.actor import SYSTEM
from services.identity.divisions.crosswalks.model import Crosswalk
from services.identity.divisions.crosswalks.store import CrosswalkStore
from services.identity.divisions.crosswalks.usecases import begin
from services.identity.divisions.edition_switches.model import EditionSwitch
from services.identity.divisions.edition_switches.store import EditionSwitchStore
from services.identity.divisions.regions.model import County
from services.identity.divisions.regions.store import CountyStore, Divisions

COUNTY, UNDER_WAY, SPLIT = "510183", "510200", "510183103203"
NOW = datetime.now(UTC).replace(microsecond=0)


def make_tables(database) -> None:
    """Begin the county's table to the next edition, and write small ones of 100 other counties."""
    tables = CrosswalkStore(database)
    table = begin(tables, Divisions(database), {}, _call({"county": COUNTY, "later": "2020"}))
    table.confirmed_by, table.confirmed_at = "chief", NOW
    tables.save(table, [], _call({"county": "confirm"}))
    for number in range(510200, 510300):
        one = Crosswalk(f"{number}-2019-2020", str(number), "2019", "2020", [], NOW)
        tables.add(one, [], _call({"county": one.region}))


def make_adoptions(database) -> None:
    """Write a finished adoption of the county, one of a made-up county that the clock goes on with, and 100 finished ones."""
    adoptions, rows = (
        EditionSwitchStore(database),
        [{"old": f"{UNDER_WAY}103204", "new": [f"{UNDER_WAY}103205"]}],
    )
    CountyStore(database).add(County(UNDER_WAY, UNDER_WAY, "2019"), [], _call({"county": UNDER_WAY}))
    for county in (COUNTY, UNDER_WAY, *map(str, range(510201, 510301))):
        earlier, later = ("2017", "2018") if county == COUNTY else ("2019", "2020")
        one = EditionSwitch(
            f"{county}-{earlier}", county, "t", earlier, later, [], "chief", NOW, phase="finished"
        )
        if county == COUNTY:
            one.rows = [{"old": SPLIT, "new": [SPLIT, f"{COUNTY}103205"], "moved": True}]
        if county == UNDER_WAY:
            one.phase, one.rested_at = "resting", NOW - timedelta(days=1)
            one.rows = [{**row, "moved": False} for row in rows]
        adoptions.add(one, [], _call({"county": f"adoption of {county}"}))


def _call(asked: dict):
    return write_call("begin_succession", asked, SYSTEM, asked["county"])
