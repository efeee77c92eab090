"""One operation as OpenAPI tells it: its parameters, body, answers and refusals, from the route and its contract."""

from http import HTTPStatus

from marshmallow import fields, validate

from gateway.aggregation import AggregatedPage
from gateway.mandates import HEADER
from gateway.multipart import MULTIPART
from gateway.openapi import examples, refusals
from gateway.openapi.shapes import alone, names_in, without_path
from gateway.openapi.words import description_of
from gateway.routing import PUBLIC, Route, Upload
from services.chassis.core.actor import ANYONE
from services.civic.assurance import in_words

PROBLEM_JSON = "application/problem+json"
KEY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "同一操作重发时保持不变；16 至 128 个可见字符，建议用 UUID。",
    "schema": {"type": "string", "minLength": 16, "maxLength": 128, "pattern": "^[!-~]{16,128}$"},
    "example": examples.KEY,
}
MANDATE_HEADER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "代他人办理时填写委托编号；本人办理不填。",
    "schema": {"type": "string", "maxLength": 64},
}
MEANINGS = {
    400: "请求有误，请改正后再提交",
    401: "没有有效的登录，请登录或刷新令牌",
    403: "不允许这个账号办理",
    404: "没有找到，或不在您的范围内",
    409: "别人先了一步，请重新读取后再决定",
    413: "内容太大",
    415: "内容类型不对",
    422: "规则不允许，答复说明是哪一条、怎么办",
    429: "次数太多，请等到 Retry-After 之后",
    503: "某一部分暂时不可用，请在 Retry-After 之后以同一个 Idempotency-Key 重试",
}
"""What each status of a refusal asks of the caller."""


def tag_of(route: Route | AggregatedPage) -> str:
    """Give the tag's name: plain ASCII, so that a generated client can name a module after it."""
    return route.tag.partition(" ")[2].replace(" ", "-")


def described(route: Route | AggregatedPage) -> dict:
    """Describe one operation."""
    operation: dict = {
        "operationId": f"{route.name}_formerly" if route.moved_to else route.name,
        "tags": [tag_of(route)],
        "summary": summary_of(route),
        "description": _description(route),
        "x-roles": list(route.operation.allow),
        "parameters": _parameters(route),
        "responses": {str(route.status): _success(route), **_failures(route)},
        "security": [{"bearer": []}] if route.guard != PUBLIC else [{}, {"bearer": []}],
    }
    if route.moved_to:
        operation["deprecated"] = True
    if route.operation.assurance is not None:
        operation["x-assurance"] = route.operation.assurance
    body = _body(route)
    if body:
        operation["requestBody"] = body
    return operation


def summary_of(route: Route | AggregatedPage) -> str:
    """Give the first line of what the request's shape, or else the answer's, says of itself."""
    return ((route.request or route.answer).__doc__ or "").strip().splitlines()[0]


def _description(route: Route | AggregatedPage) -> str:
    allow = "、".join("任何人" if name == ANYONE else f"`{name}`" for name in route.operation.allow)
    told = [f"可以调用：{allow}。"]
    if route.operation.assurance is not None:
        told.append(f"居民需要的实名等级：{in_words(route.operation.assurance)}。")
    if route.operation.mandate:
        told.append(f"可以凭委托（`{route.operation.mandate}`）代他人办理。")
    return "".join(told)


def _success(route: Route | AggregatedPage) -> dict:
    told: dict = {"description": HTTPStatus(route.status).phrase}
    if isinstance(route, Route) and route.only_media:
        told["content"] = {}
    elif route.answer:
        json = {"schema": route.answer, "example": examples.of_answer(route.answer)}
        told["content"] = {"application/json": json}
    else:
        told["content"] = {"application/json": {"schema": {"type": "null"}}}
    for media in route.media if isinstance(route, Route) else ():
        told["content"][media] = {"schema": {"type": "string", "format": "binary"}}
    return told


def _failures(route: Route | AggregatedPage) -> dict:
    content = {PROBLEM_JSON: {"schema": "Problem"}}
    told = {
        str(status): {"description": MEANINGS[status], "x-error-codes": codes, "content": content}
        for status, codes in refusals.of(route).items()
    }
    return told | {"default": {"description": "其他失败", "content": content}}


def _body(route: Route | AggregatedPage) -> dict | None:
    if isinstance(route, Route) and route.raw:
        sent = {"schema": {"type": "string"}, "example": examples.RAW[route.raw.media]}
        return {"required": True, "content": {route.raw.media: sent}}
    if route.reads or not route.request:
        return None
    shape = without_path(route.request, route.path)
    if not shape:
        return None
    json = {"schema": shape, "example": examples.of_request(shape)}
    required = any(field.required for field in shape.fields.values())
    content = {"application/json": json}
    if isinstance(route, Route) and route.upload:
        content[MULTIPART] = {"schema": _form_with(route.upload)}
    return {"required": required, "content": content}


def _form_with(upload: Upload) -> dict:
    file = {"type": "string", "format": "binary", "description": f"文件，最多 {upload.limit} 字节"}
    return {"type": "object", "properties": {upload.field: file}, "required": [upload.field]}


def _parameters(route: Route | AggregatedPage) -> list[dict]:
    in_path = names_in(route.path)
    declared = route.request().fields if route.request else {}
    found = [_in_path(name, declared[name]) for name in in_path]
    if route.needs_key:
        found.append(KEY_HEADER)
    if route.operation.mandate:
        found.append(MANDATE_HEADER)
    if isinstance(route, Route) and route.raw:
        by_header = route.raw.headers.items()
        found += [
            {**_in_query(name, declared[name]), "name": told, "in": "header"} for name, told in by_header
        ]
        found += [_in_query(name, declared[name]) for name in route.raw.query]
    elif route.reads:
        found += [_in_query(name, one) for name, one in declared.items() if name not in in_path]
    return found


def _in_path(name: str, field: fields.Field) -> dict:
    told = {"name": name, "in": "path", "required": True, "description": description_of(field)}
    return told | {"schema": alone(field), "example": examples.of_field(field)}


def _in_query(name: str, field: fields.Field) -> dict:
    told = {"name": name, "in": "query", "required": field.required, "description": description_of(field)}
    told["schema"] = alone(field)
    if isinstance(field, fields.List):
        one_of = field.inner.validate
        if not isinstance(one_of, validate.OneOf):
            raise TypeError("a list in a query names its values: validate.OneOf")
        told |= {"style": "form", "explode": False}
    if examples.is_given(field):
        told["example"] = examples.of_field(field)
    return told
