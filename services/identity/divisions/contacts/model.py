"""The contact of an office and its one rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.chassis.core.errors import Rejected

DIGITS_OF_A_TOWN = 9
Events = list[tuple[str, dict]]


@dataclass
class Contact:
    """How an office is reached; the id is its region, `told_at` when it was last told."""

    id: str
    region: str
    phone: str
    address: str | None
    hours: str | None
    told_at: datetime
    edition: str = ""
    version: int = 0

    def tell(self, phone: str, address: str | None, hours: str | None, now: datetime) -> Events:
        """Tell it, or tell it anew."""
        self.phone, self.address, self.hours, self.told_at = phone, address, hours, now
        return [("contact.told", {"phone": phone})]


def only_a_town_or_a_village_has_a_contact(region: str) -> None:
    """The county is reached by the hotline 12345."""
    if len(region) < DIGITS_OF_A_TOWN:
        raise Rejected("contact.no_office", "联系电话按镇（街道）或村（社区）登记，请选择镇或村。")
