"""What every service of a county is: its requests pass the guards of the county, and its actors are known as the county knows them."""

from collections.abc import Callable
from typing import ClassVar

from services.chassis.rpc.guards import Guard
from services.civic import guards
from services.civic.actor import CivicActor


class CivicService:
    """The base of a county's services; the chassis reads these when it hosts one."""

    guards: ClassVar[tuple[Guard, ...]] = guards.GUARDS
    actor_from_wire: ClassVar[Callable[[dict | None], CivicActor]] = CivicActor.from_wire
