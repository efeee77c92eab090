"""An operation, declared once: what it takes, gives and whom it lets in.

A contract holds it under the name by which it is called over RPC; the endpoint (`@rpc(contract.place_order)`) and the
gateway's route refer to it, so that no two places can say something else. It is only a declaration: the host puts the
entrypoint around the endpoint, and this file imports nothing of the machinery that runs it.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from marshmallow import Schema


@dataclass(frozen=True, eq=False)
class RpcOperation:
    """What an operation declares: shapes of request and answer, who may call, whether it writes.

    `request` None takes nothing, `answer` None gives null. `allow` holds kinds and role names, or ANYONE. A writing operation
    needs an idempotency key and may be run several times for one request: it must load, decide and save, nothing else.
    `remember` False keeps the answer out of the database; `confidential` logs nothing of a call, not even that it was;
    `random_key` asks for a key that nobody can guess; `caller` asks where the request comes from (`Call.caller`).
    Raises TypeError where `allow` is not a tuple or is empty.
    """

    request: type[Schema] | None
    answer: type[Schema] | None
    allow: tuple[str, ...]
    writes: bool = False
    remember: bool = True
    confidential: bool = False
    random_key: bool = False
    caller: bool = False

    def __post_init__(self) -> None:
        """Refuse what would let nobody in."""
        if not isinstance(self.allow, tuple) or not self.allow:
            raise TypeError("allow must be a tuple that names at least one kind or role")


def rpc(operation: RpcOperation) -> Callable:
    """Mark a method `(self, call)` as the endpoint of an operation; it bears the operation's name.

    The method gets a `Call` with the loaded request and gives an aggregate, a dict or, for lists, a dict of `items` and
    `next`. It can be called and tested without a broker. `self` is one object for all calls of the process: it holds the
    declared `Provided(...)` and nothing else.
    """

    def declare(method: Callable) -> Callable:
        method.operation = operation  # type: ignore[attr-defined]  # a mark on a function
        return method

    return declare


def operations_of(service: type) -> dict[str, RpcOperation]:
    """List the operations of a service class by method name, inherited ones included."""
    methods = inspect.getmembers(service, inspect.isfunction)
    found = {name: getattr(method, "operation", None) for name, method in methods}
    return {name: one for name, one in found.items() if isinstance(one, RpcOperation)}


def declared_in(contract: ModuleType) -> dict[str, RpcOperation]:
    """List the operations that a contract declares, by name."""
    return {name: one for name, one in vars(contract).items() if isinstance(one, RpcOperation)}
