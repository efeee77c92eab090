"""Which personal fields of whom went to which department, as documents."""

from dataclasses import asdict

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.database import Database
from pymongo.errors import BulkWriteError

from services.chassis.storage.faults import only_duplicates
from services.civic.editions.code_crosswalk import Stays
from services.civic.privacy.personal_data import ExportSection, KeptByLaw, PersonalData
from services.identity.subscribers.feed.model import DepartmentDisclosure


class DepartmentDisclosures:
    """Which personal fields of whom went to which department, append-only.

    {_id: department|event|person, department, event, person, fields, at, department_name, event_name}
    """

    collection = "department_disclosures"
    becomes = Stays("it holds no region")
    of_a_person = PersonalData(
        (
            ExportSection(
                "向部门提供的信息",
                "person",
                None,
                {
                    "at": "时间",
                    "department_name": "部门",
                    "department": "部门编号",
                    "event": "随哪一事件",
                    "fields": "提供了什么",
                },
                # rows of 0.1, until they are migrated, name nobody
                lambda row, people, database: {"department_name": row.get("department_name", "")},
            ),
        ),
        erased="stays: ids only",
        erase=KeptByLaw("to whom was given what has to be answered for"),
        stays=("_id", "person"),
    )
    indexes = (
        IndexModel([("person", ASCENDING), ("at", ASCENDING)], name="of_a_person"),
        IndexModel([("department", ASCENDING), ("at", ASCENDING)], name="to_a_department"),
        IndexModel(
            [("person", ASCENDING), ("at", DESCENDING), ("_id", DESCENDING)], name="newest_of_a_person"
        ),
        IndexModel(
            [("department", ASCENDING), ("at", DESCENDING), ("_id", DESCENDING)],
            name="newest_to_a_department",
        ),
    )

    def __init__(self, database: Database):
        self.documents = database[self.collection]

    def note(self, disclosures: list[DepartmentDisclosure]) -> None:
        """Keep what is about to be disclosed; the same again changes nothing."""
        rows = {f"{one.department}|{one.event}|{one.person}": one for one in disclosures}
        try:
            self.documents.insert_many(
                [{"_id": id, **asdict(one)} for id, one in rows.items()], ordered=False
            )
        except BulkWriteError as error:
            if not only_duplicates(error):
                raise

    def create_indexes(self) -> None:
        """Create the declared indexes."""
        self.documents.create_indexes(list(self.indexes))
