"""Applications as documents: one open application of one resident for one matter."""

from contextlib import suppress
from datetime import datetime

from pymongo import ASCENDING, DESCENDING, IndexModel

from services.affairs.civic.rules import who_is_leaving_applies_for_nothing
from services.affairs.matters.applications.file_rules import a_file_is_kept_until, the_longest_term_counts
from services.affairs.matters.applications.look_up_rules import code_of
from services.affairs.matters.applications.model import Application
from services.affairs.matters.applications.rules import OPEN_STATES
from services.affairs.matters.applications.verification_rules import VERIFIED_IN
from services.chassis.core.errors import Conflict, NotFound, VersionConflict
from services.chassis.core.scope import path_of
from services.chassis.storage.store import HOUSEKEEPING
from services.civic import short_numbers
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import Follows
from services.civic.privacy.personal_data import ExportSection, Open, PersonalData, one_by_one
from services.civic.store import ClockedStore

UNSHOWN = (
    "required",
    "steps",
    "step_officials",
    "files",
    "verifiable",
    "verified",
    "originals_opened",
    "terms",
)
"""What a list does not show and need not load."""


SHARED = 5
"""Applications that are looked at for one number: of 660,000 some six share theirs, with one other."""

ENDED = {"closed_at": 1, "outcome": 1, "files_kept_years": 1, "verified": 1}
"""What tells how long a case needs its files."""

WHILE_OPEN = {"open": True}
"""What is in somebody's inbox is open: the indexes of the desk hold nothing else."""


def _desk(name: str, *fields: str) -> IndexModel:
    keys = [(field, ASCENDING) for field in (*fields, "claimed_by", "act_by", "submitted_at", "_id")]
    return IndexModel(keys, name=name, partialFilterExpression=WHILE_OPEN)


def _queue(name: str, order: str) -> IndexModel:
    fields = ("regions", "state", order, "_id")
    return IndexModel([(field, ASCENDING) for field in fields], name=name)


