"""A service's portion of the copy that a person asked for: gathered when the request is heard, sealed, gone when its time is over.

The copy itself is nowhere: each service keeps its own portion, and the gateway puts them together for the person alone.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from marshmallow import fields
from pymongo import ASCENDING, IndexModel

from services.chassis.core.errors import NotFound, VersionConflict
from services.chassis.core.schemas import Answer, Id, Shape, Time
from services.chassis.rpc import rpc
from services.civic.editions.code_crosswalk import Stays
from services.civic.operation import Operation
from services.civic.privacy.personal_data import ErasedByListener, PersonalData
from services.civic.privacy.personal_data_stores import PersonalDataStores
from services.civic.store import RegionalStore

TOLD = "portion.gathered"


@dataclass
class GatheredPart:
    """The id is the request's; `sections` are as `ExportSection.of` gives them."""

    id: str
    region: str
    person: str
    gathered_at: datetime
    expires_at: datetime
    sections: list[dict] = field(default_factory=list)
    version: int = 0


class ExportPartStore(RegionalStore):
    """The portions' collection; the database drops them when they expire.

    Beside them stands who is gone, {_id: "gone|<person>"}, for ever: a portion may be gathered while its person is erased.
    """

    collection = "portions"
    aggregate = GatheredPart
    noun = "portion"
    missing = "这一部分尚未取得，已再次索取，请稍后重新下载。"
    personal = ("sections",)
    becomes = Stays("gone within days, and found by its person only")
    of_a_person = PersonalData(
        not_shown="the copies themselves",
        erased="forgotten; that the person has gone stays",
        erase=ErasedByListener("portions"),
        stays=("_id",),
    )
    indexes = (
        IndexModel([("expires_at", ASCENDING)], name="forgotten", expireAfterSeconds=0),
        IndexModel([("person", ASCENDING)], name="of_a_person"),
    )

    def conflict(self, index: str) -> VersionConflict:
        """The same request is heard twice at once: one of them is done again."""
        return VersionConflict("portion.gathered_meanwhile", "正在办理，请稍后再试。")

    def forget(self, person: str) -> None:
        """Forget what was gathered for a person, now and later."""
        self.documents.update_one({"_id": f"gone|{person}"}, {"$setOnInsert": {"gone": True}}, upsert=True)
        self.documents.delete_many({"person": person})

    def is_gone(self, person: str) -> bool:
        """Tell whether a person was erased."""
        return self.documents.find_one({"_id": f"gone|{person}"}, {"_id": 1}) is not None


class FindExportPart(Shape):
    """The portion of one request, for the person who asked."""

    export_id = Id(required=True)
    person = Id(required=True)


class Section(Answer):
    """What one collection holds of a person: `labels` name the fields in Chinese; `omitted` where there are older rows."""

    section = fields.String(required=True)
    title = fields.String(required=True)
    labels = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    rows = fields.List(fields.Dict(), required=True)
    omitted = fields.Boolean(required=True)


class ExportPartGiven(Answer):
    """A service's portion and when it was gathered."""

    gathered_at = Time(required=True)
    sections = fields.List(fields.Nested(Section), required=True)


open_portion = Operation(FindExportPart, ExportPartGiven, allow=("system",))


class ExportPartEndpoints:
    """The export parts' endpoint, for the gateway alone: it has asked identity whether the person may have the copy now."""

    @rpc(open_portion)
    def open_portion(self, call):
        return open_for(self.portions, call)


def gather(portions: ExportPartStore, held: PersonalDataStores, told: str, event, call) -> None:
    """Gather what is held of who asked, keep it, and tell so by the event `told`, which says nothing of what is in it.

    Asked again for what is there, it is only told again.
    """
    call, asked = call.without_key(), call.data
    expires_at = datetime.fromisoformat(asked["expires_at"])
    if call.now >= expires_at:
        return
    events = [(told, {"export_id": asked["export_id"]})]
    with suppress(NotFound):
        portions.save(portions.get(asked["export_id"]), events, call)
        return
    sections = held.copy_of(asked["entries"])
    portion = GatheredPart(
        asked["export_id"], event.region, asked["resident_id"], call.now, expires_at, sections
    )  # fmt: skip
    portions.add(portion, events, call)
    if portions.is_gone(portion.person):  # forgotten while it was gathered: one of the two sees the other
        portions.forget(portion.person)


def open_for(portions: ExportPartStore, call) -> GatheredPart:
    """Give a portion; raises NotFound where it is not there, or another person's."""
    return portions.get(call.data["export_id"], scope={"person": call.data["person"]})
