"""One piece of asked work in a county: the chassis' `Call` with an actor who may act under a mandate."""

from services.chassis.core import calls
from services.civic.actor import CivicActor

Call = calls.Call[CivicActor]
