"""The description itself: every route and page, what departments receive by webhook, the shapes and the tags."""

from functools import cache

from apispec import APISpec

from gateway.aggregation import AggregatedPage, UnavailablePart
from gateway.openapi import webhooks
from gateway.openapi.operations import described, tag_of
from gateway.openapi.shapes import Plugin, name_of
from gateway.openapi.words import TAGS
from gateway.routes import ALL
from gateway.routing import Route
from gateway.start_pages import PAGES
from services.chassis import __version__

EVERY: tuple[Route | AggregatedPage, ...] = (*ALL, *PAGES)
SERVICES = {
    "identity": "身份与治理 identity",
    "affairs": "政务服务 affairs",
    "market": "农产品买卖 market",
    "integrity": "监督举报 integrity",
    "page": "首页 pages",
}
"""The groups of tags: who answers."""
INFO = {
    "summary": "县域乡村服务平台的公开接口。",
    "description": "居民、工作人员和其他部门使用的 HTTP 接口，由各项能力的契约生成。金额以分计，时间为 UTC，区划为统计用区划代码；"
    "写操作须带 Idempotency-Key，失败以 application/problem+json 答复。",
    "contact": {"name": "本平台的管理员"},
    "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
}
PROBLEM = {
    "type": "object",
    "description": "失败的答复（RFC 9457）",
    "required": ["type", "title", "status", "code", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "description": "问题种类的 URN，以 code 结尾"},
        "title": {"type": "string", "description": "code 的可读写法"},
        "status": {"type": "integer", "description": "HTTP 状态码"},
        "code": {"type": "string", "description": "稳定的错误代码，供程序判断"},
        "detail": {"type": "string", "description": "请您怎么做"},
        "request_id": {"type": "string", "description": "本次请求的编号，求助时请提供"},
        "errors": {
            "type": "object",
            "description": "供程序使用的细节，如各字段的错误",
            "properties": {
                "retry_after": {"type": "integer", "description": "过多少秒再试"},
                "proof_of_work": {
                    "description": "可以代替等待的计算",
                    "allOf": [{"$ref": "#/components/schemas/ProofOfWork"}],
                },
            },
        },
    },
    "examples": [
        {
            "type": "urn:xiangzhi:problem:request.invalid",
            "title": "request: invalid",
            "status": 400,
            "code": "request.invalid",
            "detail": "请求内容有误，请按提示修改后重新提交。",
            "request_id": "6f0c8c1b8e1d4f0d9a2b7c3e5d4f6a81",
            "errors": {"phone": ["手机号应为 11 位数字，以 1 开头。"]},
        }
    ],
}

PROOF_OF_WORK = {
    "type": "object",
    "description": "可以代替等待的计算：找一段文字，使“质询:文字”的 SHA-256 以 bits 个二进制零开头，再以“质询:文字”为 proof_of_work 重发原请求；"
    "每个质询只用一次。",
    "required": ["challenge", "algorithm", "bits", "expires_at"],
    "properties": {
        "challenge": {"type": "string", "description": "质询，原样带回"},
        "algorithm": {"type": "string", "description": "散列算法", "enum": ["SHA-256"]},
        "bits": {"type": "integer", "description": "散列开头的二进制零的个数"},
        "expires_at": {"type": "string", "format": "date-time", "description": "在此之前有效"},
    },
}
"""What a refusal asks for where work is taken instead of waiting (`sessions/proofs_of_work.py`)."""


@cache
def specification(public_url: str) -> dict:
    """Give the OpenAPI 3.1 description of every route, from the contracts that the services check."""
    spec = APISpec(
        "Xiangzhi 乡治",
        __version__,
        "3.1.0",
        plugins=[Plugin(schema_name_resolver=name_of)],
        info=INFO,
        servers=[{"url": public_url, "description": "本平台"}],
        tags=list(_tags()),
    )
    spec.options["x-tagGroups"] = _groups()
    spec.components.security_scheme(
        "bearer",
        {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "登录后得到的访问令牌，15 分钟内有效。",
        },
    )
    spec.components.schema("Problem", PROBLEM)
    spec.components.schema("ProofOfWork", PROOF_OF_WORK)
    spec.components.schema("UnavailablePart", schema=UnavailablePart)
    for route in EVERY:
        spec.path(route.path, operations={route.verb.lower(): described(route)})
    made = spec.to_dict()
    return {**made, "webhooks": webhooks.every()}


def _tags():
    for name, title in {tag_of(route): title_of(route) for route in EVERY}.items():
        yield {"name": name, "x-displayName": title, "description": TAGS.get(name, "")}


def title_of(route: Route | AggregatedPage) -> str:
    """Give the Chinese name under which a page shows the capability."""
    return route.tag.partition(" ")[0]


def _groups() -> list[dict]:
    """A tag stands with the service that answers its first route."""
    first = {tag_of(route): route.service for route in reversed(EVERY)}
    return [
        {"name": title, "tags": [tag for tag in sorted(first) if first[tag] == service]}
        for service, title in SERVICES.items()
    ]
