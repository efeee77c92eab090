"""Errors at the border: one table from kind to HTTP status, one JSON shape (RFC 9457, problem+json)."""

import logging

import orjson
from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from gateway.metrics import SHED
from gateway.middleware import REQUEST_ID
from services.chassis.core.errors import DomainError, Invalid

log = logging.getLogger("gateway.errors")

STATUS_OF_KIND = {
    "Invalid": 400,
    "Forbidden": 403,
    "NotFound": 404,
    "Conflict": 409,
    "Rejected": 422,
    "TooMany": 429,
    "Unavailable": 503,
}
RETRY_SECONDS = 1
INTERNAL = {
    "rpc.timeout": "service.timeout",
    "rpc.busy": "service.busy",
    "rpc.internal": "service.failed",
    "rpc.malformed_request": "request.malformed",
}
"""Codes of the way to a service, as people see them; every other one of them is "service.unavailable"."""

SENTENCES = {
    400: ("request.malformed", "请求格式有误，请检查后重新提交。"),
    404: ("route.not_found", "没有这个地址，请对照接口文档检查。"),
    405: ("route.method_not_allowed", "这个地址不支持该方法，请对照接口文档检查。"),
    408: ("request.too_slow", "请求接收超时，请重试。"),
    413: ("request.too_large", "内容太大，请缩减后重新提交。"),
    414: ("request.url_too_long", "地址太长，请缩减查询条件。"),
    415: ("request.not_json", "请以 application/json 提交内容。"),
    429: ("gateway.too_many_connections", "您所在的网络同时打开的连接太多，请关闭一些后再试。"),
    431: ("request.headers_too_large", "请求头太大，请缩减后重试。"),
    503: ("gateway.busy", "现在使用的人太多，请稍等几秒再试。"),
}
"""What the web server itself refuses: its code and sentence by HTTP status."""


def sentence_of(status: int) -> tuple[str, str]:
    """Say code and sentence for a status that has no rule of ours behind it: what is not the caller's fault never says that it is."""
    failed = ("gateway.failed", "系统出错，请稍后再试。")
    return SENTENCES.get(status, SENTENCES[400] if status < 500 else failed)


class Unauthenticated(Exception):
    """There is no valid access token, and the route needs one: 401."""

    def __init__(self, code: str, message: str):
        super().__init__(code)
        self.code, self.message = code, message


class NotJson(Exception):
    """The body's content type is not JSON: 415."""


def install(app: Flask) -> None:
    """Make every error of the app a problem+json answer."""
    app.register_error_handler(DomainError, _of_domain)
    app.register_error_handler(Unauthenticated, _of_authentication)
    app.register_error_handler(NotJson, lambda _: problem(415, *SENTENCES[415]))
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Exception, _of_bug)


def problem_body(status: int, code: str, message: str, request_id: str) -> dict:
    """What every problem says (RFC 9457), `detail` in plain Chinese."""
    return {
        "type": f"urn:xiangzhi:problem:{code}",
        "title": code.replace(".", ": ", 1).replace("_", " "),
        "status": status,
        "code": code,
        "detail": message,
        "request_id": request_id,
    }


def problem(status: int, code: str, message: str, detail: dict | None = None) -> Response:
    """Give one problem+json answer."""
    body = problem_body(status, code, message, request.environ[REQUEST_ID])
    if detail:
        body["errors"] = detail
    answer = Response(orjson.dumps(body, default=str), status, content_type="application/problem+json")
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="xiangzhi"'
    if status in (429, 503):
        answer.headers["Retry-After"] = str((detail or {}).get("retry_after", RETRY_SECONDS))
    return answer


def malformed(message: str) -> Invalid:
    """Give the error for a body that cannot be read as a JSON object."""
    return Invalid("request.malformed", message)


def public_code(code: str) -> str:
    """The code that people see: how services talk to each other is nobody's business but the operators'."""
    if not code.startswith("rpc."):
        return code
    return INTERNAL.get(code, "service.unavailable")


def _of_domain(error: DomainError) -> Response:
    if error.code == "rpc.busy":
        SHED.labels("rpc_in_flight").inc()
    return problem(STATUS_OF_KIND[error.kind], public_code(error.code), error.message, error.detail)


def _of_authentication(error: Unauthenticated) -> Response:
    return problem(401, error.code, error.message)


def _of_http(error: HTTPException) -> Response:
    status = error.code or 400
    code, message = sentence_of(status)
    answer = problem(status, code, message)
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        answer.headers["Allow"] = ", ".join(allowed)
    return answer


def _of_bug(error: Exception) -> Response:
    log.exception("bug in the gateway")
    return problem(500, "gateway.failed", "系统出错，已记录，请稍后再试。")
