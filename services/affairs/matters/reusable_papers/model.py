"""A paper that may be used again: kept -> ended."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.chassis.core.errors import NotFound

STATES = ("kept", "ended")
REMOVED, LEAVE_WITHDRAWN, CASE_OVER = "removed", "leave_withdrawn", "case_over"
WHY_ENDED = (REMOVED, LEAVE_WITHDRAWN, CASE_OVER)
"""Its holder has removed it, has taken the leave back, or the case in which it was verified ended without a decision."""

FORGOTTEN = timedelta(days=7)
"""After its end: so long its id stays, of all that it told emptied, so that the end is told and what its holder removed does not come back."""


@dataclass
class ReusablePaper:
    """`application_id` is the case in which it was verified, of `matter_kind`; `files` are those of its files that were compared with the original.

    `used` are {application_id, matter_name, at}. `why` says why it has ended. `region` is read in `edition`; `formerly` are {edition, code}
    that it had before.
    """

    id: str
    region: str
    holder_id: str
    application_id: str
    material: str
    matter_name: str
    matter_kind: str
    office: str
    verified_at: datetime
    valid_until: datetime
    files: list[str]
    forget_at: datetime
    used: list[dict] = field(default_factory=list)
    state: str = "kept"
    why: str = ""
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    def keep(self) -> list[tuple[str, dict]]:
        """It may be used from now on."""
        return [("reusable_paper.kept", self._told())]

    def note_use(self, application_id: str, matter_name: str, now: datetime) -> list[tuple[str, dict]]:
        """Write down where it was used, which the case tells; raises NotFound where it has ended."""
        only_what_is_kept_is_used(self.state)
        use = {"application_id": application_id, "matter_name": matter_name, "at": now}
        self.used = [*(one for one in self.used if one["application_id"] != application_id), use]
        return []

    def end(self, why: str, now: datetime) -> list[tuple[str, dict]]:
        """Nobody is offered it any more, and nothing of it stays; again changes nothing."""
        if self.state == "ended":
            return []
        self.state, self.why, self.forget_at = "ended", why, now + FORGOTTEN
        self.material, self.matter_name, self.files, self.used = "", "", [], []
        return [("reusable_paper.ended", {**self._told(), "why": why})]

    def _told(self) -> dict:
        ids = {"paper_id": self.id, "holder_id": self.holder_id, "application_id": self.application_id}
        return {**ids, "state": self.state}


def only_what_is_kept_is_used(state: str) -> None:
    """What has ended looks like what never was."""
    if state != "kept":
        raise gone()


def gone() -> NotFound:
    """Give the error for a paper that may not be used."""
    return NotFound(
        "reusable_paper.not_found",
        "没有找到这份证明材料，可能已经删去、过期，或者撤回了同意，请刷新后上传照片。",
    )


def comes_back(why: str) -> bool:
    """Tell whether one that has ended may be kept anew: leave that is given again brings it back, what its holder removed stays away."""
    return why == LEAVE_WITHDRAWN
