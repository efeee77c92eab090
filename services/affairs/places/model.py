"""That affairs has followed one adoption."""

from dataclasses import dataclass


@dataclass
class Followed:
    """Everything of affairs has moved; the id is the adoption's."""

    id: str
    region: str
    version: int = 0

    def followed(self) -> list[tuple[str, dict]]:
        """Give the event that says so."""
        return [("adoption.followed", {"adoption_id": self.id})]
