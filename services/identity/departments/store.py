"""Subscriptions as documents."""

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.chassis.documents import Store
from services.identity.departments.model import Department


class DepartmentStore(Store):
    """The departments' collection."""

    service = "identity"
    collection = "departments"
    aggregate = Department
    noun = "department"
    missing = "没有找到该部门的订阅，请核对编号。"
    indexes = (
        IndexModel(
            [("regions", ASCENDING), ("granted_at", DESCENDING), ("_id", DESCENDING)], name="of_a_region"
        ),
        IndexModel([("state", ASCENDING)], name="by_state"),
    )

    def connected(self) -> list[Department]:
        """Give every subscription that events are delivered to now."""
        found = self.documents.find({"state": "connected"}, {"outbox": 0, "requests": 0})
        return [self.from_document(document) for document in found]
