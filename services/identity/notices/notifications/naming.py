"""By what a notice is known: its id, and the name of what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.chassis.core.clock import day_of
from services.chassis.core.ids import derived_id

if TYPE_CHECKING:
    from services.identity.notices.notifications.ports import EventToTell

ONCE_A_DAY = ("identity.resident.number_claimed",)
"""What its person is told once a day, however often somebody brings it about."""

TITLES = {
    "affairs.application": "matter_name", "affairs.result": "matter_name", "market.order": "title", "market.payment": "title", "market.claim": "title",
    "market.conversation": "title",
}  # fmt: skip
"""For the events of each noun: the field of their data that names what they are about, so that two notices are told apart."""


def title_of(name: str, data: dict) -> str:
    """What the event names of what it is about: public names, which nothing has to hide; "" where it names nothing."""
    return data.get(TITLES.get(name.rpartition(".")[0], ""), "")


SUBJECTS = {"market.payment": "order_id"}
"""For the events of a noun that a person cannot open: the field of their data that names what the person can."""


def subject_of(event: EventToTell, for_office: bool) -> str:
    """What a notice leads to: for a person what they know and can open, for an office what the event is about."""
    field = None if for_office else SUBJECTS.get(event.name.rpartition(".")[0])
    return event.data[field] if field else event.subject


def id_of(event: EventToTell, person: str) -> str | None:
    """The id of a notice that comes once a day; None where each event has its own.

    What strangers can bring about again and again must not become a way to flood somebody.
    """
    if event.name not in ONCE_A_DAY:
        return None
    return derived_id("notice once a day", event.name, person, day_of(event.time).isoformat())
