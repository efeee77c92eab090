"""Contacts as documents; the id is the office's region."""

from services.chassis.core.errors import Conflict, NotFound, VersionConflict
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import CrosswalkEntry, Follows
from services.civic.privacy.personal_data import NothingOfAPerson
from services.civic.store import RegionalStore
from services.identity.divisions.contacts.model import Contact


class ContactStore(RegionalStore[Contact]):
    """The contacts' collection."""

    service = "identity"
    collection = "contacts"
    aggregate = Contact
    noun = "contact"
    missing = "这个村（镇）还没有登记联系电话，请拨打 12345 询问。"
    becomes = Follows()
    of_a_person = NothingOfAPerson("how offices are reached")

    def conflict(self, index: str) -> Conflict:
        """Say that somebody else has just told it: the use case changes that one."""
        return VersionConflict("contact.told_meanwhile", "刚才有人登记了联系电话，请刷新后再试。")

    def follow(self, move: CrosswalkEntry) -> int:
        """An office whose division becomes another one tells anew: nobody calls a number of who had its code before."""
        still = {"_id": move.code, "edition": {"$not": {"$gt": move.earlier}}}
        return self.documents.delete_many({**still, "pending_since": {"$exists": False}}).deleted_count

    def find(self, region: str, call: Call) -> Contact | None:
        """The contact of an office to edit it, or None; raises what `get_to_edit` does."""
        try:
            return self.get_to_edit(region, call)
        except NotFound:
            return None

    def of(self, regions: list[str]) -> list[Contact]:
        """The contacts of these offices, the smaller office first."""
        found = self.documents.find({"_id": {"$in": regions}}, {"outbox": 0, "requests": 0}).sort("_id", -1)
        return [self.from_document(one) for one in found]