class ApplicationStore(ClockedStore[Application]):
    """The applications' collection; `open` is computed at each save."""

    service = "affairs"
    collection = "applications"
    aggregate = Application
    noun = "application"
    missing = "没有找到这件申请，请核对编号。"
    has_deadlines = True
    personal = (
        "applicant_name",
        "applicant_phone",
        "applicant_born_on",
        "materials",
        "answers",
        "filled",
        "notice",
        "first_notice",
        "reason",
        "comment",
        "handing_note",
        "remarks",
        "originals_opened",
        "extension",
        "suspensions",
    )
    shown = ("shown_name", "shown_phone")
    becomes = Follows(person="applicant_id")
    of_a_person = PersonalData(
        (
            ExportSection(
                "办事申请",
                "applicant_id",
                "submitted_at",
                {
                    "id": "申请编号", "matter_name": "事项", "office": "办理机构", "state": "状态", "applicant_name": "申请人",
                    "applicant_phone": "联系电话", "applicant_born_on": "出生日期", "materials": "提交的材料", "filled": "填写的表单", "submitted_at": "提交时间", "notice": "一次性告知", "first_notice": "补交前的告知",
                    "accepted_at": "受理时间", "due_at": "承诺办结期限", "legal_due_at": "法定办结期限", "extension": "期限的延长", "suspensions": "不计入期限的时间", "outcome": "结果", "reason": "理由", "closed_at": "办结时间",
                    "stars": "评价星级", "comment": "评价内容", "files": "交来的照片", "verified": "窗口核验过的材料", "originals_opened": "单位打开原件的记录", "steps": "办理经过", "acted_by": "代办人编号", "region": "所在村区划代码",
                },
            ),
        ),
        erased="what was decided stays on file under the name that it was made for, everything else is emptied",
        erase=one_by_one,
        stays=("applicant_id",),
        words_stay=("applicant_name", "reason"),
        open=Open({"open": True}, "matter_name"),
        must_not_begin=who_is_leaving_applies_for_nothing,
    )  # fmt: skip
    indexes = (
        IndexModel(
            [("applicant_id", ASCENDING), ("matter_id", ASCENDING)],
            name="one_open_application_for_one_matter",
            unique=True,
            partialFilterExpression={"open": True},
        ),
        IndexModel(
            [("applicant_id", ASCENDING), ("submitted_at", DESCENDING), ("_id", DESCENDING)],
            name="of_an_applicant",
        ),
        _queue("queue_by_receipt", "submitted_at"),
        _queue("queue_by_due_date", "due_at"),
        _desk("desk", "regions", "state"),
        _desk("desk_of_a_matter", "regions", "matter_id", "state"),
        _desk("desk_of_an_office", "regions", "office", "state"),
        _desk("in_hands"),
        IndexModel(
            [
                ("regions", ASCENDING),
                ("name_hash", ASCENDING),
                ("submitted_at", DESCENDING),
                ("_id", DESCENDING),
            ],
            name="of_a_name",
        ),
        IndexModel(
            [("regions", ASCENDING), ("act_by", ASCENDING), ("_id", ASCENDING)],
            name="escalated",
            partialFilterExpression={"escalated": {"$gt": 0}},
        ),
        IndexModel(
            [("regions", ASCENDING), ("calendar", ASCENDING), ("_id", ASCENDING)],
            name="counted_by_a_calendar",
            partialFilterExpression=WHILE_OPEN,
        ),
        IndexModel(
            [("reviewed_from", ASCENDING)],
            name="second_handling",
            partialFilterExpression={"reviewed_from": {"$gt": ""}},
        ),
        IndexModel([("files.id", ASCENDING)], name="reused_file", partialFilterExpression={"reuses": True}),
        IndexModel([("due_at", ASCENDING)], name="undecided", partialFilterExpression={"state": "accepted"}),
    )

    def late(self, now: datetime) -> list[dict]:
        """Find what was accepted and is not decided within what the office has promised."""
        return [{"state": "accepted", "due_at": {"$lt": now}}]

    def conflict(self, index: str) -> Conflict:
        """Say that the first application is still open."""
        return Conflict("application.open_already", "您已有同一事项的申请正在办理，请等它办结或先撤回。")

    def only_one_is_open(self, applicant_id: str, matter_id: str) -> None:
        """Raise Conflict beside an open application of a person for a matter."""
        where = {"applicant_id": applicant_id, "matter_id": matter_id, "open": True}
        if self.documents.find_one(where, {"_id": 1}):
            raise self.conflict("")

    def open_one(self, applicant_id: str, matter_id: str) -> Application | None:
        """Find the open application of a person for a matter."""
        where = {"applicant_id": applicant_id, "matter_id": matter_id, "open": True}
        found = self.documents.find_one(where, {"_id": 1})
        return self.get(found["_id"]) if found else None

    def is_handled_again(self, id: str) -> bool:
        """Tell whether an application is the second handling of this one."""
        where = {"$and": [{"reviewed_from": id}, {"reviewed_from": {"$gt": ""}}]}
        return self.documents.find_one(where, {"_id": 1}) is not None

    def to_document(self, aggregate: Application) -> dict:
        """Note at each save whether it is open and uses files of another, and by which hash of the name it is found; an erased one is seen by the county alone."""
        document = {**super().to_document(aggregate), "open": aggregate.state in OPEN_STATES}
        document["reuses"] = any(one.get("reused") or one.get("carried") for one in aggregate.files)
        if "sealed" in document:
            document["name_hash"] = self.name_hash(aggregate.applicant_name)
        if aggregate.erased:
            document["regions"], document["name_hash"] = path_of(aggregate.region)[:1], ""
        return document

    def of_number(self, number: str) -> list[Application]:
        """Find the applications of a short number: one, none, or two that share it (`short_numbers`); an erased one is none."""
        if not short_numbers.is_right(number):
            return []
        where = {"_id": short_numbers.ids_of(number), "erased": {"$ne": True}}
        found = self.documents.find(where, {**HOUSEKEEPING, "requests": 0}).limit(SHARED)
        return [self.from_document(one) for one in found]

    def look_up_code(self, application: Application) -> str:
        """Give the code by which an application is followed without an account: it follows from the id, and is kept nowhere."""
        keyed = self.vault.hashed("progress_look_up", f"{application.id}:{application.look_up_round}")
        return code_of(keyed)

    def name_hash(self, name: str) -> str:
        """Give the keyed hash under which an applicant's name is found."""
        return self.vault.hashed("applicant_name", name)

    def claim(self, application: Application, call: Call) -> bool:
        """Let an official have what nobody has, in one conditional write; False where somebody was faster, or it is closed."""
        [(name, told)] = application.claim(call.actor.id, call.now)
        told.pop("state")
        nobodys = {"open": True, "claimed_by": ""}
        mine = {name: getattr(application, name) for name in ("claimed_by", "claimed_at", "handed_by")}
        return self.apply(application.id, nobodys, mine, call, (name, told, {"state": "$state"}))

    def holds_file(self, application_id: str, file_id: str, now: datetime) -> bool | datetime:
        """Tell whether an application that names this file, or one that took it over, may still need it: True for as long as it stays, else until when."""
        own = self.documents.find({"_id": application_id, "files.id": file_id}, ENDED)
        taken_over = self.documents.find({"reuses": True, "files.id": file_id}, ENDED)
        ends = [
            a_file_is_kept_until(
                file_id,
                one["closed_at"],
                one["outcome"],
                one.get("files_kept_years", 0),
                one.get("verified", []),
            )
            for one in (*own, *taken_over)
        ]
        return the_longest_term_counts(ends, now)

    def with_verified(self, id: str) -> Application | None:
        """Find an application of which what was verified may be used again; None where it ended without a decision, or is gone."""
        with suppress(NotFound):
            found = self.get(id)
            declined = found.state == "rated" and found.outcome is None
            if found.state in VERIFIED_IN and not declined and not found.erased:
                return found
        return None

    def ids_with_verified(self, applicant_id: str) -> list[str]:
        """List the ids of a person's applications in which something was verified."""
        where = {"applicant_id": applicant_id, "verified.0": {"$exists": True}}
        return [one["_id"] for one in self.documents.find(where, {"_id": 1})]

    def tell_of_file(self, application_id: str, file_id: str, state: str, call: Call) -> bool:
        """Write down what a virus scanner said of a file; False where no application names it (yet). Repeatable, also at once."""
        try:
            application = self.get(application_id)
            events = application.file_was_checked(file_id, state)
            if events:
                self.save(application, events, call.without_key())
        except (NotFound, VersionConflict):
            return False
        return True

    def note_look(self, id: str, file_id: str, official: str, now: datetime) -> None:
        """Note when an official first opened a file; the version moves, so that nobody takes it away meanwhile. Repeatable."""
        not_yet = {"id": file_id, "looks.by": {"$ne": official}}
        look = {"$push": {"files.$.looks": {"by": official, "at": now}}, "$inc": {"version": 1}}
        self.documents.update_one({"_id": id, "files": {"$elemMatch": not_yet}}, look)

    def counted_by_an_older_calendar(self, county: str, number: int, most: int) -> list[str]:
        """Give the ids of a county's open applications whose dates were counted before its calendar's last change."""
        where = {"regions": county, "open": True, "calendar": {"$lt": number}}
        found = self.documents.find(where, {"_id": 1}).sort([("calendar", 1), ("_id", 1)]).limit(most)
        return [one["_id"] for one in found]

    def in_hand_of(self, official: str, most: int) -> list[str]:
        """Give the ids of open applications that an official has in hand."""
        found = self.documents.find({"claimed_by": official, "open": True}, {"_id": 1}).limit(most)
        return [one["_id"] for one in found]

    def from_row(self, document: dict) -> Application:
        """Rebuild an application that was loaded without what a list does not show; it is never saved."""
        return self.from_document({"required": [], **document})
