"""The guards of a county also let through what the chassis itself answers."""

from services.chassis.core.actor import ANYONE
from services.chassis.rpc.answering import RequestHandler
from services.chassis.rpc.health import Health
from services.chassis.rpc.operation import RpcOperation
from services.civic.actor import SYSTEM, CivicActor
from services.civic.civic_service import CivicService

HEALTH = RpcOperation(None, Health, allow=(ANYONE,))


def test_an_operation_of_the_chassis_passes_the_guards_of_the_county():
    handler = RequestHandler("test.health", HEALTH, CivicService.guards, CivicService.actor_from_wire)
    well = {"service": "test", "mongo": True, "relay": None}
    for actor in (SYSTEM, CivicActor("r1", "resident")):
        outcome = handler.answer(lambda call: well, {}, {"nameko.actor": actor.to_wire()}, "c1")
        assert outcome.error is None and outcome.result == well
