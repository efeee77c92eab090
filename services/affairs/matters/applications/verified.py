"""Materials that were verified against the original at a window, and those that were verified in an earlier case; a part of the application.

What a clerk has verified once is not asked for a second time (国务院关于在线政务服务的若干规定 2019 art. 6: 数据共享; 行政许可法 2019 art. 33).
Papers that may be used again are kept by the capability `reusable_papers`; here stands what was verified of this case, and
which of its files came from another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.affairs.matters.applications import file_rules
from services.affairs.matters.applications import verification_rules as rules
from services.affairs.matters.applications.materials import same
from services.affairs.matters.applications.ports import PaperToUseAgain
from services.affairs.matters.applications.with_files import WithFiles

Told = list[tuple[str, dict]]


@dataclass
class WithVerified(WithFiles):
    """`verifiable` are the published materials of trust B when it was submitted.

    `verified` are {material, by, at, valid_until, files}: the ids of the files that a clerk has compared with the original. A file that
    was verified in an earlier case stands among `files` with `reused`: {paper_id, application_id, matter_name, office, verified_at,
    valid_until}; it is the same file, named by both cases.
    """

    verifiable: list[str] = field(default_factory=list, kw_only=True)
    verified: list[dict] = field(default_factory=list, kw_only=True)

    def verify(self, number: int, by: str, valid_until: datetime, now: datetime) -> Told:
        """A clerk has compared a material with its original; raises Conflict in a state that does not fit and for a second time, Rejected by a rule."""
        rules.materials_are_verified_while_the_case_stands(self.state)
        material = file_rules.only_what_the_matter_asks_for_is_handed_in(self._asked_for(), number)
        rules.only_what_is_used_again_is_verified(material, self.verifiable)
        rules.a_material_is_verified_once(material, [one["material"] for one in self.verified])
        of_it = [one for one in self.files if one["material"] == material and not one.get("reused")]
        ids = [one["id"] for one in of_it if one.get("state", "kept") == "kept"]
        rules.only_what_can_be_looked_at_is_verified(len(ids))
        compared = {"material": material, "by": by, "at": now, "valid_until": valid_until, "files": ids}
        self.verified = [*self.verified, compared]
        return [("application.material_verified", self._told())]

    def reuse(self, paper: PaperToUseAgain, files: Sequence[dict], number: int, now: datetime) -> Told:
        """Take a paper of an earlier case for a material; the same again changes nothing. Raises as `takes_a_file`, Rejected for another material's."""
        if any(one["id"] in paper.files for one in self.files):
            return []
        material = self.takes_a_file(number, len(files))
        rules.a_paper_is_used_for_its_own_material(same(paper.material), same(material))
        whence = {
            "paper_id": paper.id,
            "application_id": paper.application_id,
            "matter_name": paper.matter_name,
            "office": paper.office,
            "verified_at": paper.verified_at,
            "valid_until": paper.valid_until,
        }
        made = {"material": material, "round": self.round, "added_at": now, "looks": [], "reused": whence}
        self.files = [*self.files, *({**one, **made} for one in files)]
        return [("application.paper_reused", {**self._told(), "paper_id": paper.id})]

    def drop_reused(self, paper_id: str) -> Told:
        """The paper ended while it was being taken: the case is as it was before."""
        gone = [one["id"] for one in self.files if (one.get("reused") or {}).get("paper_id") == paper_id]
        self.files = [one for one in self.files if one["id"] not in gone]
        return [self._of_a_file("application.file_removed", id) for id in gone]

    def verified_before(self, now: datetime) -> set[str]:
        """The names, as they are compared, of what was verified in an earlier case and has not lapsed."""
        return {
            same(one["material"])
            for one in self.files
            if one.get("reused") and now <= one["reused"]["valid_until"]
        }

    def wanting(self) -> list[tuple[int, str]]:
        """Give the materials of which nothing has come as a file, by their number."""
        come = self.come_as_files()
        return [(at, name) for at, name in enumerate(self._asked_for(), 1) if same(name) not in come]


def verified_for(material: str) -> timedelta:
    """Say how long what was verified of a material holds where nobody says less; our choice, the law names no time."""
    return timedelta(days=VALID_DAYS.get(same(material), VALID_DAYS_OF_OTHERS))


VALID_DAYS = {
    same(name): days
    for name, days in {
        "居民身份证": 730,
        "居民户口簿": 365,
        "结婚证": 365,
        "残疾人证": 365,
        "不动产权证书": 365,
        "社会保障卡": 365,
        "收入证明": 90,
    }.items()
}
"""By material: what seldom changes holds a year or two, what tells of the last months a quarter."""

VALID_DAYS_OF_OTHERS = 180
