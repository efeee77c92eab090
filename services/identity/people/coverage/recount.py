"""Recount the coverage board from the residents themselves: `python -m services.identity.people.coverage.recount [--repair]`.

Prints each village whose counter is not what its residents say, or whose figures are not its division's, and gives the exit code 1 where there is one. --repair counts
whoever was missed and sets the counters right; it can be interrupted, run again, and run while residents are certified.
"""

import argparse
import sys
from collections.abc import Iterable, Iterator
from itertools import islice

from pymongo.database import Database

from services.chassis.core.settings import WrongSetting
from services.chassis.storage.database import connect
from services.civic.settings import CivicSettings
from services.identity.divisions.regions.model import Division
from services.identity.divisions.regions.store import Divisions
from services.identity.people.coverage.model import CountedResident, figures_of
from services.identity.people.coverage.store import CoverageStore
from services.identity.people.residents.store import ResidentStore

BATCH = 1000


def differences(database: Database) -> dict[str, tuple[int, int]]:
    """Find {village: (counted, really certified)} where the two are not the same."""
    groups: list[dict] = [
        {"$match": {"state": "certified"}},
        {"$group": {"_id": "$region", "number": {"$sum": 1}}},
    ]
    residents = ResidentStore(database).documents
    really = {one["_id"]: one["number"] for one in residents.aggregate(groups)}
    counted = {one["_id"]: one["certified"] for one in CoverageStore(database).villages.find()}
    both = {code: (counted.get(code, 0), really.get(code, 0)) for code in {*counted, *really}}
    return {code: pair for code, pair in sorted(both.items()) if pair[0] != pair[1]}


def wrong_figures(database: Database) -> dict[str, tuple[dict, dict]]:
    """Find {village: (on the board, in its entry)} where the figures are not the same."""
    board = CoverageStore(database).figures()
    entries = {one.region: figures_of(one.figures) for one in _villages(database)}
    both = {code: (board.get(code, {}), entries.get(code, {})) for code in {*board, *entries}}
    return {code: pair for code, pair in sorted(both.items()) if pair[0] != pair[1]}


def repair_figures(database: Database) -> None:
    """Put every village's figures on the board as its entry in the adopted edition has them."""
    coverage, wrong = CoverageStore(database), wrong_figures(database)
    for one in _villages(database):
        if one.region in wrong:
            coverage.put_figures(one.region, one.edition, one.version, one.figures, again=True)
    divisions = Divisions(database)
    for county in divisions.counties.documents.find({}, {"edition": 1}):
        adopted = divisions.of_edition(county["_id"], county["edition"])
        coverage.clear_figures(county["_id"], county["edition"], [one.region for one in adopted])


def _villages(database: Database) -> Iterator[Division]:
    divisions = Divisions(database)
    for county in divisions.counties.documents.find({}, {"edition": 1}):
        found = divisions.of_edition(county["_id"], county["edition"])
        yield from (one for one in found if one.level == "village")


def repair(database: Database) -> dict[str, int]:
    """Count whoever was missed, then set every counter right; gives {village: by how much it was wrong}."""
    coverage, residents = CoverageStore(database), ResidentStore(database).documents
    wanted = {"region": 1, "edition": 1, "state": 1, "version": 1}
    for batch in _batches(residents.find({}, wanted).sort("_id", 1)):
        known = coverage.sequences([one["_id"] for one in batch])
        for one in batch:
            if known.get(one["_id"], 0) < one["version"]:
                certified, edition = one["state"] == "certified", one.get("edition", "")
                counted = CountedResident(one["_id"], one["version"], one["region"], certified, edition)
                coverage.count([counted])
    villages = {*coverage.villages.distinct("_id"), *coverage.people.distinct("region")}
    wrong = {village: coverage.settle(village) for village in sorted(villages)}
    return {village: by for village, by in wrong.items() if by}


def _batches(rows: Iterable[dict]) -> Iterator[list[dict]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def main(arguments: list[str]) -> int:
    """Compare, and repair where that is asked for; gives the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m services.identity.people.coverage.recount", description=__doc__
    )
    parser.add_argument("--repair", action="store_true", help="set the counters right")
    options = parser.parse_args(arguments)
    try:
        database = connect(CivicSettings.from_environment(), "identity")
    except WrongSetting as error:
        print(error, file=sys.stderr)
        return 2
    if options.repair:
        repair(database)
        repair_figures(database)
    found, figures = differences(database), wrong_figures(database)
    for village, (counted, really) in found.items():
        print(f"{village}: counted {counted}, certified {really}")
    for village, (board, entry) in figures.items():
        print(f"{village}: the board shows {board}, the village told {entry}")
    wrong = {*found, *figures}
    print(f"{len(wrong)} villages differ" if wrong else "every counter is right")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
