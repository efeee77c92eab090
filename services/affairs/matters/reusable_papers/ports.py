"""What papers need of applications; `services/affairs/service.py` says who gives it."""

from __future__ import annotations

from typing import Protocol


class CaseWithVerified(Protocol):
    """A case; `verified` are {material, at, valid_until, files} of what was compared with its original in it."""

    id: str
    region: str
    edition: str
    applicant_id: str
    matter_name: str
    matter_kind: str | None
    office: str
    verified: list[dict]


class Cases(Protocol):
    """The applications."""

    def with_verified(self, id: str) -> CaseWithVerified | None:
        """Find a case of which verified materials may be kept; None where it ended without a decision, or is gone."""

    def ids_with_verified(self, applicant_id: str) -> list[str]:
        """List the ids of a person's cases in which something was verified."""
