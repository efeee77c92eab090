"""What a department's own endpoint receives, as OpenAPI's `webhooks`: one signed POST for each event that it was granted."""

from gateway.event_schemas import data_schema, declared_events, describe
from gateway.openapi.words import described
from services.chassis.events.event import Event

MEDIA_TYPE = "application/cloudevents+json"
HEADERS = {
    "webhook-id": ("事件的编号；同一事件可能再来", "application:e27a1bb4693a5db494e9bb67c1c5f0e8:4"),
    "webhook-timestamp": ("发出的时间，Unix 秒", "1795248000"),
    "webhook-signature": (
        "Standard Webhooks 的签名；更换密钥后的 24 小时内有两个，以空格隔开",
        "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
    ),
}
ANSWERS = {
    "2XX": "已收下；须在 10 秒内答复",
    "410": "不再接收：推送立即停用",
    "429": "稍后再送，最多按 Retry-After 等六小时",
    "503": "稍后再送，最多按 Retry-After 等六小时",
    "default": "没有收下：稍后重试",
}


def every() -> dict:
    """Give the webhook of every declared event by its type."""
    return {event.type(): {"post": _delivery(event)} for event in declared_events()}


def _delivery(event: type[Event]) -> dict:
    return {
        "operationId": f"receive.{event.type()}",
        "summary": describe(event).split("\n")[0],
        "description": "由部门自己的服务器接收；按 subject 有序，至少一次，不认识的字段请忽略。",
        "tags": ["departments"],
        "security": [],
        "parameters": [_header(name, *told) for name, told in HEADERS.items()],
        "requestBody": {"required": True, "content": {MEDIA_TYPE: {"schema": _schema(event)}}},
        "responses": {status: {"description": told} for status, told in ANSWERS.items()},
    }


def _header(name: str, description: str, example: str) -> dict:
    told = {"name": name, "in": "header", "required": True, "description": description}
    return {**told, "schema": {"type": "string"}, "example": example}


def _schema(event: type[Event]) -> dict:
    kind = {"type": "string", "const": event.type(), "description": "事件的种类和版本"}
    data = described(data_schema(event), event())
    own = {"type": "object", "properties": {"type": kind, "data": data}}
    return {"allOf": [{"$ref": "#/components/schemas/CloudEvent"}, own]}
