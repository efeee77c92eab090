"""The catalogue of events: AsyncAPI 3.0 from the contracts, and the same as a page that needs no script.

It is the same for everybody and says nothing about one installation: no host, no account, no department.
"""

from fnmatch import fnmatchcase
from functools import cache

import orjson
from flask import Flask, Response, render_template
from werkzeug.exceptions import NotFound

from gateway import event_headers
from gateway.cacheable import cacheable
from gateway.event_schemas import data_schema, declared_events, describe
from gateway.openapi.pages import HTML, WITH_SCRIPT
from gateway.publish_contracts import file_name, text_of
from services.chassis import __version__
from services.chassis.amqp.topology import EXCHANGE
from services.chassis.events.event import Event
from services.identity.subscribers.feed.contract import INNER

STREAM = "departmentStream"
INTRODUCTION = (
    "Facts of the platform as CloudEvents 1.0 in AMQP binary mode: ids, states, times, amounts and the region, at least "
    "once and in order per `subject`. Remember the ids you have handled, and ignore fields that you do not know: "
    "new ones may be added. What would break a reader comes as a new version next to the old one. "
    "A stream is kept for months and carries no personal data: where personal fields were granted, the attribute "
    "`personaldata` says `pull`, and GET /events?from_event=<id>&limit=1 adds them by the grant of that day. "
    "A department that cannot read a stream pulls the same events with GET /events (see /docs)."
)
INFO = {
    "title": "Xiangzhi 乡治",
    "description": INTRODUCTION,
    "contact": {"name": "The platform's operator"},
    "license": {"name": "Apache-2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0"},
}
SERVERS = {
    "departments": {
        "host": "{broker}",
        "pathname": "/{vhost}",
        "protocol": "amqp",
        "protocolVersion": "0-9-1",
        "description": "Where a department reads its own stream, and may do nothing else.",
        "variables": {
            "broker": {"description": "Host and port, as told with the grant."},
            "vhost": {"description": "Virtual host of the departments' streams, as told with the grant."},
        },
        "security": [{"$ref": "#/components/securitySchemes/departmentAccount"}],
    },
    "platform": {
        "host": "{broker}",
        "protocol": "amqp",
        "protocolVersion": "0-9-1",
        "description": "The platform's own services only. Grants name events and regions by its routing keys.",
        "variables": {"broker": {"description": "Not reachable from outside."}},
    },
}
REGION = {
    "description": "The region's division code with a dot between its levels: county, town, village.",
    "examples": ["510183", "510183.103", "510183.103.204"],
}


def install(app: Flask) -> None:
    """Add /asyncapi.json and /events-docs to the app; both may be cached by anybody."""

    @app.get("/asyncapi.json")
    def asyncapi() -> Response:
        return cacheable(_body(), "application/json")

    @app.get("/event-schemas/<file>")
    def event_schema(file: str):
        if file not in _schemas():
            raise NotFound
        return cacheable(_schemas()[file].encode(), "application/schema+json")

    @app.get("/events-docs")
    def events_docs() -> Response:
        return cacheable(_page(), HTML, Content_Security_Policy=WITH_SCRIPT)


@cache
def document() -> dict:
    """Give the AsyncAPI 3.0 description of every declared event."""
    events = declared_events()
    by_name: dict[str, list[type[Event]]] = {}
    for event in events:
        by_name.setdefault(event.name, []).append(event)
    offered = [event for event in events if not any(fnmatchcase(event.name, inner) for inner in INNER)]
    return {
        "asyncapi": "3.0.0",
        "info": {**INFO, "version": __version__, "tags": [{"name": name} for name in _services(events)]},
        "defaultContentType": "application/json",
        "servers": SERVERS,
        "channels": {STREAM: _stream(offered)} | {n: _channel(n, found) for n, found in by_name.items()},
        "operations": {"deliver": _delivery(offered)} | {f"tell.{n}": _telling(n) for n in by_name},
        "components": {
            "messages": {event.type(): _message(event) for event in events},
            "schemas": {"cloudEvent": event_headers.every()},
            "parameters": {"region": REGION},
            "securitySchemes": {
                "departmentAccount": {
                    "type": "userPassword",
                    "description": "The account told with the grant.",
                }
            },
        },
    }


def _services(events: list[type[Event]]) -> list[str]:
    return sorted({event.name.split(".")[0] for event in events})


def _channel(name: str, events: list[type[Event]]) -> dict:
    exchange = {"name": EXCHANGE, "type": "topic", "durable": True, "autoDelete": False}
    return {
        "address": f"{name}.{{region}}",
        "title": name,
        "servers": [{"$ref": "#/servers/platform"}],
        "parameters": {"region": {"$ref": "#/components/parameters/region"}},
        "messages": _references(events),
        "bindings": {"amqp": {"is": "routingKey", "exchange": exchange, "bindingVersion": "0.3.0"}},
    }


def _stream(events: list[type[Event]]) -> dict:
    return {
        "address": "{stream}",
        "title": "A department's own stream",
        "description": "A RabbitMQ stream with exactly what was granted; it can be read again from any offset or time.",
        "servers": [{"$ref": "#/servers/departments"}],
        "parameters": {"stream": {"description": "The stream's name, as told with the grant."}},
        "messages": _references(events),
        "bindings": {
            "amqp": {
                "is": "queue",
                "queue": {"name": "{stream}", "durable": True, "exclusive": False, "autoDelete": False},
                "bindingVersion": "0.3.0",
            }
        },
    }


def _references(events: list[type[Event]]) -> dict:
    return {event.type(): {"$ref": f"#/components/messages/{event.type()}"} for event in events}


def _delivery(events: list[type[Event]]) -> dict:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{STREAM}"},
        "summary": "The platform feeds a department's stream with what its grant covers: types and region; a pull adds personal fields.",
        "description": "Read with a prefetch (basic.qos), acknowledge, and name where to begin in the consumer's "
        "argument x-stream-offset: first, last, next, an offset or a timestamp. Declare nothing.",
        "messages": [{"$ref": f"#/channels/{STREAM}/messages/{event.type()}"} for event in events],
    }


def _telling(name: str) -> dict:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{name}"},
        "summary": f"The platform tells {name}.",
        "description": f"Published to {EXCHANGE} when the state that holds it was written, at least once.",
    }


def _message(event: type[Event]) -> dict:
    return {
        "name": event.type(),
        "title": event.name,
        "summary": describe(event).split("\n")[0],
        "description": describe(event),
        "tags": [{"name": event.name.split(".")[0]}],
        "contentType": "application/json",
        "headers": {
            "type": "object",
            "allOf": [{"$ref": "#/components/schemas/cloudEvent"}],
            "properties": event_headers.of(event),
        },
        "payload": data_schema(event),
        "x-event-name": event.name,
        "x-event-version": event.version,
        "x-routing-key": f"{event.name}.{{region}}",
    }


@cache
def _schemas() -> dict[str, str]:
    """Give the published schema of every event by the name of its file, to which `dataschema` points."""
    return {file_name(event): text_of(event) for event in declared_events()}


@cache
def _body() -> bytes:
    return orjson.dumps(document())


@cache
def _page() -> bytes:
    return render_template("events.html", catalogue=document(), stream=STREAM).encode()
