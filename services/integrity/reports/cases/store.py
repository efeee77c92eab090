"""Reports as documents; the access log is only ever appended to and never loaded with the report.

Of a person there are the reports under the own name, and of these a copy shows no more than whoever holds a receipt is shown. An
anonymous report can be tied to nobody, and nothing here ties it. What was reported, about whom, and what was written is not in the
copy, lest a copy that is found tell it: a law keeps it confidential (个人信息保护法 art. 18, 45; 监察法实施条例 on secrecy of reports),
and the receipt opens it.
"""

from dataclasses import replace
from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel, ReturnDocument
from pymongo.database import Database

from services.chassis.core.clock import day_of
from services.chassis.core.errors import Conflict, VersionConflict
from services.chassis.events.outbox import NewEvent, held_back
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import COUNTY_DIGITS, CrosswalkEntry, Follows
from services.civic.privacy.personal_data import ExportSection, KeptByLaw, PersonalData
from services.civic.store import RegionalStore
from services.integrity.reports.cases import rules
from services.integrity.reports.cases.hours import cut_to_the_hour, drawn_after
from services.integrity.reports.cases.model import Report


def reporter_hash(database: Database, person: str) -> str:
    """Give the hash under which the reports of a person under the own name are found."""
    return database.vault.hashed("reporter", person)


class ReportStore(RegionalStore[Report]):
    """The reports' collection. `regions` holds the county alone, so that no filter of a town or village matches."""

    service = "integrity"
    collection = "reports"
    aggregate = Report
    noun = "report"
    missing = "没有找到这件举报，请核对编号。"
    has_deadlines = True
    personal = (
        "place", "accused", "text", "happened_on", "reporter", "messages", "reason", "conclusions"
    )  # fmt: skip
    shown = ("concluded_at",)
    becomes = Follows()
    of_a_person = PersonalData(
        (
            ExportSection(
                "实名举报（内容依法保密，不列入副本，请凭查询码查看）",
                "reporter_hash",
                "received_at",
                {"category_name": "类别", "state": "状态", "received_at": "收到时间", "decided_at": "是否受理的决定时间", "rating": "评价星级"},
                named=reporter_hash,
            ),
        ),
        erased="stays: an id in a sealed file",
        erase=KeptByLaw("files of discipline inspection are kept, sealed; a report does not end with its reporter's account"),
        stays=("reporter_hash", "reporter"),
    )  # fmt: skip
    indexes = (
        IndexModel([("receipt_hash", ASCENDING)], name="one_report_for_one_receipt", unique=True),
        IndexModel(
            [("reporter_hash", ASCENDING), ("received_at", DESCENDING), ("_id", DESCENDING)],
            name="under_the_own_name",
            partialFilterExpression={"reporter_hash": {"$type": "string"}},
        ),
        IndexModel(
            [("regions", ASCENDING), ("state", ASCENDING), ("received_at", ASCENDING), ("_id", ASCENDING)],
            name="queue_of_the_county",
        ),
        IndexModel(
            [("regions", ASCENDING), ("waits", ASCENDING), ("received_at", ASCENDING), ("_id", ASCENDING)],
            name="what_waits_in_the_county",
        ),
        IndexModel([("town", ASCENDING)], name="kept_from_a_town"),
        IndexModel(
            [("decide_by", ASCENDING)], name="undecided", partialFilterExpression={"state": "received"}
        ),
        IndexModel(
            [("conclude_by", ASCENDING)], name="unconcluded", partialFilterExpression={"state": "accepted"}
        ),
    )

    def late(self, now: datetime) -> list[dict]:
        """Find what waits for its acceptance, or for its conclusion, past the last day for it."""
        today = day_of(now).isoformat()
        return [
            {"state": "received", "decide_by": {"$lt": today}},
            {"state": "accepted", "conclude_by": {"$lt": today}},
        ]

    def conflict(self, index: str) -> Conflict:
        """Two submissions with the same receipt (one in 10^16 for each pair), or a key that met a foreign id."""
        return Conflict("report.receipt_taken", "提交未成功，请更换 Idempotency-Key 后重新提交。")

    def to_document(self, aggregate: Report) -> dict:
        """Add whether somebody must take it, and the keyed hash by which a reporter's own copy finds a report under the own name."""
        waits = rules.somebody_must_take_it(aggregate.state, aggregate.handler)
        document = {**super().to_document(aggregate), "waits": waits}
        if "sealed" in document and aggregate.reporter:
            document["reporter_hash"] = reporter_hash(self.database, aggregate.reporter)
        return document

    def _entries(self, aggregate: Report, events: list[NewEvent], after: int, call: Call) -> list[dict]:
        """Make its events tell the hour, an officer's as well, and wait until that hour is over: no neighbour in the archive, the
        feed or a stream, and no moment of arrival, tells more of when somebody wrote.
        """
        hour = cut_to_the_hour(call.now)
        made = super()._entries(aggregate, events, after, replace(call, now=hour))
        return held_back(made, drawn_after(hour))

    def of_receipt(self, receipt_hash: str, call: Call | None = None) -> Report | None:
        """Find the report of a receipt; a writing call answered before raises AlreadyAnswered."""
        found = self.documents.find_one({"receipt_hash": receipt_hash}, {"_id": 1})
        return self.get(found["_id"], call) if found else None

    def follow(self, move: CrosswalkEntry) -> int:
        """Keep the people of what became of the town out, after a split those of every part; the place stays as it was told."""
        here = {**_of_towns([move.code]), "town_edition": {"$not": {"$gt": move.earlier}}}
        town = move.new[0] if len(move.new) == 1 else list(move.new)
        to = {"$set": {"town": town, "town_edition": move.later}, "$inc": {"version": 1}}
        return self.documents.update_many(here, to).modified_count

    def belonging(self, codes: list[str]) -> int:
        """Count the reports of these towns."""
        return self.documents.count_documents(_of_towns(codes))

    def note_access(self, report: Report, official: str, now: datetime) -> list[dict]:
        """Write down who reads the text and give the whole access log; raises VersionConflict where it was changed.

        The entry comes before the text leaves, so that nobody reads unrecorded.
        """
        noted = self.documents.find_one_and_update(
            {"_id": report.id, "version": report.version},
            {"$push": {"accesses": {"official": official, "at": now}}},
            projection={"accesses": 1},
            return_document=ReturnDocument.AFTER,
        )
        if noted is None:
            raise VersionConflict("report.changed_while_opening", "刚才有人改动了它，请刷新后再试。")
        return noted["accesses"]


def _of_towns(codes: list[str]) -> dict:
    return {"regions": {"$in": sorted({code[:COUNTY_DIGITS] for code in codes})}, "town": {"$in": codes}}
