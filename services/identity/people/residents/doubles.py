"""One person, one account: who registers with a number that another entry holds waits like everybody else, and learns nothing of it.

The entry that comes second carries a claim to the number in place of the number. Its village sees that the number is registered
already, and the holder is told; the unique index lets nobody be certified with a number that another entry holds. It ends in one of
three ways: the second one is not vouched for; the county merges the two; or the first was deactivated, and loses the number to
whom the village vouches for.
"""

from services.chassis.core.errors import Conflict
from services.identity.people.residents.entry import Entry

STANDING = ("pending", "certified", "appealed")
"""The states in which a double is still to be looked at; one that the village does not vouch for hurts nobody."""


class NumberTaken(Conflict):
    """Another entry holds this number; only officials ever hear it, who decide what becomes of the second one."""


class Doubling(Entry):
    """The part of a resident's life in which another entry holds the number; `claims` is its hash, `id_number_hash` then a
    place-holder.
    """

    @property
    def number_registered(self) -> bool:
        """Whether another entry held the number when this one came."""
        return self.claims is not None

    @property
    def is_double(self) -> bool:
        """Whether the county has to look: another entry that lives seems to be the same person's."""
        return (self.claims or self.double_of) is not None and self.state in STANDING

    @property
    def own_number_hash(self) -> str:
        """The hash of the number that was entered, held or claimed."""
        return self.claims or self.id_number_hash

    def claim_number(self, holder: str | None) -> list[tuple[str, dict]]:
        """Wait with a claim; the holder is told, where there is one at this moment."""
        self.claims, self.id_number_hash = self.id_number_hash, f"claimed:{self.id}"
        return self._events("number_claimed", holder_id=holder) if holder else []

    def hold_number(self) -> None:
        """Take the number that was claimed; the store says where another entry still holds it."""
        if self.claims:
            self.id_number_hash, self.claims = self.claims, None

    def give_up_number(self) -> None:
        """Leave the number to the entry that this one is merged into."""
        self.claims, self.id_number_hash = self.id_number_hash, f"claimed:{self.id}"
