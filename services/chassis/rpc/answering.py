"""What happens between a request and its answer: actor, permission, shape, key, method, answer, errors.

No broker and no event loop in here: a `RequestHandler` takes a request with its headers and always gives an
`RpcOutcome`.
"""

import logging
import random
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from marshmallow import ValidationError
from pymongo.errors import ConnectionFailure, ExecutionTimeout, OperationFailure, PyMongoError, WTimeoutError

from services.chassis.core import metrics, tracing
from services.chassis.core.actor import Actor
from services.chassis.core.calls import Call, Caller, write_call
from services.chassis.core.context import unseen, working_on
from services.chassis.core.errors import (
    AlreadyAnswered,
    DomainError,
    Invalid,
    Unavailable,
    VersionConflict,
)
from services.chassis.core.schemas import Shape
from services.chassis.rpc import wire
from services.chassis.rpc.complaints import without_values
from services.chassis.rpc.dumping import dumper
from services.chassis.rpc.guards import GUARDS, Guard
from services.chassis.rpc.keys import checked
from services.chassis.rpc.operation import RpcOperation
from services.chassis.rpc.wire import encode_answer, malformed

log = logging.getLogger(__name__)

TRIES = 8
"""Runs of a use case that keeps losing optimistic writes; then the caller hears of the conflict."""

PAUSE = 0.01
"""Seconds: a loser waits up to this, times its tries, so that losers do not meet again."""

CHANGING = frozenset({91, 134, 189, 211, 10107, 11600, 11602, 13435, 13436})
"""What members of a replica set refuse with while they stop, start or elect: ShutdownInProgress, ReadConcernMajorityNotAvailableYet,
PrimarySteppedDown, KeyNotFound (one that was just started has no keys yet to check the cluster's time), NotWritablePrimary, InterruptedAtShutdown, InterruptedDueToReplStateChange, NotPrimaryNoSecondaryOk, NotPrimaryOrSecondary.
The driver tries once more for some of them, for the second of them never. Source: error_codes.yml of MongoDB 6.0.
"""

RPC_SECONDS = metrics.histogram(
    "xiangzhi_rpc_seconds",
    "what an operation took in its service; outcome is ok, refused (a rule said no) or failed",
    "service",
    "operation",
    "outcome",
)


class Nothing(Shape):
    """The request of a operation that takes nothing."""


@dataclass(frozen=True)
class RpcOutcome:
    """What a request came to: a result as plain JSON values, or an error."""

    result: Any = None
    error: DomainError | None = None

    @property
    def kind(self) -> str:
        """Tell how it ended, for who counts: ok, refused or failed."""
        if self.error is None:
            return "ok"
        return "failed" if isinstance(self.error, Unavailable) else "refused"

    def encode(self, route: str) -> bytes:
        """Give the body of the answer; a result that JSON cannot carry is an internal error, reported."""
        try:
            return encode_answer(self.result, self.error)
        except TypeError as failure:
            report(route, failure)
            return encode_answer(None, unexpected(failure))


