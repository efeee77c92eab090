"""What waits for whom, and when and in which words officials are told."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from services.chassis.core.clock import CHINA

if TYPE_CHECKING:
    from services.identity.officials.digests.ports import IsWorking


FROM, UNTIL = time(8, 30), time(12, 0)
"""Chinese time: told after the quiet hours; a platform that was down until noon lets the day pass."""

WAITS = {
    ("identity.resident", "pending"): "certifications",
    ("affairs.application", "submitted"): "to_accept",
    ("affairs.application", "supplemented"): "to_accept",
    ("affairs.application", "accepted"): "to_decide",
    ("market.listing", "offered"): "to_endorse",
    ("market.claim", "disputed"): "to_rule_on",
}
"""In which state of which noun something waits for an official, and what it waits for."""

WORDS = {
    "certifications": "{} 位居民待认证",
    "to_accept": "{} 件申请待受理",
    "to_decide": "{} 件申请待办结",
    "to_endorse": "{} 件农产品待核实",
    "to_rule_on": "{} 件退款争议待处理",
}

DUTIES = {
    "county_administrator": ("certifications",),
    "town_administrator": ("certifications",),
    "village_administrator": ("certifications", "to_endorse"),
    "clerk": ("to_accept", "to_decide", "to_rule_on"),
}
"""What is counted for a role: what it decides, or answers for."""


def what_waits(event: str, state: str | None) -> str | None:
    """What a thing waits for after an event, None where for nothing."""
    return WAITS.get((event.rpartition(".")[0], state)) if state else None


def morning_of(now: datetime, is_working: IsWorking) -> str | None:
    """The day whose digest is due now, None where none is: only on working days, in the morning."""
    local = now.astimezone(CHINA)
    due = FROM <= local.time() < UNTIL and is_working(local.date())
    return local.date().isoformat() if due else None


def for_a_stand_in(text: str) -> str:
    """Say that it is about the region of who is away."""
    return f"（代班）{text}"


def sentence(counts: dict[str, int]) -> str | None:
    """What an official is told, None where nothing waits: nobody is told that there is nothing to do."""
    parts = [WORDS[what].format(count) for what, count in counts.items() if count]
    return f"早上好，您辖区内有{'、'.join(parts)}，请及时处理。" if parts else None
