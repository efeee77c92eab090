"""The files that were handed in for an application's materials; a part of the application (`model.py`).

The application names its files, so that limit, state and file are decided in one write; the files themselves are held by the service's
`received_files`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from services.affairs.matters.applications import file_rules as rules
from services.affairs.matters.applications.materials import same
from services.chassis.core.errors import NotFound

Told = list[tuple[str, dict]]
FROM_BEFORE = {"state": "kept", "type": "image/jpeg", "pages": 0, "reused": None}
"""What was handed in before there were a scanner and PDFs, and for this case itself."""


@dataclass
class WithFiles:
    """`files` are {id, material, round, added_at, looks, state, type, pages} and the picture's measures, in the order in which they came; the id is its file's.

    `state` is its file's, checking, kept or infected; what stands here without one was kept before there was a scanner.
    `material` is the published name, `round` how many notices there were when it came, `looks` which officials opened it first when,
    as {by, at}. Nothing that the applicant typed: also not what the file was called on the phone. `originals_opened` are {file_id, material, by,
    at, until, ground, reason}: what officials had opened as it was sent, and why; it stays where the file does not.
    """

    files: list[dict] = field(default_factory=list, kw_only=True)
    originals_opened: list[dict] = field(default_factory=list, kw_only=True)

    state = ""
    """The application's own: nothing here changes it."""

    @property
    def round(self) -> int:
        """How many notices there were: after each the limits begin anew."""
        raise NotImplementedError

    @property
    def shown_files(self) -> list[dict]:
        """Give the files as they are shown: when the office first looked at each, and whether the applicant may take it away."""
        may = self.state in rules.COME
        return [
            {
                **FROM_BEFORE,
                **one,
                "opened_at": one["looks"][0]["at"] if one["looks"] else None,
                "kept_until": self.file_kept_until(one["id"]),
                "removable": may and not one["looks"] and one["round"] == self.round,
            }
            for one in self.files
        ]

    def file_kept_until(self, file_id: str) -> datetime | None:
        """Give the end of a file, None as long as the application stays or nobody knows."""
        raise NotImplementedError

    def come_as_files(self) -> set[str]:
        """The names of the materials for which there are files, as they are compared; one that was infected has not come."""
        return {same(one["material"]) for one in self.files if _stands(one)}

    def takes_a_file(self, number: int, count: int = 1) -> str:
        """Give the name of the material with this number; raises Conflict, NotFound or Rejected where it does not take so many files more."""
        rules.materials_come_until_the_office_takes_it_up(self.state)
        material = rules.only_what_the_matter_asks_for_is_handed_in(self._asked_for(), number)
        now = [one for one in self.files if one["round"] == self.round and _stands(one)]
        rules.a_material_takes_so_many_files(sum(one["material"] == material for one in now) + count - 1)
        rules.an_application_takes_so_many_files(len(now) + count - 1)
        return material

    def add_file(self, file_id: str, number: int, measures: dict[str, int], now: datetime) -> Told:
        """Hand in one file more; the same again changes nothing. Raises as `takes_a_file`."""
        if any(one["id"] == file_id for one in self.files):
            return []
        material = self.takes_a_file(number)
        made = {"id": file_id, "material": material, "round": self.round, "added_at": now, "looks": []}
        self.files = [*self.files, {**made, **measures}]
        return [self._of_a_file("application.file_added", file_id)]

    def file_was_checked(self, file_id: str, state: str) -> Told:
        """The scanner's word on a file, kept or infected; the same again tells nothing. Raises NotFound where there is none such."""
        if self.file(file_id).get("state", "kept") == state:
            return []
        self.files = [{**one, "state": state} if one["id"] == file_id else one for one in self.files]
        return [
            self._of_a_file(
                "application.file_infected" if state == "infected" else "application.file_cleared", file_id
            )
        ]

    def open_original(self, file_id: str, by: str, ground: str, reason: str, now: datetime) -> Told:
        """An official has it opened for proof, which is a look as well. Raises NotFound where it is not there, Rejected for what has no original."""
        found = self.file(file_id)
        rules.only_a_pdf_has_an_original(found.get("pages", 0))
        rules.originals_are_opened_so_many_times(len(self.originals_opened))
        opened = {"file_id": file_id, "material": found["material"], "by": by, "at": now}
        why = {"until": now + rules.PROOF_LASTS, "ground": ground, "reason": reason}
        self.originals_opened = [*self.originals_opened, {**opened, **why}]
        if not any(look["by"] == by for look in found["looks"]):
            looked = {**found, "looks": [*found["looks"], {"by": by, "at": now}]}
            self.files = [looked if one["id"] == file_id else one for one in self.files]
        name, told = self._of_a_file("application.original_opened", file_id)
        return [(name, {**told, "official_id": by})]

    def has_opened(self, file_id: str, by: str, now: datetime) -> bool:
        """Tell whether an official has said why within the hour."""
        own = [one for one in self.originals_opened if (one["file_id"], one["by"]) == (file_id, by)]
        return any(now < one["until"] for one in own)

    def remove_file(self, file_id: str) -> Told:
        """Take one away; raises NotFound where there is none such, Conflict where it stays."""
        found = self.file(file_id)
        rules.materials_come_until_the_office_takes_it_up(self.state)
        rules.what_the_office_has_looked_at_stays(bool(found["looks"]), found["round"] < self.round)
        self.files = [one for one in self.files if one["id"] != file_id]
        return [self._of_a_file("application.file_removed", file_id)]

    def file(self, file_id: str) -> dict:
        """Give a file; raises NotFound where it has none such."""
        found = next((one for one in self.files if one["id"] == file_id), None)
        if found is None:
            raise NotFound("application.no_such_file", "没有找到这个文件，可能已经删去，请刷新后再看。")
        return found

    def _of_a_file(self, name: str, file_id: str) -> tuple[str, dict]:
        return name, {**self._told(), "file_id": file_id}

    def _asked_for(self) -> list[str]:
        """Give the names of the materials that the matter asks for."""
        raise NotImplementedError

    def _told(self) -> dict:
        """Give what every event of it says."""
        raise NotImplementedError


def _stands(file: dict) -> bool:
    """Whether it is, or will be, there to be looked at."""
    return file.get("state") != "infected"
