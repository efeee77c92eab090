"""RPC over RabbitMQ: doors of services (`rpc`), the host that answers them, and the gateway's client."""

from services.chassis.rpc.doors import Door, rpc

__all__ = ["Door", "rpc"]
