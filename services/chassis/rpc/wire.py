"""The wire format: nameko's exchange, queues and payloads as JSON, with our errors beside nameko's.

request   {"args": [], "kwargs": {...}}           to `nameko-rpc` (topic), routing key <service>.<method>
answer    {"result": ..., "error": null | error}  to `nameko-rpc`, routing key of `reply_to`
          what came back because that queue's node is away: once more as spare.<service>.<method>
error     {kind, code, message, detail}           and nameko's {exc_type, exc_path, exc_args, value}
"""

from typing import Any

import orjson

from services.chassis.core.errors import DomainError, Invalid, Unavailable, to_wire

EXCHANGE = "nameko-rpc"
JSON = "application/json"
KIND = {"content_type": JSON, "content_encoding": "utf-8", "delivery_mode": 1}
"""The properties of every message: transient, for nobody waits for it after a restart of the broker."""

OBJECTS = ("nameko.actor", "nameko.caller")
"""Headers that hold an object: it crosses as JSON, a tenth of what reading and writing AMQP's tables costs."""

SPARE = "spare"
"""What a routing key to a spare queue begins with; no service is called so."""

QUEUE_LENGTH = 5_000
"""Requests that wait for one service at most; the broker refuses more, which time out at their callers."""

QUEUE_EXPIRES = 5_000
"""Milliseconds that a service's queue outlives its last process: long enough for a restart to lose nothing,
short enough that callers of a dead service are soon told at once (an unroutable request comes back)."""

SPARE_EXPIRES = 20_000
"""The same of a spare queue: longer than brokers that start together take to elect, since one that is deleted while its members
elect may stay without a leader, and whoever names it waits without end. Requests that wait there are over sooner, by their own time."""

NAMEKO_PATHS = {
    "rpc.malformed_request": "nameko.exceptions.MalformedRequest",
    "rpc.unknown_method": "nameko.exceptions.MethodNotFound",
}
"""Where nameko's own clients have an exception of theirs for what we say."""


def traced(service: str, method: str) -> dict[str, str]:
    """Give the attributes that a step of a trace has of a call, at both its ends."""
    return {"rpc__system__name": "nameko", "rpc__method": f"{service}.{method}"}


def queue_name(service: str) -> str:
    """Give the name of the queue that a service's processes share."""
    return f"rpc-{service}"


def queue_arguments() -> dict:
    """Give the arguments of a service's queue; they cannot be changed while the queue exists."""
    return {"x-max-length": QUEUE_LENGTH, "x-overflow": "reject-publish", "x-expires": QUEUE_EXPIRES}


def spare_name(service: str) -> str:
    """Give the name of the queue that is used while the broker's node of the first is away."""
    return f"{queue_name(service)}.spare"


def spare_arguments() -> dict:
    """Give its arguments: a copy on each node, so that it outlives any one; dearer for each message, so that it is only the spare."""
    return {**queue_arguments(), "x-expires": SPARE_EXPIRES, "x-queue-type": "quorum"}


def spare_route(route: str) -> str:
    """Give the routing key by which the same is asked through the spare queue."""
    return f"{SPARE}.{route}"


def is_spare(route: str) -> bool:
    """Tell whether a routing key leads to a spare queue."""
    return route.startswith(f"{SPARE}.")


def method_of(route: str) -> str:
    """Give <service>.<method> of a routing key, whichever queue it came through."""
    return route.removeprefix(f"{SPARE}.")


def encode_request(request: dict) -> bytes:
    """Give the body of a request; raises Invalid for text or nesting that JSON cannot carry."""
    try:
        return orjson.dumps({"args": [], "kwargs": request})
    except TypeError:
        raise Invalid("request.not_json", "请求里有无法传送的内容，请修改后重新提交。") from None


def decode_request(body: bytes | str, content_type: str | None) -> dict:
    """Give the request in a body; raises Invalid where it is not one."""
    if content_type != JSON:
        raise malformed()
    try:
        payload = orjson.loads(body)
        args, kwargs = payload["args"], payload["kwargs"]
    except (ValueError, KeyError, TypeError):
        raise malformed() from None
    if args or not isinstance(kwargs, dict):
        raise malformed()
    return kwargs


def encode_headers(told: dict) -> dict[str, str]:
    """Give what is told beside a request as AMQP headers, texts all of them; what says nothing is left out."""
    return {
        name: orjson.dumps(value).decode() if name in OBJECTS else value
        for name, value in told.items()
        if value
    }


def decode_headers(headers: dict | None) -> dict:
    """Give what was told beside a request; raises Invalid for an object that is none. nameko's own clients send tables."""
    told = dict(headers or {})
    for name in OBJECTS:
        if isinstance(told.get(name), str):
            told[name] = _object(told[name])
    return told


def _object(text: str) -> dict:
    try:
        found = orjson.loads(text)
    except ValueError:
        raise malformed() from None
    if not isinstance(found, dict):
        raise malformed()
    return found


def encode_answer(result: Any, error: DomainError | None) -> bytes:
    """Give the body of an answer; raises TypeError for a result that JSON cannot carry."""
    if error:
        # what is wrong with one of several stands under its number
        refused = {"result": None, "error": error_payload(error)}
        return orjson.dumps(refused, default=str, option=orjson.OPT_NON_STR_KEYS)
    return orjson.dumps({"result": result, "error": None}, default=str)


def decode_answer(body: bytes | str) -> tuple[Any, dict | None]:
    """Give result and error of an answer; raises Unavailable where it is not one."""
    try:
        payload = orjson.loads(body)
        return payload["result"], payload["error"]
    except (ValueError, KeyError, TypeError):
        raise Unavailable("rpc.malformed_answer", "系统内部出错，请稍后再试。") from None


def error_payload(error: DomainError) -> dict:
    """Give an error as it crosses: ours whole, and what nameko's clients rebuild exceptions from."""
    path = NAMEKO_PATHS.get(error.code, f"services.chassis.errors.{error.kind}")
    theirs = {"exc_type": path.rpartition(".")[2], "exc_path": path, "exc_args": [error.message]}
    return {**to_wire(error), **theirs, "value": f"{error.code}: {error.message}"}


def malformed() -> Invalid:
    """Give the error for a message that is no request at all."""
    return Invalid("rpc.malformed_request", "请求格式有误，请升级客户端后再试。")


def unknown_method() -> Unavailable:
    """Give the error for a method that this version of the service does not have."""
    return Unavailable("rpc.unknown_method", "该功能暂时不可用，请稍后再试。")
