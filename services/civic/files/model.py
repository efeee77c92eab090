"""A file that somebody hands in, and the rules of its way: receiving -> (checking ->) kept, or refused, or infected.

Its pieces are sealed under `key`; without it nobody reads them again, so that to erase a file is to forget its key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.chassis.core.errors import Conflict, Rejected

STATES = ("receiving", "checking", "kept", "refused", "infected")
TAKEN = ("checking", "kept", "infected")
"""States of what was whole and was what it had to be: its subject may hold it; only what is kept is shown."""

SENT, LARGE, THUMBNAIL = "sent", "large", "thumbnail"
DOCUMENT, ORIGINAL = "document", "original"
"""Variants: as it was sent, until it was looked at, and what is kept of it: of a PDF the cleaned one, and what was sent for proof."""

PIECE_BYTES = 255 * 1024
"""Of one piece at most: as text in one message of RPC it stays a third of a megabyte, and a document far below 16 MB."""

MOST_BYTES = 15_000_000
"""Of one file: a phone's photo of 50 million pixels has 12 MB."""

MOST_PIECES = -(-MOST_BYTES // PIECE_BYTES)
MOST_OPEN = 20
"""Files of one person that are being received at a time: who breaks off again and again fills no disk, for the oldest makes room."""

TAKE_DOCUMENTS = ("application_file",)
"""Purposes for which a PDF is taken beside pictures."""

LAPSES = timedelta(hours=48)
"""After so long nobody goes on with a file that was begun."""

LOOKED_AT = timedelta(hours=1)
"""After so long the clock looks whether a file that was to be taken or given up is held; longer than any request takes."""

SCAN_LEASE = timedelta(minutes=2)
"""So long a file is one checker's, longer than a scan may take; of two that scan it nevertheless one word counts."""

UNHELD = timedelta(seconds=30)
"""After so long a subject that did not hold the file yet is told once more what was found."""

SCAN_PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 10, 30, 60, 120, 300))
"""Before a silent scanner is asked again about a file; the last one from then on."""

ADDRESSES = {
    "listing_photo": "/listings/{subject}/photos/{id}",
    "application_file": "/applications/{subject}/files/{id}",
    "mandate_photo": "/mandates/{subject}/photos/{id}",
    "result": "/results/{subject}/file",
}
"""Where a file of each purpose is fetched from, of the public API: what its owner's copy says."""


@dataclass
class StoredFile:
    """One file: `owner_id` is whose it is, `subject` what it is for (a listing's id), by its `purpose`.

    `due` is when the clock looks at it: whether it lapsed, or whether its subject holds it; None once it is held for good. `type` is
    the media type of what is kept; sizes of pictures are in pixels, of a PDF those of its first page; `size` in bytes as it was sent. `scan_at` is when the scanner is
    asked, or the subject told what it found, after `scan_tries` tries; None where nothing of it is left to do.
    """

    id: str
    region: str
    owner_id: str
    purpose: str
    subject: str
    begun_at: datetime
    due: datetime | None
    key: bytes | None
    state: str = "receiving"
    size: int = 0
    type: str = ""
    large_bytes: int = 0
    thumbnail_bytes: int = 0
    width: int = 0
    height: int = 0
    thumbnail_width: int = 0
    thumbnail_height: int = 0
    document_bytes: int = 0
    pages: int = 0
    checking_since: datetime | None = None
    scan_at: datetime | None = None
    scan_tries: int = 0
    version: int = 0

    @property
    def holds_what_was_sent(self) -> bool:
        """Whether the pieces are needed as they were sent: until they were looked at, of a PDF for proof."""
        return self.state in ("receiving", "checking") or (self.state == "kept" and self.pages > 0)

    def bytes_of(self, variant: str) -> int:
        """Say how long a variant is; 0 where there is none such."""
        if variant == ORIGINAL:
            return self.size if self.pages else 0
        held: int = getattr(self, f"{variant}_bytes")
        return held

    @property
    def address(self) -> str:
        """Say where its owner fetches it."""
        return ADDRESSES[self.purpose].format(subject=self.subject, id=self.id)

    def receive_anew(self, key: bytes, now: datetime) -> None:
        """Begin once more with a file that was refused."""
        self.state, self.key, self.due = "receiving", key, now + LAPSES

    def keep(self, size: int, type: str, now: datetime, **measures: int) -> None:
        """It is what it has to be; until its subject holds it the clock looks after it."""
        self.state, self.size, self.type, self.due = "kept", size, type, now + LOOKED_AT
        for name, value in measures.items():
            setattr(self, name, value)

    def check(self, now: datetime) -> None:
        """It is kept only once a scanner has found nothing in it; until then nobody is shown it."""
        self.state, self.checking_since, self.scan_at, self.scan_tries = "checking", now, now, 0

    def refuse(self, now: datetime) -> None:
        """It is not: nothing of it can be read any more."""
        self.state, self.key, self.due = "refused", None, now + LAPSES


