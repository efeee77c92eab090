"""Rotas as documents; the id is the office's region."""

from services.chassis.core.errors import Conflict, NotFound, VersionConflict
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import CrosswalkEntry, Follows
from services.civic.privacy.personal_data import OfOthers
from services.civic.store import RegionalStore
from services.identity.officials.duties.model import Rota


class RotaStore(RegionalStore[Rota]):
    """The rotas' collection."""

    service = "identity"
    collection = "rotas"
    aggregate = Rota
    noun = "rota"
    missing = "没有找到值班表：本单位还没有设置的，请先设置；其他单位的，请向该单位了解。"
    becomes = Follows()
    of_a_person = OfOthers("officials, in office")

    def conflict(self, index: str) -> Conflict:
        """Say that somebody else has just made it: the use case changes that one."""
        return VersionConflict("rota.set_meanwhile", "刚才有人设置了值班表，请刷新后再试。")

    def follow(self, move: CrosswalkEntry) -> int:
        """An office whose division becomes another one plans its days anew, and never finds those of who had its code before."""
        still = {"_id": move.code, "edition": {"$not": {"$gt": move.earlier}}}
        return self.documents.delete_many({**still, "pending_since": {"$exists": False}}).deleted_count

    def find(self, region: str, call: Call | None = None) -> Rota | None:
        """The rota of an office, or None; with a `call` to edit it, and raises what that does."""
        try:
            return self.get_to_edit(region, call) if call else self.get(region)
        except NotFound:
            return None

    def of(self, regions: list[str]) -> list[Rota]:
        """The rotas of these offices, by region."""
        found = self.documents.find({"_id": {"$in": regions}}, {"outbox": 0, "requests": 0}).sort("_id", 1)
        return [self.from_document(one) for one in found]
