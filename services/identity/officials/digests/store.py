"""What waits, as a copy of what events tell; and which mornings are done."""

from datetime import datetime

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from services.chassis.core.scope import path_of
from services.chassis.events.event import Envelope
from services.chassis.storage.projection import Projection
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import CodeCrosswalk, Follows, Stays
from services.civic.editions.relocation import Relocation
from services.civic.privacy.personal_data import ErasedByListener, NothingOfAPerson, PersonalData
from services.identity.officials.digests.model import what_waits

KEPT_SECONDS = 30 * 24 * 3600
PERSONS = ("resident_id", "applicant_id", "seller_id")
"""The fields that name whose thing it is."""


class Waiting(Projection, Relocation):
    """One document for each thing: {_id, region, regions, edition, person, waits: what for or None, sequence}."""

    collection = "waiting"
    becomes = Follows(person="person")
    of_a_person = PersonalData(
        not_shown="a copy of what waits where: ids and states that other sections show",
        erased="waits no more, under an id that names nobody",
        erase=ErasedByListener("digests"),
        stays=("_id", "person"),
    )
    indexes = (
        IndexModel([("regions", ASCENDING), ("waits", ASCENDING)], name="of_a_region"),
        IndexModel([("person", ASCENDING)], name="of_a_person"),
    )

    def __init__(self, database: Database):
        super().__init__(database)
        self.moves = CodeCrosswalk(database)

    def known(self, event: Envelope) -> dict:
        """Keep where it is now, whose it is and what it waits for."""
        return self._known(event, *self.moves.now(event.region, event.edition))

    def _known(self, event: Envelope, region: str, edition: str) -> dict:
        return {
            "region": region,
            "regions": path_of(region),
            "edition": edition,
            "person": next((event.data[name] for name in PERSONS if name in event.data), None),
            "waits": what_waits(event.name, event.data.get("state")),
        }

    def hear(self, together: list[tuple[Envelope, Call]]) -> None:
        """Keep what events of different things said; what has become of their places is asked once for all."""
        here = self.moves.now_all({(event.region, event.edition) for event, _ in together})
        self.learn_many(
            [
                (event.subject, event.sequence, self._known(event, *here[event.region, event.edition]))
                for event, _ in together
            ]
        )

    def counts(self, region: str, whats: tuple[str, ...]) -> dict[str, int]:
        """How many wait for each of these in a region."""
        return {what: self.documents.count_documents({"regions": region, "waits": what}) for what in whats}


class Mornings:
    """The days whose digest everybody got: {_id: 2026-11-23, at}."""

    collection = "digests"
    becomes = Stays("it holds no region")
    of_a_person = NothingOfAPerson("officials' mornings")

    def __init__(self, database: Database):
        self.documents = database[self.collection]

    def is_done(self, day: str) -> bool:
        """Tell whether everybody got it."""
        return self.documents.find_one({"_id": day}) is not None

    def done(self, day: str, now: datetime) -> None:
        """Note that everybody got it."""
        self.documents.update_one({"_id": day}, {"$setOnInsert": {"at": now}}, upsert=True)

    def create_indexes(self) -> None:
        """Create the index that forgets."""
        index = IndexModel([("at", ASCENDING)], name="forgotten", expireAfterSeconds=KEPT_SECONDS)
        self.documents.create_indexes([index])
