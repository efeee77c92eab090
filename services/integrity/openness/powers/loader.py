"""Load the shipped powers as drafts for the county with which the pages begin: idempotent, with every refused row named."""

from pathlib import Path

from pymongo.database import Database

import services.integrity.openness.powers.contract  # noqa: F401  declares the events that a save checks
from services.chassis.core.errors import DomainError
from services.chassis.runtime.load import LoadReport
from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.civic.settings import CivicSettings
from services.integrity.openness.powers.shipped import (
    DATA,
    POWERS,
    a_row_is_whole,
    arranged_by_name,
    links_by_name,
    read,
    to_power,
)
from services.integrity.openness.powers.store import PowerStore
from services.integrity.openness.powers.usecases import ship


def load(database: Database, settings: CivicSettings, report: LoadReport, folder: Path = DATA) -> None:
    """Enter every row; what somebody of the county has begun to confirm stays as it is."""
    powers = PowerStore(database)
    powers.create_indexes()
    arranged, links = arranged_by_name(folder), links_by_name(folder)
    for line, values in read(POWERS, folder):
        call = Call({}, SYSTEM)
        try:
            a_row_is_whole(values)
            power = to_power(values, arranged, links, settings.home_county, call.now)
            report.count(ship(powers, power, call))
        except DomainError as refused:
            report.refuse(POWERS, line, refused.message)
