"""Versions of a power: what one says, and where the former ones are.

The version in force stands in the power. Before another one takes its place it is copied into `power_versions`: a copy whose successor
lost its race says the same as the power, and is written over by the next.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pymongo import ASCENDING, IndexModel

from services.chassis.core.errors import NotFound
from services.chassis.core.scope import path_of
from services.chassis.storage.document_encryption import plain
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import NothingOfAPerson
from services.integrity.openness.powers.content import PowerContent

if TYPE_CHECKING:
    from pymongo.database import Database

    from services.integrity.openness.powers.model import Power


class PowerVersionStore:
    """Versions that are no longer in force, each under `<power>:<number>`."""

    collection = "power_versions"
    becomes = Stays("a county's, which no edition switch moves")
    of_a_person = NothingOfAPerson("the powers as they were")

    def __init__(self, database: Database):
        self.documents = database[self.collection]

    def keep(self, power: Power, until: datetime) -> None:
        """Copy the version in force before another one takes its place; before the first there is none."""
        if power.content is None:
            return
        kept = {
            **{"power_id": power.id, "number": power.number, "since": power.since, "until": until},
            **{"content": plain(power.content), "region": power.region, "regions": path_of(power.region)},
        }
        self.documents.replace_one({"_id": f"{power.id}:{power.number}"}, kept, upsert=True)

    def find(self, power: Power, number: int) -> tuple[PowerContent, datetime | None, datetime | None]:
        """Give (content, since, until) of a version, the one in force or a former one; raises NotFound."""
        if number == power.number and power.content:
            return power.content, power.since, power.withdrawn_at
        former = 0 < number < power.number
        found = self.documents.find_one({"_id": f"{power.id}:{number}"}) if former else None
        if found is None:
            raise NotFound("power.version_not_found", "没有这一版，请回到这一项看现行的。")
        return PowerContent.of(found["content"]), found["since"], found["until"]

    def create_indexes(self) -> None:
        """Create the index of a power's versions."""
        self.documents.create_indexes(
            [IndexModel([("power_id", ASCENDING), ("number", ASCENDING)], name="of_a_power")]
        )
