"""The gateway's RPC client: calls from many threads over one connection, bounded in time and number."""

import time
from collections.abc import Callable
from typing import Any

from services.chassis.core import metrics, tracing
from services.chassis.core.actor import Actor
from services.chassis.core.calls import Caller
from services.chassis.core.context import correlation_id, traceparent
from services.chassis.core.errors import DomainError, Unavailable, from_wire
from services.chassis.core.per_process import PerProcess
from services.chassis.core.settings import Settings
from services.chassis.rpc import several, wire
from services.chassis.rpc.link import Link, PendingCall, no_broker

UNANSWERED = metrics.counter(
    "xiangzhi_rpc_unanswered_total",
    "calls to a service that had no answer in time, or nobody to take them",
    "service",
)
BUSY = "rpc.busy"
"""The code of a call that was not sent because too many are in flight: it is refused here, and by no service."""

Request = tuple[str, str, dict]
"""(service, method, request)"""


class RpcClient:
    """Calls services; made once per program, usable in any process forked from it and from any thread.

    The connection is made by the first call of each process. Every failure is a DomainError, within the
    timeout: what the service refused, or Unavailable: rpc.timeout, rpc.no_service (nobody answers for it),
    rpc.busy (too many in flight; `retry_after` seconds), rpc.no_broker (not sent), rpc.connection_lost
    (sent, but its answer is lost: it may or may not have been done, and a write may be sent again under the
    same key).
    """

    def __init__(self, settings: Settings, name: str):
        self._settings = settings
        self._link = PerProcess(lambda: Link(settings.amqp_uri, name, settings.rpc_in_flight))
        self._closed = False

    @property
    def connected(self) -> bool:
        """Tell whether the broker is there, for readiness; begins to connect where nobody did."""
        return not self._closed and self._link.get().connected

    def call(
        self,
        service: str,
        method: str,
        request: dict,
        actor: Actor,
        *,
        key: str | None = None,
        timeout: float | None = None,
        caller: Caller | None = None,
    ) -> Any:
        """Ask a service and give its result as plain JSON values; `timeout` in seconds, else the settings'.

        `key` is the client's idempotency key, needed by methods that write; `caller` is for operations that ask where a
        request comes from. Raises DomainError.
        """
        asked = [(service, method, request)]
        with tracing.step(f"{service}.{method}", "client", **wire.traced(service, method)):
            (one,) = self._begin(asked, _headers(actor, key, caller), self._deadline(timeout))
            return one.result()

    def gather(
        self, requests: dict[str, Request], actor: Actor, timeout: float | None = None
    ) -> dict[str, Any]:
        """Ask several services at once, reads only, each service by one message and all by one write.

        Gives {name: result or DomainError}; what kept the requests from being sent is each one's.
        """
        return self.begin(requests, actor, timeout)()

    def begin(
        self, requests: dict[str, Request], actor: Actor, timeout: float | None = None
    ) -> Callable[[], dict[str, Any]]:
        """Ask as `gather` does; gives the function that waits for the answers, which must be called once."""
        deadline = self._deadline(timeout)
        groups: dict[str, dict[str, tuple[str, dict]]] = {}
        for name, (service, method, request) in requests.items():
            groups.setdefault(service, {})[name] = (method, request)
        messages = [_message(service, group) for service, group in groups.items()]
        begun = _or_error(self._begin, messages, _headers(actor), deadline)

        def wait() -> dict[str, Any]:
            if isinstance(begun, DomainError):
                return dict.fromkeys(requests, begun)
            ended = zip(groups.values(), map(_or_error, [one.result for one in begun]), strict=True)
            return {name: one for group, answer in ended for name, one in _apart(group, answer).items()}

        return wait

    def close(self) -> None:
        """Close this process's connection; calls in flight end as rpc.connection_lost, later ones fail."""
        self._closed = True
        link = self._link.take()
        if link:
            link.close()

    def _deadline(self, timeout: float | None) -> float:
        return time.monotonic() + (self._settings.rpc_timeout if timeout is None else timeout)

    def _begin(self, requests: list[Request], headers: dict, deadline: float) -> list["Asked"]:
        if self._closed:
            raise no_broker()
        messages = [(f"{service}.{method}", wire.encode_request(data)) for service, method, data in requests]
        link = self._link.get()
        try:
            sent = link.send(messages, headers, deadline)
        except Unavailable as error:
            if error.code != BUSY:
                for service, _, _ in requests:
                    UNANSWERED.labels(service).inc()
            raise
        asked = zip(requests, sent, strict=True)
        return [Asked(link, service, *waits, deadline) for (service, _, _), waits in asked]


class Asked:
    """A call in flight; `result` must be called once and ends it."""

    def __init__(self, link: Link, service: str, correlation: str, pending: PendingCall, deadline: float):
        self._link = link
        self._service = service
        self._correlation = correlation
        self._pending = pending
        self._deadline = deadline

    def result(self) -> Any:
        """Wait for the answer until the deadline; raises the service's DomainError, or Unavailable."""
        try:
            if not self._pending.wait(self._deadline - time.monotonic()):
                UNANSWERED.labels(self._service).inc()
                raise Unavailable("rpc.timeout", "系统处理超时，请稍后再试。")
        finally:
            self._link.forget(self._correlation)
        if self._pending.error:
            UNANSWERED.labels(self._service).inc()
            raise self._pending.error
        result, error = wire.decode_answer(self._pending.body or b"")
        if error:
            raise from_wire(error)
        return result


def _or_error(function, *arguments) -> Any:
    """Give what the function gives, or the DomainError that it raises."""
    try:
        return function(*arguments)
    except DomainError as error:
        return error


def _message(service: str, group: dict[str, tuple[str, dict]]) -> Request:
    """Give the one request that asks a service for a group of reads."""
    if len(group) == 1:
        return (service, *next(iter(group.values())))
    return service, several.METHOD, several.request_of(group)


def _apart(group: dict[str, tuple[str, dict]], ended: Any) -> dict[str, Any]:
    """Give the answer of each read of a group; where the whole was refused, the refusal is each one's."""
    if len(group) == 1 or isinstance(ended, DomainError):
        return dict.fromkeys(group, ended)
    return several.found(ended, list(group))


def _headers(actor: Actor, key: str | None = None, caller: Caller | None = None) -> dict:
    told = {
        "nameko.actor": actor.to_wire(),
        "nameko.correlation": correlation_id(),
        "nameko.traceparent": traceparent(),
        "nameko.idempotency_key": key,
        "nameko.caller": caller and caller.to_wire(),
    }
    return wire.encode_headers(told)
