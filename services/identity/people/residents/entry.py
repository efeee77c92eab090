"""What an entry holds. Each part of a resident's life (`appeals.py`, `moves.py`, ...) builds on it and changes its own fields."""

from dataclasses import dataclass, field
from datetime import datetime

from services.identity.people.papers import ID_CARD


@dataclass
class Entry:
    """The fields of one person in one village, as they are stored.

    `decide_by` is the end of the village's time, `appeal_by` that of the time for an appeal. `region` is read in `edition`;
    `formerly` are {edition, code} that it had before. `awaiting` is a village that was split: then the region is the county
    until somebody says to which part this person belongs. `claims` is the hash of a number that another entry holds (`doubles.py`).
    `request` is {kind, asked_at, ...} (`requests.py`), `report` and `ended` are of `endings.py`, `matched` and `seen` of `levels.py`.
    `credentials` counts the changes of the password. `ending_hash` is of the number's last four characters, which a sign-in by code asks for ("" in entries from before 0.2.0).
    `of_age_at` is kept of who is under 18 (`people/ages.py`). `double_of` is another entry that seems to be the same person's, from before one number was one person's whatever the paper.
    `phone_key` is the keyed hash by which the phone is found ("" in entries from before 0.2.0, which hold theirs); the rest of the
    phone is of `phones.py`, `phones_before` {phone, until} too.
    """

    id: str
    region: str
    name: str
    id_number_hash: str
    masked_id_number: str
    phone: str
    password_hash: str
    registered_at: datetime
    paper: str = ID_CARD
    state: str = "pending"
    assurance: int = 0
    decided_by: str | None = None
    decided_at: datetime | None = None
    reason: str | None = None
    decide_by: datetime | None = None
    escalated_at: datetime | None = None
    appeal_by: datetime | None = None
    appeal: dict | None = None
    request: dict | None = None
    wanted: dict | None = None
    answer: dict | None = None
    report: dict | None = None
    ended: dict | None = None
    revived: dict | None = None
    merged_into: str | None = None
    matched: dict | None = None
    seen: dict | None = None
    sight_revoked: dict | None = None
    notice_version: int | None = None
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    awaiting: str | None = None
    claims: str | None = None
    words: dict[str, str] = field(default_factory=dict)
    ending_hash: str = ""
    credentials: int = 0
    double_of: str | None = None
    phone_key: str = ""
    phone_held: bool = True
    phone_proved_at: datetime | None = None
    phone_lost_at: datetime | None = None
    phones_before: list[dict] = field(default_factory=list)
    phone_changed_at: datetime | None = None
    of_age_at: datetime | None = None
    version: int = 0

    def _events(self, verb: str, **more: object) -> list[tuple[str, dict]]:
        """Make the one event of what has happened: every one says who, in which state and in which edition."""
        fact = {"resident_id": self.id, "state": self.state, "edition": self.edition}
        return [(f"resident.{verb}", {**fact, **more})]
