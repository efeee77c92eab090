"""The endpoint that every service has without declaring it: is the database there, does the relay keep up?"""

from typing import Any

import pymongo
from marshmallow import fields
from pymongo.database import Database
from pymongo.errors import PyMongoError

from services.chassis.core.actor import ANYONE
from services.chassis.core.calls import Call
from services.chassis.core.schemas import Answer, Time
from services.chassis.rpc.operation import RpcOperation, rpc
from services.chassis.storage.dependency_provider import Provided

PATIENCE = 2
"""Seconds that the database has to answer."""


class RelayHealth(Answer):
    """The relay's last sign of life: when, how many documents wait, since when the oldest."""

    at = Time(allow_none=True)
    pending = fields.Integer(allow_none=True)
    oldest = Time(allow_none=True)


class Health(Answer):
    """A service's health; `relay` is null where none ever wrote a heartbeat."""

    service = fields.String(required=True)
    mongo = fields.Boolean(required=True)
    relay = fields.Nested(RelayHealth, allow_none=True, required=True)


health = RpcOperation(None, Health, allow=(ANYONE,))


def itself(database: Database) -> Database:
    """Give the database as it is."""
    return database


class HealthEndpoint:
    """Answers `health` for the service that it is mixed into."""

    name: str
    health_database = Provided(itself)

    @rpc(health)
    def health(self, call: Call) -> dict[str, Any]:
        """Tell whether the database answers, and what the relay last said of itself."""
        try:
            with pymongo.timeout(PATIENCE):
                self.health_database.command("ping")
                relay = self.health_database["heartbeats"].find_one({"_id": "relay"})
        except PyMongoError:
            return {"service": self.name, "mongo": False, "relay": None}
        return {"service": self.name, "mongo": True, "relay": relay}
