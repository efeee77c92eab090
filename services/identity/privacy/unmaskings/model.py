"""A look at personal data, and which role may look what for."""

from dataclasses import dataclass
from datetime import datetime

from services.chassis.core.errors import Forbidden

PURPOSES_OF_ROLE = {
    "village_administrator": frozenset({"certification", "correction", "home_visit", "emergency"}),
    "town_administrator": frozenset({"certification", "correction", "home_visit", "emergency"}),
    "county_administrator": frozenset({"merge", "emergency"}),
}
"""What each role needs personal data for (个人信息保护法 art. 6: no more than the purpose needs)."""

MANDATE_PAPER = "mandate_paper"
"""The purpose of nothing but looking at the paper of a mandate, which tells of two: it is noted where the paper is shown."""

OWN_COPY = "own_copy"
"""The purpose that no official has: somebody took a copy of the own data."""


@dataclass
class Unmasking:
    """One look of one official at one resident; it is never changed."""

    id: str
    region: str
    resident_id: str
    official_id: str
    role: str
    purpose: str
    reason: str
    made_at: datetime
    edition: str = ""
    version: int = 0

    def made(self) -> list[tuple[str, dict]]:
        """The events of a look."""
        fact = {"disclosure_id": self.id, "resident_id": self.resident_id, "purpose": self.purpose}
        return [("disclosure.made", fact)]


def the_role_that_needs_it(roles: list[str], purpose: str) -> str:
    """The role as which one looks; raises Forbidden where none of them has this purpose."""
    for role in roles:
        if purpose in PURPOSES_OF_ROLE.get(role, ()):
            return role
    raise Forbidden(
        "disclosure.not_your_purpose", "您的职务不能以此用途查看完整信息，请核对用途。", purpose=purpose
    )
