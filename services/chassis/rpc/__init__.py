"""RPC over RabbitMQ: doors of services (`rpc`), the host that answers them, and the gateway's client."""

from services.chassis.rpc.operation import Operation, rpc

__all__ = ["Operation", "rpc"]
