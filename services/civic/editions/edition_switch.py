"""What a service does when a county adopts a later edition of the divisions: it hears of each, moves what is its own, and says so;
and before, in a rehearsal, how much that would be. `services.civic.capability` gives each service its own.
"""

from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from services.chassis.core.errors import AlreadyAnswered
from services.chassis.listeners import hears
from services.chassis.storage.dependency_provider import Provided
from services.civic.editions.code_crosswalk import CodeCrosswalk, Stays
from services.civic.editions.relocation import RelocatedStores
from services.civic.privacy.personal_data import NothingOfAPerson
from services.civic.store import RegionalStore


@dataclass
class FollowedSwitch:
    """Everything of a service has moved, or was counted; the id is the service's and the adoption's or the rehearsal's."""

    id: str
    region: str
    version: int = 0


class FollowedSwitchStore(RegionalStore):
    """The adoptions that a service has followed."""

    collection = "followed"
    aggregate = FollowedSwitch
    noun = "adoption"
    missing = "还没有跟随这次区划版次启用。"
    becomes = Stays("a county's, which no adoption moves")
    of_a_person = NothingOfAPerson("adoptions that were followed")

    def tell(self, event: str, id: str, region: str, data: dict, call) -> None:
        """Say something once for each id."""
        with suppress(AlreadyAnswered):
            # with the service: the same adoption is followed in each, and ids of events are unique in the platform
            self.add(FollowedSwitch(f"{self.service}.{id}", region), [(event, data)], call)


class SwitchListeners:
    """Hears of moved divisions; all events of one adoption come in order, and each may be heard again.

    `followed` and `following` are the service's.
    """

    followed: FollowedSwitchStore
    following: RelocatedStores
    moves = Provided(CodeCrosswalk)
    tells_numbers: ClassVar[bool] = True

    @hears("identity.succession.rehearsed", queue="places")
    def on_identity_succession_rehearsed(self, event, call):
        asked = {name: event.data[name] for name in ("succession_id", "rehearsal")}
        counts = self.following.counted(event.data["codes"]) if self.tells_numbers else {}
        id = f"{asked['succession_id']}.{asked['rehearsal']}"
        self.followed.tell("adoption.counted", id, event.region, {**asked, "counts": counts}, call)

    @hears("identity.region.moved", queue="places")
    def on_identity_region_moved(self, event, call):
        # kept first: whoever begins something from now on begins it in the new division
        self.following.follow(self.moves.heard(event))

    @hears("identity.adoption.moved", queue="places")
    def on_identity_adoption_moved(self, event, call):
        self._follow_all(event.data["adoption_id"])
        adoption = event.data["adoption_id"]
        self.followed.tell("adoption.followed", adoption, event.region, {"adoption_id": adoption}, call)

    @hears("identity.adoption.finished", queue="places")
    def on_identity_adoption_finished(self, event, call):
        self._follow_all(event.data["adoption_id"])

    def _follow_all(self, adoption: str) -> None:
        """Let everything follow once more: what was written while its division moved."""
        for move in self.moves.of_adoption(adoption):
            self.following.follow(move)
