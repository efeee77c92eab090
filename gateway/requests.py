"""From an HTTP request to the one JSON object that an operation takes."""

from codecs import BOM_UTF8

import orjson
from flask import Request

from gateway.errors import NotJson, malformed
from gateway.routing import Route
from services.chassis.core.cleaning import is_number
from services.chassis.core.errors import Invalid

GZIP = b"\x1f\x8b"
OTHER_ENCODINGS = (("utf-16", "UTF-16"), ("gb18030", "GBK / GB18030"))
DEEPEST = 20
"""Levels of nesting that a body may have; no contract needs more than a handful."""
MOST_NAMES = 100
"""Names that one request may give at the top: no contract has half as many, and each unknown one costs a complaint."""


def collect(route: Route, request: Request, path: dict) -> dict:
    """Join path, query (reads) and body (writes) into one request; a name in two places is refused."""
    path = of_the_path(route, path)
    if route.collect:
        return {**route.collect(request), **path}
    given = _query(route, request) if route.reads else body_of(request)
    twice = given.keys() & path.keys()
    if twice:
        raise malformed(f"{', '.join(sorted(twice))} 已在地址中给出，请从内容中删去。")
    return {**given, **path}


def of_the_path(route: Route, path: dict) -> dict:
    """Read what the address names: a number where the contract asks for a whole one."""
    return {name: _read(route, name, value) for name, value in path.items()}


def _query(route: Route, request: Request) -> dict:
    given: dict = {}
    if not request.query_string:
        return given
    _only_so_many_names(request.query_string.count(b"&") + 1)
    for name, values in request.args.lists():
        if len(values) > 1:
            raise malformed(f"查询条件 {name[:40]} 重复，请只写一次。")
        given[name] = _read(route, name, values[0])
    return given


def _read(route: Route, name: str, value: str) -> str | int:
    """Read what stands in an address: a number where the contract asks for a whole one."""
    number = name in route.numbers and is_number(value.removeprefix("-"))
    return int(value[:18]) if number else value


def body_of(request: Request) -> dict:
    """Give the JSON object that a request carries; raises Invalid or NotJson for anything else."""
    raw = request.get_data(cache=False).removeprefix(BOM_UTF8)
    if not raw:
        return {}
    _the_body_is_not_compressed(request, raw)
    if request.mimetype != "application/json":
        raise NotJson
    _the_body_is_utf8(raw)
    if _too_deep(raw):
        raise malformed(f"内容嵌套过深，请不要超过 {DEEPEST} 层。")
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        raise malformed("内容不是有效的 JSON，请检查后重新提交。") from None
    if not isinstance(body, dict):
        raise malformed("内容应为一个 JSON 对象。")
    _only_so_many_names(len(body))
    return body


def _only_so_many_names(number: int) -> None:
    """Refuse what no contract asks for before it is sent on and read: by its number alone, which costs nothing."""
    if number > MOST_NAMES:
        raise malformed(f"内容里有 {number} 项，太多了，请只填写接口文档列出的项。")


def _the_body_is_not_compressed(request: Request, raw: bytes) -> None:
    """Compressed bodies could be a thousand times larger than what was received."""
    named = request.headers.get("Content-Encoding", "identity").strip().lower()
    if named not in ("", "identity") or raw.startswith(GZIP):
        raise Invalid("request.compressed", "请不要压缩内容（去掉 Content-Encoding），直接提交 JSON。")


def _the_body_is_utf8(raw: bytes) -> None:
    """Name the encoding that it seems to be in: whoever exports from an older system meets it."""
    try:
        raw.decode()
    except UnicodeDecodeError:
        seen = next((named for encoding, named in OTHER_ENCODINGS if _is(raw, encoding)), None)
        told = f"像是 {seen} 编码" if seen else "不是 UTF-8 编码"
        raise Invalid("request.not_utf8", f"内容{told}，请转换为 UTF-8 后重新提交。", seen=seen) from None


def _is(raw: bytes, encoding: str) -> bool:
    try:
        return orjson.loads(raw.decode(encoding).lstrip("\ufeff")) is not None
    except ValueError:
        return False


def _too_deep(raw: bytes) -> bool:
    """Tell whether brackets nest deeper than allowed; brackets inside strings do not count."""
    if raw.count(b"{") + raw.count(b"[") <= DEEPEST:
        return False
    depth, in_string, escaped = 0, False, False
    for byte in raw:
        if in_string:
            in_string = escaped or byte != 0x22
            escaped = byte == 0x5C and not escaped
        elif byte == 0x22:
            in_string = True
        elif byte in b"{[":
            depth += 1
            if depth > DEEPEST:
                return True
        elif byte in b"}]":
            depth -= 1
    return False