def making_room(open_now: Sequence[tuple[datetime, str]], own: str) -> list[str]:
    """Name the files, given as (begun, id), that make room for a person's own newest: the oldest of those that are too many.

    Nobody is locked out by what broke off: whoever goes on with one that made room begins it anew.
    """
    others = sorted(one for one in open_now if one[1] != own)
    return [id for _, id in others[: max(len(others) + 1 - MOST_OPEN, 0)]]


def only_what_is_being_received_takes_pieces(state: str) -> None:
    """What was looked at does not change any more."""
    if state != "receiving":
        raise Conflict(
            "file.received_already", "这个文件已经传完，不能再改，请重新选择文件上传。", state=state
        )


def only_what_was_checked_is_opened(state: str) -> None:
    """Raises Conflict for what a scanner has not looked at yet, Rejected for what it found something in."""
    if state == "checking":
        raise Conflict(
            "file.checking", "这个文件正在做安全检查，检查完才能打开，请过几分钟再看。", state=state
        )
    what_is_infected_is_not_taken(state)


def what_is_infected_is_not_taken(state: str) -> None:
    """Who sent it is told what to do: the same file would be found again."""
    if state == "infected":
        raise Rejected(
            "file.infected",
            "这个文件查出病毒，已经删除。请换一部手机或电脑重新拍照或扫描，再上传。",
            state=state,
        )


def scan_pause(tries: int) -> timedelta:
    """Say how long a silent scanner is left alone after so many tries about a file, the first being 1."""
    return SCAN_PAUSES[min(max(tries, 1), len(SCAN_PAUSES)) - 1]


def a_piece_lies_within_a_file(number: int, length: int) -> None:
    """Raises Rejected for a piece that no file of the largest size has, or one that is too long or empty."""
    if number >= MOST_PIECES or not 0 < length <= PIECE_BYTES:
        raise Rejected(
            "file.piece_too_large",
            f"文件最大 {MOST_BYTES // 1_000_000} MB，每段最多 {PIECE_BYTES} 字节，请缩小后重新上传。",
            most_bytes=MOST_BYTES,
            piece_bytes=PIECE_BYTES,
        )


def next_missing(numbers: list[int]) -> int:
    """Give the number of the first piece that is not among these, which rise."""
    return next((at for at, number in enumerate(numbers) if at != number), len(numbers))


def a_file_is_whole(numbers: list[int], size: int, told_size: int) -> None:
    """Raises Rejected, with the number of the first piece that is missing: who sends it goes on there."""
    missing = next_missing(numbers)
    if missing < len(numbers) or size < told_size:
        raise Rejected("file.piece_missing", "文件没有传完整，请再传一次。", next=missing)


def a_file_is_what_was_announced(size: int, digest: str, told_size: int, told_digest: str) -> None:
    """What a broken line or a wrong program made of it is not taken for what somebody meant to send."""
    if (size, digest) != (told_size, told_digest):
        raise Rejected("file.differs", "收到的文件和发送的不一样，请重新上传。", size=size)
