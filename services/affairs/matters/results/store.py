"""Results as documents: the number, who may see it, and the keyed hashes by which it is found."""

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.affairs.matters.results.model import Result
from services.affairs.matters.results.rules import only_one_result_stands, only_what_is_ours
from services.affairs.matters.results.wording import as_compared
from services.chassis.core.errors import Conflict, NotFound, VersionConflict
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, PersonalData, one_by_one
from services.civic.store import ClockedStore

TRIES = 500
"""Of one that wants a number while others do: each time somebody else has got one. All of a service's greenlets at once are 32."""

PURPOSE = "result"
"""Of its file among the files of affairs."""

TAKEN = "result.number_taken"
UNSHOWN = ("token_hash", "check_hash", "digest")


class ResultStore(ClockedStore[Result]):
    """The results' collection; `stands` and `awaits` are computed at each save."""

    service = "affairs"
    collection = "results"
    aggregate = Result
    noun = "result"
    missing = "没有找到这份结果文书，请核对编号。"
    personal = ("holder_name", "more", "token", "address", "handed_note", "reason")
    shown = ("shown_name",)
    becomes = Follows(person="applicant_id")
    of_a_person = PersonalData(
        (
            ExportSection(
                "结果文书",
                "applicant_id",
                "numbered_at",
                {
                    "id": "文书编号", "number": "文号", "kind": "文书名称", "state": "状态", "holder_name": "姓名",
                    "matter_name": "事项", "office": "出具单位", "application_id": "申请编号", "more": "补充内容", "issued_at": "出具时间",
                    "replaces": "更正的文号", "delivery": "领取方式", "address": "收件地址", "handed_at": "交付时间", "handed_note": "交付说明",
                    "revoked_at": "撤销时间", "reason": "撤销理由", "region": "所在村区划代码",
                },
            ),
        ),
        erased="whether a paper with its number is true stays known; whose it was, what it said and the file are gone",
        erase=one_by_one,
        stays=("applicant_id",),
    )  # fmt: skip
    indexes = (
        IndexModel(
            [("series", ASCENDING), ("office", ASCENDING), ("year", ASCENDING), ("serial", ASCENDING)],
            name="numbers_of_an_office_and_year",
            unique=True,
        ),
        IndexModel(
            [("application_id", ASCENDING)],
            name="one_standing_result_of_an_application",
            unique=True,
            partialFilterExpression={"stands": True},
        ),
        IndexModel([("token_hash", ASCENDING)], name="of_a_token", unique=True),
        IndexModel([("number_as_compared", ASCENDING), ("_id", ASCENDING)], name="of_a_number"),
        IndexModel(
            [("digest", ASCENDING)], name="of_a_file", partialFilterExpression={"digest": {"$gt": ""}}
        ),
        IndexModel(
            [("application_id", ASCENDING), ("numbered_at", DESCENDING), ("_id", DESCENDING)],
            name="of_an_application",
        ),
        IndexModel(
            [("applicant_id", ASCENDING), ("numbered_at", DESCENDING), ("_id", DESCENDING)],
            name="of_an_applicant",
        ),
        IndexModel([("regions", ASCENDING), ("_id", ASCENDING)], name="of_a_region"),
        IndexModel(
            [("regions", ASCENDING), ("issued_at", ASCENDING), ("_id", ASCENDING)],
            name="to_hand_over",
            partialFilterExpression={"awaits": True},
        ),
    )

    def conflict(self, index: str) -> Conflict:
        """Say that another one stands, or that somebody else has just got the number."""
        if index == "application_id":
            return only_one_result_stands()
        return Conflict(TAKEN, "刚才有别的文书用了这个文号，请再试一次。", index=index)

    def to_document(self, aggregate: Result) -> dict:
        """Note at each save whether it stands, whether somebody waits for it, and the number as it is looked up."""
        return {
            **super().to_document(aggregate),
            "stands": aggregate.stands,
            "awaits": aggregate.awaits,
            "number_as_compared": as_compared(aggregate.number),
        }

    def number(self, result: Result, call: Call) -> None:
        """Write it under the next number of its office and year; raises Conflict where the application has one that stands.

        The number and the paper that has it are one write: whoever stops before it has taken none, whoever stops after it leaves
        one that the clock makes. So there are no gaps.
        """
        for _ in range(TRIES):
            result.take_number(self._last(result) + 1)
            try:
                return self.add(result, [], call.without_key())
            except Conflict as taken:
                if taken.code != TAKEN:
                    raise
        raise VersionConflict(TAKEN, "现在出具文书的人太多，请稍等几秒再试。")

    def last_revoked(self, application_id: str) -> Result | None:
        """Find the paper in whose place another one of this application stands."""
        where = {"application_id": application_id, "state": "revoked"}
        found = self.documents.find_one(
            where, {"outbox": 0, "requests": 0}, sort=[("numbered_at", -1), ("_id", -1)]
        )
        return self.from_document(found) if found else None

    def standing(self, application_id: str) -> Result | None:
        """Find the paper of an application that holds now."""
        found = self.documents.find_one(
            {"application_id": application_id, "stands": True}, {"outbox": 0, "requests": 0}
        )
        return self.from_document(found) if found else None

    def token_hash(self, token: str) -> str:
        """Give the keyed hash by which a token is looked up."""
        return self.vault.hashed("result_token", token)

    def check_hash(self, check: str) -> str:
        """Give the keyed hash of the characters that stand on the paper beside its number."""
        return self.vault.hashed("result_check", check)

    def of_token(self, token: str) -> Result:
        """Find the paper whose QR code holds this token; raises NotFound."""
        return self._issued({"token_hash": self.token_hash(token)})

    def of_number(self, number: str, check: str) -> Result:
        """Find the paper with this number, `as_compared`, and these characters beside it; raises NotFound where one of them is another."""
        return self._issued({"number_as_compared": number, "check_hash": self.check_hash(check)})

    def of_digest(self, digest: str) -> Result | None:
        """Find the paper of which this is the file."""
        try:
            return self._issued({"digest": digest})
        except NotFound:
            return None

    def holds_file(self, id: str, file_id: str) -> bool:
        """Tell whether a result names this file."""
        return self.documents.find_one({"_id": id, "file_id": file_id}, {"_id": 1}) is not None

    def from_row(self, document: dict) -> Result:
        """Rebuild one that was loaded without what a list does not show; it is never saved."""
        return self.from_document({"token_hash": "", "check_hash": "", **document})

    def _issued(self, where: dict) -> Result:
        found = self.documents.find_one(
            {**where, "state": {"$in": ["issued", "revoked"]}}, {"outbox": 0, "requests": 0}
        )
        if found is None:
            raise only_what_is_ours()
        return self.from_document(found)

    def _last(self, result: Result) -> int:
        """Give the last number of the office and year; 0 where there is none."""
        where = {"series": result.series, "office": result.office, "year": result.year}
        found = self.documents.find_one(where, {"serial": 1}, sort=[("serial", -1)])
        return int(found["serial"]) if found else 0
