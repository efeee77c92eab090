"""What is answered to bytes that are no HTTP request: problem+json with a request id, as every other refusal."""

import json

from gunicorn import util

from gateway.errors import SENTENCES, problem_body
from gateway.middleware import SECURITY_HEADERS, request_id
from gateway.refusing import when_again

NOT_ENCODED = (
    "request.address_not_encoded",
    "地址里有没有编码的中文或特殊字符，请按 UTF-8 做百分号编码（如 %E9%AB%98）后再提交。",
)


def write_problem(client, status: int, reason: str, message: str) -> None:
    """Take the place of gunicorn's own page, which is HTML and repeats what was sent (`gunicorn.util.write_error`)."""
    name = request_id("")
    code, detail = why(status, message)
    raw = json.dumps(problem_body(status, code, detail, name), ensure_ascii=False).encode()
    headers = {
        "Connection": "close",
        "Content-Type": "application/problem+json",
        "Content-Length": str(len(raw)),
        "X-Request-Id": name,
        **when_again(status),
        **SECURITY_HEADERS,
    }
    head = "".join(f"{header}: {value}\r\n" for header, value in headers.items())
    util.write_nonblock(client, f"HTTP/1.1 {status} {reason}\r\n{head}\r\n".encode("latin-1") + raw)


def why(status: int, message: str) -> tuple[str, str]:
    """Tell code and sentence: an address of raw Chinese is what browsers' address bars hide and scripts send."""
    if status == 400 and not message.isascii():
        return NOT_ENCODED
    return SENTENCES.get(status, SENTENCES[400])
