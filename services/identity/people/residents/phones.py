"""A phone belongs to who proves it by a code. Typing it into a form proves nothing: it keeps nobody out, and nobody in.

Several entries may name one phone; one of them at most holds it, which the unique index sees to. Who comes first holds it unproven;
a proof takes it from whoever held it, and never the account that had it. Who lost it keeps password, papers and history.
"""

from datetime import datetime, timedelta
from math import ceil

from services.chassis.core.clock import in_words
from services.chassis.core.errors import TooMany, VersionConflict
from services.identity.people.residents.entry import Entry

PHONE_STATES = ("proven", "unproven", "lost")
HOLDING = ("pending", "certified")
"""The states in which an entry holds a phone that nobody else holds; what is rejected or has ended leaves it free."""


REMEMBERED = timedelta(days=3)
"""How long the phone before a change is kept: longer than a message that warns its person may be on its way."""

MOST_BEFORE = 10
"""Phones of changes within that time, the earliest: whoever changes it again and again does not push out the person's own."""


class PhoneTaken(VersionConflict):
    """Another entry was faster to hold this phone: whoever loads both anew sees it."""


class Phoning(Entry):
    """The phone of an entry: `phone_held`, and proved to be the person's at `phone_proved_at`, or lost at `phone_lost_at`."""

    @property
    def phone_state(self) -> str:
        """What is known of the phone; one that somebody else holds without a proof is unproven like any other: nobody learns of it."""
        if self.phone_lost_at:
            return "lost"
        return "proven" if self.phone_proved_at else "unproven"

    @property
    def phone_vouched(self) -> bool:
        """Whether the phone is this person's by a proof, or by the word of the village that certified the person with it."""
        return self.phone_held and (self.phone_proved_at is not None or self.state == "certified")

    @property
    def wants_phone(self) -> bool:
        """Whether the phone is this entry's as soon as nobody else holds it."""
        return self.state in HOLDING and not self.phone_held and not self.phone_lost_at

    def has_proved(self, phone: str) -> bool:
        """Whether there is nothing left to prove."""
        return self.phone == phone and self.phone_held and self.phone_proved_at is not None

    def prove_phone(self, phone: str, now: datetime) -> list[tuple[str, dict]]:
        """A code that came to this phone came back: it is this person's from now on, whatever phone the entry named before."""
        changed = self.leave_for(phone, now)
        self.phone, self.phone_held, self.phone_proved_at, self.phone_lost_at = phone, True, now, None
        return [*self._events("phone_proved"), *changed]

    def leave_for(self, phone: str, now: datetime) -> list[tuple[str, dict]]:
        """Another phone takes the place of one that was this person's, which is warned, and so remembered for some days.

        Of one that was only typed in nobody knows whose it is: it is told nothing.
        """
        if phone == self.phone or not self.phone_vouched:
            return []
        lately = [one for one in self.phones_before if one["until"] > now - REMEMBERED]
        self.phones_before = [*lately, {"phone": self.phone, "until": now}][:MOST_BEFORE]
        self.phone_changed_at = now
        return self._events("phone_changed")

    def phone_at(self, moment: datetime) -> str | None:
        """The phone that was this person's at a moment, where it has been changed since."""
        return next((one["phone"] for one in self.phones_before if moment <= one["until"]), None)

    @property
    def phones_forgotten_at(self) -> datetime | None:
        """When nobody needs the phone before the last change any more."""
        return self.phone_changed_at and self.phone_changed_at + REMEMBERED

    def forget_phones_before(self, now: datetime) -> bool:
        """Forget what is not needed any more; tells whether there was something."""
        if self.phones_forgotten_at is None or now < self.phones_forgotten_at:
            return False
        self.phones_before, self.phone_changed_at = [], None
        return True

    def lose_phone(self, now: datetime) -> list[tuple[str, dict]]:
        """Somebody else proved it. Who had only typed it in is told nothing, or would learn whose phone it is not."""
        vouched = self.phone_vouched
        self.leave_phone()
        if not vouched:
            return []
        self.phone_lost_at = now
        return self._events("phone_lost")

    def leave_phone(self) -> None:
        """Leave the phone free for others; the entry goes on naming it, so that the person can still sign in."""
        self.phone_held, self.phone_proved_at = False, None

    def name_unproven_phone(self) -> None:
        """Begin anew with a phone that was only typed in."""
        self.leave_phone()
        self.phone_lost_at = None


def only_so_many_register_from_one_place(full_until: datetime | None, now: datetime) -> None:
    """Each registration makes work for a village, and one more entry of some phone: a program must not fill either."""
    if full_until:
        wait = max(1, ceil((full_until - now).total_seconds()))
        raise TooMany(
            "resident.too_many_registrations",
            f"同一网络注册的人太多，请在 {in_words(wait)}后再试，或到村委会（社区）请工作人员帮助。",
            retry_after=wait,
        )