class RequestHandler:
    """One operation of a running service: its shapes made once, and the way from request to answer.

    `guards` are asked in their order before the request is looked at; `actor_from_wire` rebuilds who calls.
    """

    def __init__(
        self,
        route: str,
        operation: RpcOperation,
        guards: tuple[Guard, ...] = GUARDS,
        actor_from_wire: Callable[[dict | None], Actor] = Actor.from_wire,
    ):
        self.route = route
        self.operation = operation
        self._traced = wire.traced(*route.split(".", 1))
        self.guards = guards
        self.actor_from_wire = actor_from_wire
        self._request = (operation.request or Nothing)()
        self._answer = dumper(operation.answer()) if operation.answer else None

    def answer(self, method: Callable, request: dict, headers: dict, correlation: str) -> RpcOutcome:
        """Run the method for one request, log and count it unless confidential; never raises an Exception."""
        if self.operation.confidential:
            with unseen():
                return self._outcome(method, request, headers)
        started = time.perf_counter()
        named = headers.get("nameko.correlation") or correlation or ""
        trace = str(headers.get("nameko.traceparent") or "")
        with working_on(str(named), trace), tracing.step(self.route, "server", **self._traced) as step:
            outcome = self._outcome(method, request, headers)
            if step and outcome.error:
                step.fail(outcome.error)
            self._note(outcome, time.perf_counter() - started)
        return outcome

    def _note(self, outcome: RpcOutcome, seconds: float) -> None:
        service, _, operation = self.route.partition(".")
        RPC_SECONDS.labels(service, operation, outcome.kind).observe(seconds)
        line = {"method": self.route, "outcome": "ok", "ms": round(seconds * 1000, 1)}
        if outcome.error:
            line |= {"outcome": outcome.error.kind, "reason": outcome.error.code}
        log.info("answered", extra=line)

    def _outcome(self, method, request, headers) -> RpcOutcome:
        try:
            return RpcOutcome(self._pass(method, request, headers))
        except AlreadyAnswered as repeat:
            return RpcOutcome(repeat.answer)
        except DomainError as error:
            return RpcOutcome(error=error)
        # eventlet's Timeout is no Exception: it would end who works here, and nobody would answer
        except BaseException as error:
            report(self.route, error)
            return RpcOutcome(error=unexpected(error))

    def _pass(self, method, request, headers):
        actor = self._actor(headers)
        for guard in self.guards:
            guard(actor, self.operation)
        data = self._load(request)
        key = ""
        if self.operation.writes:
            key = checked(headers.get("nameko.idempotency_key"), self.operation.random_key)
        caller = _caller(headers) if self.operation.caller else Caller()
        for tried in range(1, TRIES + 1):
            rendering = Rendering(self._dump)
            try:
                return rendering.of(method(self._call(dict(data), actor, key, caller, rendering)))
            except VersionConflict:
                if tried == TRIES:
                    raise
                time.sleep(random.uniform(0, PAUSE * tried))

    def _actor(self, headers: dict) -> Actor:
        try:
            return self.actor_from_wire(headers.get("nameko.actor"))
        except (KeyError, TypeError, ValueError, AttributeError):
            raise malformed() from None

    def _load(self, request: dict) -> dict:
        try:
            return self._request.load(request)
        except ValidationError as error:
            fields = without_values(error.messages, request)
            raise Invalid(
                "request.invalid", "请求内容有误，请按提示修改后重新提交。", fields=fields
            ) from None

    def _call(self, data: dict, actor: Actor, key: str, caller: Caller, rendering: "Rendering") -> Call:
        if not self.operation.writes:
            return Call(data, actor, caller=caller, allow=self.operation.allow)
        render = rendering.keep if self._answer and self.operation.remember else None
        call = write_call(self.route, data, actor, key, render)
        return replace(call, caller=caller, allow=self.operation.allow)

    def _dump(self, result):
        return self._answer(result) if self._answer else None


class Rendering:
    """The answer of one run, dumped once: what was kept under the key is what is given, as a repeat gets it.

    Where the method gives another object than the one that was kept, or one that was saved again since, it is dumped anew.
    """

    def __init__(self, dump: Callable[[Any], Any]):
        self._dump = dump
        self._kept: tuple[Any, Any, Any] | None = None

    def keep(self, aggregate: Any) -> Any:
        """Give the answer to keep."""
        answer = self._dump(aggregate)
        self._kept = aggregate, _version_of(aggregate), answer
        return answer

    def of(self, result: Any) -> Any:
        """Give the answer of what the method gave."""
        if self._kept and self._kept[0] is result and self._kept[1] == _version_of(result):
            return self._kept[2]
        return self._dump(result)


def _version_of(aggregate: Any) -> Any:
    return getattr(aggregate, "version", None)


def unexpected(error: BaseException) -> Unavailable:
    """Give what the caller hears of an exception that no rule raised: never its text."""
    if _storage_is_away(error):
        return Unavailable("storage.unavailable", "数据暂时无法读写，请稍后再试。")
    return Unavailable("rpc.internal", "系统内部出错，已记录，请稍后再试。")


def report(route: str, error: BaseException) -> None:
    """Log an unexpected exception by its type and the lines it came through.

    Its text stays out: drivers and parsers quote the values that they choke on, and those can be personal.
    """
    where = "".join(traceback.format_tb(error.__traceback__))
    log.error(
        "an operation failed", extra={"method": route, "exception": type(error).__name__, "traceback": where}
    )


def _storage_is_away(error: BaseException) -> bool:
    if isinstance(error, ConnectionFailure | WTimeoutError | ExecutionTimeout):
        return True
    if isinstance(error, OperationFailure) and error.code in CHANGING:
        return True
    return isinstance(error, PyMongoError) and error.timeout


def _caller(headers: dict) -> Caller:
    try:
        wire = headers.get("nameko.caller") or {}
        return Caller(str(wire.get("address", "")), str(wire.get("agent", "")))
    except AttributeError:
        raise malformed() from None
