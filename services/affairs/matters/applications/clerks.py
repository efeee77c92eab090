"""A copy of which clerks are in office where, as identity tells it: to them applications are given."""

from pymongo.database import Database

from services.chassis.core.scope import inside
from services.chassis.events.event import Envelope
from services.chassis.storage.projection import Projection
from services.civic.actor import CivicActor
from services.civic.editions.code_crosswalk import CodeCrosswalk, Stays
from services.civic.privacy.personal_data import NothingOfAPerson

CLERK = "clerk"


class Clerks(Projection):
    """One document per official: {_id, role, region, edition, active, sequence}; `moves` tells what the region is now."""

    collection = "clerks"
    named_by = "official_id"
    becomes = Stays("the region is read with its edition, through `moves`")
    of_a_person = NothingOfAPerson("officials in office: ids, roles and places, no names")

    def __init__(self, database: Database):
        super().__init__(database)
        self.moves = CodeCrosswalk(database)

    def known(self, event: Envelope) -> dict:
        """Keep role and place; of who was dismissed, that."""
        if "role" not in event.data:
            return {"active": False}
        place = {"region": event.region, "edition": event.data.get("edition", "")}
        return {"role": event.data["role"], **place, "active": True}

    def met(self, actor: CivicActor) -> None:
        """Know a clerk who acts here, appointed before anything was heard; what was or will be heard counts more."""
        own = next((role for role in actor.roles if role.name == CLERK and not role.of), None)
        if own and not self.find(actor.id):
            self.learn(actor.id, 0, {"role": CLERK, "region": own.region, "edition": "", "active": True})

    def handle(self, official: str, region: str) -> bool:
        """Tell whether an official is a clerk in office for what comes from a region."""
        found = self.find(official)
        if not found or not found["active"] or found.get("role") != CLERK:
            return False
        return inside(region, self.moves.now(found["region"], found["edition"])[0])
