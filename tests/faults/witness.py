"""Two services that only the faults' run has: one that counts every event while it is killed, one that comes late."""

import os
import time
from pathlib import Path

from pymongo.database import Database

from services.chassis.listeners import hears
from services.chassis.storage.dependency_provider import Provided
from services.civic.editions.relocation import RelocatedStores
from services.civic.people import PeopleListeners
from services.integrity.civic.store import CertifiedPeople

HOLD, INSIDE = "hold-in-transaction", "inside-transaction"
LONGEST_HOLD = 20.0


class Tally:
    """What was applied, per aggregate and in the order of applying: {_id: "<source>|<subject>", seen: [sequence]}.

    Pushing is not idempotent on purpose: an effect that is applied twice stands there twice.
    """

    def __init__(self, database: Database):
        self.documents = database["tally"]

    def push(self, source: str, subject: str, sequence: int) -> None:
        """Note one applied event."""
        one = {"_id": f"{source}|{subject}"}
        self.documents.update_one(one, {"$push": {"seen": sequence}}, upsert=True)


class TallyListeners:
    """Hears everything, each event with its effect in one transaction."""

    tally = Provided(Tally)

    @hears("#", queue="everything", inbox=True)
    def on_everything(self, event, call):
        self.tally.push(event.source, event.subject, event.sequence)
        hold_where_asked(Path(os.environ["XIANGZHI_STATE"]))


def hold_where_asked(folder: Path) -> None:
    """Stay in the middle of the transaction while the run wants to kill the process just there."""
    end = time.monotonic() + LONGEST_HOLD
    while (folder / HOLD).exists() and time.monotonic() < end:
        (folder / INSIDE).touch()
        time.sleep(0.05)


class Witness(TallyListeners):
    """Runs from the beginning and is killed like everything else."""

    name = "witness"


class Latecomer(TallyListeners, PeopleListeners):
    """Is declared, as any service is at deployment, and is started only when all writes are over.

    The copy of the residents is kept by the listeners of all services.
    """

    name = "latecomer"

    people = Provided(CertifiedPeople)
    following = Provided(RelocatedStores.of())
