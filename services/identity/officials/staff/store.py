"""Officials as documents: one account for one login."""

from pymongo import ASCENDING, IndexModel

from services.chassis.core.errors import Conflict, NotFound
from services.chassis.core.scope import path_of
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import COUNTY_DIGITS, CrosswalkEntry, Follows, follow, still_there
from services.civic.privacy.personal_data import OfOthers
from services.civic.store import RegionalStore
from services.identity.officials.staff.model import Official

MOST_COLLEAGUES = 200


class OfficialStore(RegionalStore[Official]):
    """The officials' collection."""

    service = "identity"
    collection = "officials"
    becomes = Follows()
    of_a_person = OfOthers("officials, in office")
    aggregate = Official
    noun = "official"
    missing = "没有找到该工作人员，请核对编号。"
    personal = ("name",)
    shown = ("masked_name",)
    indexes = (
        IndexModel([("login", ASCENDING)], name="one_account_for_one_login", unique=True),
        IndexModel([("regions", ASCENDING), ("login", ASCENDING), ("_id", ASCENDING)], name="of_a_region"),
        IndexModel(
            [("regions", ASCENDING), ("role", ASCENDING), ("login", ASCENDING), ("_id", ASCENDING)],
            name="of_a_role_in_a_region",
        ),
        IndexModel([("role", ASCENDING), ("active", ASCENDING)], name="by_role"),
        IndexModel(
            [("regions", ASCENDING), ("region", ASCENDING)],
            name="resting",
            partialFilterExpression={"resting": True},
        ),
    )

    def conflict(self, index: str) -> Conflict:
        """Say that the login is taken."""
        return Conflict("official.login_taken", "这个登录名已被使用，请换一个。")

    def follow(self, move: CrosswalkEntry) -> int:
        """Let posts follow; those of a split division rest until the county says which part each serves."""
        if len(move.new) == 1:
            return follow(self.documents, move)
        # without the old code: another division may have it now, and its administrators must not see these posts
        waits = {"$set": {"regions": [move.code[:COUNTY_DIGITS]], "resting": True}, "$inc": {"version": 1}}
        return self.documents.update_many(still_there(move), waits).modified_count

    def find_by_login(self, login: str) -> Official | None:
        """The active official with this login, or None."""
        found = self.documents.find_one({"login": login, "active": True})
        return found and self.from_document(found)

    def use_step(self, official: Official, step: int, call: Call) -> bool:
        """Use up a time step of the second factor; False where it, or a later one, has been used."""
        fresh = {"factor": official.factor, "factor_step": {"$lt": step}, "active": True}
        return self.apply(official.id, fresh, {"factor_step": step}, call)

    def use_recovery(self, official: Official, hash: str, call: Call) -> bool:
        """Use up a recovery code; False where there is none with this hash (any more)."""
        left = {"$setDifference": ["$recovery", [hash]]}
        event = (
            "official.recovery_code_used",
            {"official_id": official.id},
            {"left": {"$size": "$recovery"}},
        )
        kept = {"factor": official.factor, "recovery": hash, "active": True}
        return self.apply(official.id, kept, {"recovery": left}, call, event)

    def find(self, id: str) -> Official | None:
        """The official with this id, dismissed or not, or None."""
        try:
            return self.get(id)
        except NotFound:
            return None

    def hold_another(self, official: Official) -> bool:
        """Tell whether another one has this role in this region, and let nobody dismiss that one meanwhile.

        Two dismissals write two different documents; only a write to the one who stays makes them collide.
        """
        where = {
            "role": official.role,
            "region": official.region,
            "active": True,
            "_id": {"$ne": official.id},
        }
        return self.documents.update_one(where, {"$inc": {"held": 1}}).matched_count == 1

    def in_office(self, roles: tuple[str, ...]) -> list[Official]:
        """The active officials who hold one of these roles anywhere."""
        found = self.documents.find({"role": {"$in": roles}, "active": True}, {"outbox": 0, "requests": 0})
        return [self.from_document(one) for one in found]

    def holders(self, role: str, region: str) -> list[str]:
        """The ids of the active officials who hold a role for a region."""
        where = {"role": role, "active": True, "region": {"$in": path_of(region)}}
        return [found["_id"] for found in self.documents.find(where, {"_id": 1})]

    def clerks_of(self, region: str) -> list[Official]:
        """The active clerks of a region, of what it lies in and of what lies in it, by login; resting posts handle nothing."""
        path = path_of(region)
        where = {
            "regions": path[0],
            "role": "clerk",
            "active": True,
            "resting": {"$ne": True},
            "$or": [{"region": {"$in": path}}, {"regions": region}],
        }
        found = self.documents.find(where, {"outbox": 0, "requests": 0}).sort([("login", 1), ("_id", 1)])
        return [self.from_document(one) for one in found.limit(MOST_COLLEAGUES)]
