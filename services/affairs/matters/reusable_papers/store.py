"""Papers as documents, one for each material of a case that was verified; MongoDB forgets them when their time is over."""

from collections.abc import Callable, Sequence
from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.affairs.matters.reusable_papers.model import ReusablePaper, gone
from services.chassis.core.errors import NotFound, VersionConflict
from services.chassis.events.outbox import NewEvent
from services.civic.actor import CivicActor
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, PersonalData, forgotten
from services.civic.store import RegionalStore

TRIES = 5
MOST = 100
"""Papers of one person that are offered, the newest: a person has a dozen."""


class ReusablePaperStore(RegionalStore[ReusablePaper]):
    """The papers' collection."""

    service = "affairs"
    collection = "reusable_papers"
    aggregate = ReusablePaper
    noun = "reusable_paper"
    becomes = Follows(person="holder_id")
    of_a_person = PersonalData(
        (
            ExportSection(
                "核验过、可以再用的证明材料",
                "holder_id",
                "verified_at",
                {
                    "material": "材料", "matter_name": "在哪个事项里核验", "application_id": "申请编号", "office": "核验单位",
                    "verified_at": "核验时间", "valid_until": "有效到", "used": "用在了哪里", "region": "所在村区划代码",
                },
                where={"state": "kept"},
            ),
        ),
        erased="deleted",
        erase=forgotten,
    )  # fmt: skip
    indexes = (
        IndexModel(
            [
                ("holder_id", ASCENDING),
                ("verified_at", DESCENDING),
                ("_id", DESCENDING),
            ],
            name="of_a_holder",
        ),
        IndexModel([("application_id", ASCENDING)], name="of_a_case"),
        IndexModel([("forget_at", ASCENDING)], name="forgotten", expireAfterSeconds=0),
    )

    def not_found(self) -> NotFound:
        """Say what to do instead."""
        return gone()

    def usable_of(self, actor: CivicActor, now: datetime) -> list[ReusablePaper]:
        """List what the actor, or the ward, may use now, the last verified first."""
        found = self.documents.find(usable_by(actor, now), {"outbox": 0, "requests": 0})
        return [self.from_document(one) for one in found.sort([("verified_at", -1), ("_id", -1)]).limit(MOST)]

    def usable(self, id: str, actor: CivicActor, now: datetime) -> ReusablePaper:
        """Find one of them; raises NotFound."""
        return self.get(id, scope=usable_by(actor, now))

    def note_use(self, id: str, application_id: str, matter_name: str, call: Call) -> None:
        """Write down where a paper was used; raises NotFound where it has ended."""
        self.change(id, {}, lambda one: one.note_use(application_id, matter_name, call.now), call)

    def change(
        self, id: str, scope: dict, act: Callable[[ReusablePaper], list[NewEvent]], call: Call
    ) -> None:
        """Let a paper change under its version, again where somebody was faster; raises NotFound, and VersionConflict after many tries."""
        for tried in range(1, TRIES + 1):
            one = self.get(id, scope=scope)
            try:
                return self.save(one, act(one), call.without_key())
            except VersionConflict:
                if tried == TRIES:
                    raise

    def kept_of(self, holder_ids: Sequence[str]) -> list[str]:
        """List the ids of the papers of a person, who may be known by several."""
        return self._ids({"holder_id": {"$in": list(holder_ids)}, "state": "kept"})

    def kept_of_case(self, application_id: str) -> list[str]:
        """List the ids of the papers that were verified in a case."""
        return self._ids({"application_id": application_id, "state": "kept"})

    def forget(self, person: str) -> None:
        """Delete every paper of a person."""
        self.documents.delete_many({"holder_id": person})

    def _ids(self, where: dict) -> list[str]:
        return [one["_id"] for one in self.documents.find(where, {"_id": 1})]


def usable_by(actor: CivicActor, now: datetime) -> dict:
    """Filter what an actor may use: the own, or the ward's from matters of the kinds that the mandate names; nothing that has lapsed."""
    kinds = actor.on_behalf_of.kinds if actor.on_behalf_of else ()
    within = {"matter_kind": {"$in": list(kinds)}} if kinds else {}
    return {
        "holder_id": {"$in": actor.entries},
        "state": "kept",
        "valid_until": {"$gt": now},
        **within,
    }
