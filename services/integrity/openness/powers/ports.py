"""What powers need of other capabilities; `services/integrity/service.py` says who gives it."""

from typing import Protocol


class Categories(Protocol):
    """The taxonomy of complaints."""

    def must_be_known(self, full_names: list[str]) -> None:
        """Raise Rejected where one of these is no category's full name."""
