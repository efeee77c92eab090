"""A result on paper: making -> issued -> revoked; the rules stand in `rules.py`."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.affairs.matters.results import rules
from services.affairs.matters.results.wording import ResultWording, number_of
from services.civic.masking import mask_name

VERIFY = "/verify"
"""The page that verifies papers, and below it the one that a QR code leads to."""

MADE_ANEW = timedelta(minutes=2)
"""After so long the clock makes a paper that has its number and was not finished: longer than any request takes."""

Told = list[tuple[str, dict]]


@dataclass
class Result:
    """The paper of one decision.

    `series` is the county whose offices' numbers it is counted in, `year` the year in China, `serial` the number without gaps; `number` is
    all of it as it is written. `token_hash` and `check_hash` are keyed hashes: of the token in the QR code, and of the characters
    on the paper beside it; the token itself is sealed. `digest` is the SHA-256 of the signed file, `file_id` names it. `more` is what the office
    added. `replaces` is the number of the revoked one in whose place it stands, `replaces_id` its id. `address` is {recipient, phone, address} where it
    is posted. `due` is when the clock makes it. `region` is read in `edition`; `formerly` are {edition, code} that it had before.
    """

    id: str
    region: str
    applicant_id: str
    application_id: str
    matter_id: str
    matter_name: str
    matter_kind: str
    office: str
    kind: str
    holder_name: str
    submitted_at: datetime
    decided_at: datetime
    series: str
    year: int
    numbered_at: datetime
    issued_by: str
    token: str
    token_hash: str
    check_hash: str
    due: datetime | None
    more: str = ""
    serial: int = 0
    number: str = ""
    replaces: str = ""
    replaces_id: str = ""
    state: str = "making"
    issued_at: datetime | None = None
    digest: str = ""
    file_id: str = ""
    delivery: str = "page"
    address: dict | None = None
    handed_at: datetime | None = None
    handed_by: str = ""
    handed_note: str = ""
    revoked_at: datetime | None = None
    revoked_by: str = ""
    reason: str = ""
    erased: bool = False
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    @property
    def shown_name(self) -> str:
        """The holder's name with all but its first and last character hidden; "" where nobody's is kept any more."""
        return mask_name(self.holder_name) if self.holder_name else ""

    @property
    def stands(self) -> bool:
        """Whether it is the application's paper, or about to be."""
        return self.state in rules.STANDING

    @property
    def awaits(self) -> bool:
        """Whether somebody waits that it is handed over."""
        return self.state == "issued" and self.delivery != "page" and self.handed_at is None

    @property
    def verify_path(self) -> str:
        """Where everybody sees whether it is true, on the platform's own address; "" until it is issued, and once nobody's name is kept."""
        return f"{VERIFY}/{self.token}" if self.token and self.state != "making" else ""

    @property
    def wording(self) -> ResultWording:
        """What stands on it."""
        return ResultWording(
            self.kind,
            self.holder_name,
            self.matter_name,
            self.matter_kind,
            self.office,
            self.application_id,
            self.more,
            self.replaces,
        )

    def take_number(self, serial: int) -> None:
        """Be the next one of its office and year."""
        self.serial, self.number = serial, number_of(self.office, self.year, serial)

    def issue(self, file_id: str, digest: str, now: datetime) -> Told:
        """It is made: from now on it can be fetched, and verified."""
        self.state, self.issued_at, self.due = "issued", now, None
        self.file_id, self.digest = file_id, digest
        replaced = {"replaces_id": self.replaces_id} if self.replaces_id else {}
        return [("result.issued", {**self._told(), **replaced})]

    def choose_delivery(self, way: str, address: dict | None) -> Told:
        """The applicant says how it shall come; raises Rejected without the address that a letter needs, Conflict once it is handed over."""
        rules.only_what_is_issued(self.state)
        rules.a_delivery_is_changed_until_it_is_done(self.handed_at is not None)
        rules.what_is_posted_has_an_address(way, address)
        self.delivery, self.address = way, address
        return [("result.delivery_chosen", {**self._told(), "way": way})]

    def hand_over(self, by: str, note: str, now: datetime) -> Told:
        """The office gave it to the applicant, or to the post."""
        rules.only_what_is_issued(self.state)
        rules.what_comes_by_the_page_alone_is_not_handed_over(self.delivery)
        rules.a_delivery_is_changed_until_it_is_done(self.handed_at is not None)
        self.handed_at, self.handed_by, self.handed_note = now, by, note
        return [("result.handed_over", {**self._told(), "way": self.delivery})]

    def revoke(self, by: str, reason: str, now: datetime) -> Told:
        """The office takes it back and says why; whoever verifies it is told so from now on."""
        rules.only_what_is_issued(self.state)
        self.state, self.revoked_at, self.revoked_by, self.reason = "revoked", now, by, reason
        return [("result.revoked", self._told())]

    def erase(self, person: str, now: datetime) -> Told:
        """Erase whom it is of: whether a paper with this number is true stays known, whose it was does not; the file goes with the person's files.

        Source: 个人信息保护法 art. 47(2); the decision itself stays on file with the application.
        """
        self.holder_name, self.more, self.token, self.handed_note, self.reason = "", "", "", "", ""
        self.address, self.file_id, self.due = None, "", None
        self.erased = True
        return []

    def _told(self) -> dict:
        ids = {"result_id": self.id, "application_id": self.application_id, "applicant_id": self.applicant_id}
        return {**ids, "matter_id": self.matter_id, "matter_name": self.matter_name, "state": self.state}
