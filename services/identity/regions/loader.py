"""Load the divisions of Qionglai, edition 2019: one county, 24 towns, 271 villages (source: see NOTICE)."""

import csv
from pathlib import Path

from services.chassis.calls import event_call
from services.chassis.errors import DomainError
from services.identity.regions import contract, usecases  # noqa: F401  the contract declares the events
from services.identity.regions.store import RegionStore

DATA = Path(__file__).parent / "data"
EDITION = "2019"
COUNTY = {"code": "510183", "name": "邛崃市", "edition": EDITION}


def load(database, settings, report) -> None:
    """Publish the county and every row of the towns' and villages' files."""
    regions = RegionStore(database)
    _publish(regions, COUNTY, "county", 0, report)
    for kind in ("towns", "villages"):
        file = f"qionglai_{kind}_{EDITION}.csv"
        with open(DATA / file, encoding="utf-8", newline="") as rows:
            for line, row in enumerate(csv.DictReader(rows), start=2):
                division = {"code": row["code"] or "", "name": row["name"] or "", "edition": EDITION}
                _publish(regions, division, file, line, report)


def _publish(regions: RegionStore, division: dict, file: str, line: int, report) -> None:
    key = f"load:{division['edition']}:{division['code']}:{division['name']}"
    try:
        report.count(usecases.publish(regions, event_call(key, division)))
    except DomainError as error:
        report.refuse(file, line, error.message)
