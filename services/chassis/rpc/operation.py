"""The door decorator: what a method takes, gives and whom it lets in.

A door is only a declaration. The host puts the entrypoint around it, so that a method can be called and
tested without a broker, and this file imports nothing of the machinery that runs it. `self` in a door is one
object for all calls of the process: it holds the declared `Uses(...)` and nothing else.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from marshmallow import Schema

from services.civic.assurance import LEVELS


@dataclass(frozen=True)
class Operation:
    """What a door declares: shapes of request and answer, who may call, whether it writes.

    `request` None takes nothing, `answer` None gives null; `remember` False keeps the answer out of the
    database; `confidential` logs nothing of a call, not even that it was; `random_key` asks for a key that nobody
    can guess; `caller` asks where the request comes from (`Call.caller`); `mandate` is the scope of the mandates under
    which it may be used for another person; None: under none; `assurance` is the level at which residents may call it,
    None where it says nothing of them.
    """

    request: type[Schema] | None
    answer: type[Schema] | None
    allow: tuple[str, ...]
    writes: bool = False
    remember: bool = True
    confidential: bool = False
    random_key: bool = False
    caller: bool = False
    mandate: str | None = None
    assurance: int | None = None


def rpc(
    request: type[Schema] | None,
    answer: type[Schema] | None,
    *,
    allow: tuple[str, ...],
    writes: bool = False,
    remember: bool = True,
    confidential: bool = False,
    random_key: bool = False,
    caller: bool = False,
    mandate: str | None = None,
    assurance: int | None = None,
) -> Callable:
    """Declare a method `(self, call)` as a door; `allow` holds kinds and role names, or ANYONE.

    The method gets a `Call` with the loaded request and gives an aggregate, a dict or, for lists, a dict of
    `items` and `next`. A writing door needs an idempotency key and may be run several times for one request:
    it must load, decide and save, nothing else. `assurance` is one of the levels of `services.civic.assurance`. Raises
    TypeError where `allow` is not a tuple or is empty, or where there is no such level or nobody whom it could bind.
    """
    if not isinstance(allow, tuple) or not allow:
        raise TypeError("allow must be a tuple that names at least one kind or role")
    if assurance is not None and ("resident" not in allow or assurance not in range(len(LEVELS))):
        raise TypeError("assurance must be one of the levels, on a door that names residents")
    door = Operation(
        request, answer, allow, writes, remember, confidential, random_key, caller, mandate, assurance
    )

    def declare(method):
        method.door = door
        return method

    return declare


def operations_of(service: type) -> dict[str, Operation]:
    """Give the doors of a service class by method name, inherited ones included."""
    methods = inspect.getmembers(service, inspect.isfunction)
    return {
        name: method.door for name, method in methods if isinstance(getattr(method, "door", None), Operation)
    }
