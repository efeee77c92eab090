"""RPC over RabbitMQ: endpoints of services (`rpc`), the host that answers them, and the gateway's client."""

from services.chassis.rpc.operation import RpcOperation, rpc

__all__ = ["RpcOperation", "rpc"]
