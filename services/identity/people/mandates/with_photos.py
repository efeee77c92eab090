"""The photos of the paper on which a mandate was given; a part of the mandate (`model.py`).

The mandate names its photos, so that limit, state and photo are decided in one write; the files themselves are held by the service's
`received_files`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from services.chassis.core.errors import NotFound
from services.identity.people.mandates import photo_rules as rules

Told = list[tuple[str, dict]]


@dataclass
class WithPhotos:
    """`photos` are {id, added_at, added_by} and the picture's measures, in the order in which they came; the id is its file's.

    None: it was given online, or recorded by 0.1.0, whose one photo stands in `mandate_papers`. `photo_changes` are {at, by, reason} of
    photos that were taken away after the helper had accepted.
    """

    photos: list[dict] | None = field(default=None, kw_only=True)
    photo_changes: list[dict] = field(default_factory=list, kw_only=True)

    state = ""
    origin = ""
    """The mandate's own: nothing here changes them."""

    @property
    def shown_photos(self) -> list[dict]:
        """Give the photos that may still be seen: none of a mandate that is over, also while their files are being erased."""
        return list(self.photos or []) if self.state in rules.LIVING else []

    @property
    def photos_missing(self) -> bool:
        """Tell whether the village still has to take a picture of the paper."""
        return self.photos == [] and self.state in rules.LIVING

    def takes_a_photo(self) -> None:
        """Raises Conflict or Rejected where it takes none (more)."""
        rules.only_a_mandate_on_paper_has_photos(self.origin)
        rules.photos_come_and_go_while_it_lives(self.state)
        rules.a_paper_has_so_many_photos(len(self.photos or []))

    def add_photo(self, file_id: str, by: str, measures: dict[str, int], now: datetime) -> Told:
        """Add one behind the others; the same again changes nothing. Raises as `takes_a_photo`."""
        if any(one["id"] == file_id for one in self.photos or []):
            return []
        self.takes_a_photo()
        self.photos = [*(self.photos or []), {"id": file_id, "added_at": now, "added_by": by, **measures}]
        return [self._of_a_photo("mandate.photo_added", file_id)]

    def remove_photo(self, file_id: str, by: str, reason: str, now: datetime) -> Told:
        """Take one away; raises NotFound where there is none such, Conflict or Rejected where it stays."""
        rules.photos_come_and_go_while_it_lives(self.state)
        self.photo(file_id)
        rules.a_confirmed_mandate_keeps_its_paper(self.state, len(self.photos or []), reason)
        self.photos = [one for one in self.photos or [] if one["id"] != file_id]
        if reason:
            self.photo_changes = [*self.photo_changes, {"at": now, "by": by, "reason": reason}]
        return [self._of_a_photo("mandate.photo_removed", file_id)]

    def photo(self, file_id: str) -> dict:
        """Give a photo; raises NotFound where it shows none such."""
        found = next((one for one in self.shown_photos if one["id"] == file_id), None)
        if found is None:
            raise NotFound("mandate.no_such_photo", "没有找到这张照片，可能已经去掉，请刷新后再看。")
        return found

    def forget_photos(self) -> list[str]:
        """It is over: name no photo any more; gives the ids of the files to erase."""
        ids = [one["id"] for one in self.photos or []]
        self.photos = [] if self.photos else self.photos
        return ids

    def _of_a_photo(self, name: str, file_id: str) -> tuple[str, dict]:
        return name, {**self._told(), "state": self.state, "photo_id": file_id}

    def _told(self) -> dict:
        """Give what every event of it says."""
        raise NotImplementedError
