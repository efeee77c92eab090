"""A whole service in this process: its real class with everything that it `Provided`, without a broker."""

import importlib
import inspect
import uuid

from services.chassis.rpc.answering import RequestHandler, RpcOutcome
from services.chassis.storage.dependency_provider import Provided
from services.civic.actor import CivicActor
from services.civic.guards import GUARDS


def hosted(service: str, database, settings):
    """Give the service's one object for all calls."""
    kind = importlib.import_module(f"services.{service}.service").Service
    made = kind()
    for name, uses in inspect.getmembers(kind, lambda one: isinstance(one, Provided)):
        from_platform = getattr(uses.make, "from_platform", None)
        setattr(made, name, from_platform(database, settings) if from_platform else uses.make(database))
    return made


def ask(service, door: str, request: dict, actor: CivicActor) -> RpcOutcome:
    """Go through a door as the gateway does."""
    method = getattr(service, door)
    headers = {"nameko.actor": actor.to_wire(), "nameko.idempotency_key": str(uuid.uuid4())}
    return RequestHandler(f"{service.name}.{door}", method.operation, GUARDS, CivicActor.from_wire).answer(
        method, request, headers, ""
    )
