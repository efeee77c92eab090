"""What happens between a request and its answer: actor, permission, shape, key, method, answer, errors.

No broker and no event loop in here: a `RequestHandler` takes a request with its headers and always gives an
`RpcOutcome`.
"""

import logging
import random
import re
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from marshmallow import ValidationError
from pymongo.errors import ConnectionFailure, ExecutionTimeout, PyMongoError, WTimeoutError

from services.chassis.core.actor import ANYONE, NAMED_VISITOR, VISITOR, Actor, MandateClaim, may_call
from services.chassis.core.calls import Call, Caller, utc_now, write_call
from services.chassis.core.context import working_on
from services.chassis.core.errors import (
    AlreadyAnswered,
    DomainError,
    Forbidden,
    Invalid,
    Rejected,
    Unavailable,
    VersionConflict,
)
from services.chassis.core.schemas import Shape
from services.chassis.rpc.complaints import without_values
from services.chassis.rpc.dumping import dumper
from services.chassis.rpc.operation import Operation
from services.chassis.rpc.wire import encode_answer, malformed
from services.civic.assurance import must_be_known_well_enough

log = logging.getLogger(__name__)

TRIES = 8
"""Runs of a use case that keeps losing optimistic writes; then the caller hears of the conflict."""

PAUSE = 0.01
"""Seconds: a loser waits up to this, times its tries, so that losers do not meet again."""

KEY = re.compile(r"[\x21-\x7e]{16,128}")

RANDOM_LENGTH, RANDOM_DIFFERENT = 22, 8
"""Characters, and different ones, of a key that nobody can guess: 128 random bits in base64 have 22."""


class Nothing(Shape):
    """The request of a door that takes nothing."""


@dataclass(frozen=True)
class RpcOutcome:
    """What a request came to: a result as plain JSON values, or an error."""

    result: Any = None
    error: DomainError | None = None

    def encode(self, route: str) -> bytes:
        """Give the body of the answer; a result that JSON cannot carry is an internal error, reported."""
        try:
            return encode_answer(self.result, self.error)
        except TypeError as failure:
            report(route, failure)
            return encode_answer(None, unexpected(failure))


class RequestHandler:
    """One door of a running service: its shapes made once, and the way from request to answer."""

    def __init__(self, route: str, door: Operation):
        self.route = route
        self.door = door
        self._request = (door.request or Nothing)()
        self._answer = dumper(door.answer()) if door.answer else None

    def answer(self, method: Callable, request: dict, headers: dict, correlation: str) -> RpcOutcome:
        """Run the method for one request, log one line about it unless confidential; never raises an Exception."""
        if self.door.confidential:
            with working_on(""):
                return self._outcome(method, request, headers)
        started = time.perf_counter()
        named = headers.get("nameko.correlation") or correlation or ""
        with working_on(str(named), str(headers.get("nameko.traceparent") or "")):
            outcome = self._outcome(method, request, headers)
            self._log(outcome, time.perf_counter() - started)
        return outcome

    def _log(self, outcome: RpcOutcome, seconds: float) -> None:
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
        actor = _actor(headers)
        _a_visitor_gives_a_name_where_it_is_needed(actor, self.door)
        if not may_call(actor, self.door.allow):
            raise Forbidden("rpc.forbidden", "您没有办理此事的权限，请登录有权限的账号后再试。")
        if actor.on_behalf_of:
            _only_a_living_mandate_is_acted_on(actor.on_behalf_of, self.door)
        _who_is_away_only_reads(actor, self.door)
        must_be_known_well_enough(actor, self.door.assurance)
        data = self._load(request)
        key = _key(headers, self.door.random_key) if self.door.writes else ""
        caller = _caller(headers) if self.door.caller else Caller()
        for tried in range(1, TRIES + 1):
            try:
                return self._dump(method(self._call(dict(data), actor, key, caller)))
            except VersionConflict:
                if tried == TRIES:
                    raise
                time.sleep(random.uniform(0, PAUSE * tried))

    def _load(self, request: dict) -> dict:
        try:
            return self._request.load(request)
        except ValidationError as error:
            fields = without_values(error.messages, request)
            raise Invalid(
                "request.invalid", "请求内容有误，请按提示修改后重新提交。", fields=fields
            ) from None

    def _call(self, data: dict, actor: Actor, key: str, caller: Caller) -> Call:
        if not self.door.writes:
            return Call(data, actor, caller=caller, allow=self.door.allow)
        render = self._dump if self._answer and self.door.remember else None
        call = write_call(self.route, data, actor, key, render)
        return replace(call, caller=caller, allow=self.door.allow)

    def _dump(self, result):
        return self._answer(result) if self._answer else None


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
    log.error("a door failed", extra={"method": route, "exception": type(error).__name__, "traceback": where})


def _storage_is_away(error: BaseException) -> bool:
    if isinstance(error, ConnectionFailure | WTimeoutError | ExecutionTimeout):
        return True
    return isinstance(error, PyMongoError) and error.timeout


def _a_visitor_gives_a_name_where_it_is_needed(actor: Actor, door: Operation) -> None:
    """Who proved a phone only is told what is missing."""
    if actor.kind == VISITOR and NAMED_VISITOR in door.allow and not may_call(actor, door.allow):
        raise Forbidden("rpc.name_needed", "这件事需要姓名和身份证号，请重新获取验证码，一并填写后再办理。")


def _only_a_living_mandate_is_acted_on(mandate: MandateClaim, door: Operation) -> None:
    """A door that does not say so serves nobody for another person; what waited longer than a check holds is over."""
    if not door.mandate:
        raise Forbidden("rpc.not_under_mandate", "这件事只能由本人办理，不能代办，请由本人登录办理。")
    if utc_now() >= mandate.until:
        raise Unavailable("rpc.mandate_check_over", "系统繁忙，代办资格需要重新核对，请再试一次。")


def _who_is_away_only_reads(actor: Actor, door: Operation) -> None:
    """Whose role a stand-in holds changes nothing by it meanwhile; what everybody does for themselves stays possible."""
    if actor.away and door.writes and not {actor.kind, ANYONE} & set(door.allow):
        raise Forbidden("rpc.on_leave", "您正在请假，由代班人员办理；如已返岗，请先结束请假并重新登录。")


def _actor(headers: dict) -> Actor:
    try:
        return Actor.from_wire(headers.get("nameko.actor"))
    except (KeyError, TypeError, ValueError, AttributeError):
        raise malformed() from None


def _caller(headers: dict) -> Caller:
    try:
        wire = headers.get("nameko.caller") or {}
        return Caller(str(wire.get("address", "")), str(wire.get("agent", "")))
    except AttributeError:
        raise malformed() from None


def _key(headers: dict, random_key: bool) -> str:
    key = headers.get("nameko.idempotency_key")
    if not key:
        raise Invalid("request.key_missing", "缺少 Idempotency-Key，请生成一个新的再提交。")
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise Invalid(
            "request.key_invalid", "Idempotency-Key 须为 16 至 128 个可见的英文字符，请换一个新的再提交。"
        )
    if random_key and (len(key) < RANDOM_LENGTH or len(set(key)) < RANDOM_DIFFERENT):
        raise Rejected(
            "request.key_too_weak",
            "请换一个至少 22 个字符的随机 Idempotency-Key（如 UUID）再提交。",
            least=RANDOM_LENGTH,
        )
    return key
