"""What reports need of other capabilities; `services/integrity/service.py` says who gives it."""

from typing import Protocol


class Categories(Protocol):
    """The taxonomy."""

    def must_be_a_leaf(self, id: str) -> dict:
        """Find the category that a report is filed under, with its `full_name`; raises Rejected above the third level."""


class Places(Protocol):
    """The divisions, as far as integrity knows them."""

    def edition_of(self, code: str) -> str:
        """Say in which edition somebody means the code, "" while none is known; raises Rejected for an unknown one."""


class People(Protocol):
    """The residents, as far as integrity knows them."""

    def is_certified(self, resident_id: str) -> bool:
        """Tell whether a village vouches for this resident."""


class Receipts(Protocol):
    """The receipts of reports: derived, and kept as keyed hashes only."""

    def issue(self, call_key: str) -> str:
        """Derive the receipt of a submission; the same key gives the same one again."""

    def stored(self, receipt: str) -> str:
        """Hash a receipt, or whatever somebody typed as one, as it is stored."""

    def untraceable(self, call_key: str, fingerprint: str) -> tuple[str, str]:
        """Derive the key and fingerprint under which an anonymous call is remembered."""

    def count_failure(self) -> None:
        """Count a look-up that found nothing; raises Unavailable past the minute's limit."""
