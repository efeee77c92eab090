"""Load the divisions of Qionglai in five editions: 24 towns and 271 villages until 2019, 14 and 189 from 2020 (see NOTICE)."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from pymongo.database import Database

from services.chassis.core.calls import event_call
from services.chassis.core.settings import Settings
from services.identity.divisions.regions import contract, usecases  # noqa: F401  the contract declares the events
from services.identity.divisions.regions.model import the_same_code_and_name_are_the_same_division
from services.identity.divisions.regions.source import COUNTY, DATA, EDITIONS, divisions
from services.identity.divisions.regions.store import CountyStore, RegionStore

if TYPE_CHECKING:
    from services.chassis.runtime.load import LoadReport


def load(database: Database, settings: Settings, report: LoadReport, folder: Path = DATA) -> None:
    """Publish every division of every edition; the county keeps the edition that it has adopted."""
    regions, counties = RegionStore(database), CountyStore(database)
    begun = event_call(f"load:{COUNTY['code']}", COUNTY)
    usecases.enter_county(counties, COUNTY["code"], COUNTY["edition"], begun)
    editions = [divisions(edition, report, folder) for edition in EDITIONS]
    for before, after in pairwise(editions):
        the_same_code_and_name_are_the_same_division(before, after)
    for edition in editions:
        for division in edition.values():
            report.count(usecases.publish(regions, division, event_call(f"load:{division.id}", {})))
