"""What is checked before an operation runs: guards, each of which refuses by raising or lets pass.

A service that has rules of its own names its guards in its class, and this one among them.
"""

from collections.abc import Callable
from typing import Any

from services.chassis.core.actor import Actor, may_call
from services.chassis.core.errors import Forbidden
from services.chassis.rpc.operation import RpcOperation

Guard = Callable[[Any, Any], None]
"""Called with the actor and the operation; raises a DomainError where it refuses."""


def only_who_is_allowed_calls(actor: Actor, operation: RpcOperation) -> None:
    """`allow` names kinds and roles; whoever is not among them is refused."""
    if not may_call(actor, operation.allow):
        raise Forbidden("access.forbidden", "您没有办理此事的权限，请登录有权限的账号后再试。")


GUARDS: tuple[Guard, ...] = (only_who_is_allowed_calls,)
