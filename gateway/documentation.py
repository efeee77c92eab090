"""The API's own documentation: OpenAPI 3.1 from the contracts, and a page that needs no other server."""

from functools import cache

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, Response, jsonify, render_template
from marshmallow import fields, validate

from gateway.aggregation import AggregatedPage, UnavailablePart
from gateway.mandates import HEADER
from gateway.routes import ALL
from gateway.routing import PUBLIC, Route
from gateway.start_pages import PAGES
from services.chassis.core.settings import Settings
from services.civic.assurance import in_words

VERSION = "0.1.0"
KEY_HEADER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "同一操作重发时保持不变；16 至 128 个可见字符，建议用 UUID。",
    "schema": {"type": "string", "minLength": 16, "maxLength": 128},
}
MANDATE_HEADER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "代他人办理时填写委托编号；本人办理不填。",
    "schema": {"type": "string", "maxLength": 64},
}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "code", "detail", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string"},
        "detail": {"type": "string", "description": "请您怎么做"},
        "request_id": {"type": "string"},
        "errors": {"type": "object"},
    },
}


def install(app: Flask, settings: Settings) -> None:
    """Add /openapi.json, /docs and its style sheet to the app."""

    @app.get("/openapi.json")
    def openapi():
        return jsonify(specification(settings.public_url))

    @app.get("/docs")
    def docs():
        return render_template("docs.html", spec=specification(settings.public_url))

    @app.get("/docs.css")
    def docs_css():
        return Response(render_template("docs.css"), content_type="text/css; charset=utf-8")


@cache
def specification(public_url: str) -> dict:
    """Give the OpenAPI 3.1 description of every route, from the contracts that the services check."""
    spec = APISpec(
        "Xiangzhi 乡治",
        VERSION,
        "3.1.0",
        plugins=[MarshmallowPlugin(schema_name_resolver=lambda schema: _name(schema))],
        info={"description": "An open platform for the villages of a county."},
        servers=[{"url": public_url}],
    )
    spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"})
    spec.components.schema("Problem", PROBLEM)
    spec.components.schema("UnavailablePart", schema=UnavailablePart)
    every: tuple[Route | AggregatedPage, ...] = (*ALL, *PAGES)
    for route in every:
        spec.path(route.path, operations={route.verb.lower(): _operation(route)})
    return spec.to_dict()


def _name(schema) -> str:
    return (schema if isinstance(schema, type) else type(schema)).__name__


def _operation(route: Route | AggregatedPage) -> dict:
    operation: dict = {
        "operationId": f"{route.name}_formerly" if route.moved_to else route.name,
        "tags": [route.tag],
        "summary": ((route.request or route.answer).__doc__ or "").strip().splitlines()[0],
        "parameters": _parameters(route),
        "responses": {
            str(route.status): _content("成功", route.answer, "application/json"),
            "default": _content("失败", "Problem", "application/problem+json"),
        },
    }
    if route.moved_to:
        operation["deprecated"] = True
    if route.guard != PUBLIC:
        operation["security"] = [{"bearer": []}]
    if route.operation.assurance is not None:
        operation["x-assurance"] = route.operation.assurance
        operation["description"] = f"居民需要的实名等级：{in_words(route.operation.assurance)}。"
    if not route.reads and route.request and not route.collect:
        operation["requestBody"] = {"required": True, **_content(None, route.request, "application/json")}
    return operation


def _content(description: str | None, schema, media: str) -> dict:
    content = {"content": {media: {"schema": schema}}} if schema else {}
    return {"description": description, **content} if description else content


def _parameters(route: Route | AggregatedPage) -> list:
    in_path = [part[1:-1] for part in route.path.split("/") if part.startswith("{")]
    found = [{"name": n, "in": "path", "required": True, "schema": {"type": "string"}} for n in in_path]
    if route.needs_key:
        found.append(KEY_HEADER)
    if route.operation.mandate:
        found.append(MANDATE_HEADER)
    if route.reads and route.request:
        for name, field in route.request._declared_fields.items():
            if name not in in_path:
                one = {"name": name, "in": "query", "required": field.required}
                found.append(one | _written(field, name in route.numbers))
    return found


def _written(field: fields.Field, number: bool) -> dict:
    """Say how a query's value is written; a list's values are separated by commas."""
    if not isinstance(field, fields.List):
        return {"schema": {"type": "integer" if number else "string"}}
    one_of = field.inner.validate
    if not isinstance(one_of, validate.OneOf):
        raise TypeError("a list in a query names its values: validate.OneOf")
    choices = {"type": "string", "enum": one_of.choices}
    values = {"type": "array", "items": choices, "minItems": 1}
    return {"description": field.metadata["description"], "style": "form", "explode": False, "schema": values}
