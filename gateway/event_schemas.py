"""JSON schemas of events' data, converted from the contracts, as a reader of a stream may rely on them."""

import inspect
from functools import cache

from apispec import APISpec
from apispec.ext.marshmallow.openapi import OpenAPIConverter

from services.chassis.events.event import Event
from services.chassis.events.registry import import_all

DIALECT = "http://json-schema.org/draft-07/schema#"
PUBLIC, PERSONAL = "public", "personal"
PRIVACY = "x-privacy"


def declared_events() -> list[type[Event]]:
    """Give every event that a service's contract declares, by name and version."""
    return [event for _, event in sorted(import_all().items()) if event.__module__.startswith("services.")]


def describe(event: type[Event]) -> str:
    """Give what the event's docstring says."""
    return inspect.cleandoc(event.__doc__ or "")


def data_schema(event: type[Event]) -> dict:
    """Give the JSON schema (draft 7) of an event's data, with `x-privacy` on every field.

    A reader must ignore fields that it does not know, so that one can be added; and a personal field is never
    required, because it is there only where it was granted.
    """
    made = _opened(_converter().schema2jsonschema(event()))
    fields = made.get("properties", {})
    required = [name for name in made.get("required", ()) if fields[name].get(PRIVACY) == PUBLIC]
    return {**made, "title": event.type(), "description": describe(event), "required": sorted(required)}


def undecided_fields(schema: dict) -> list[str]:
    """Give the fields of a data schema that are declared neither public nor personal."""
    return [
        name
        for name, field in schema.get("properties", {}).items()
        if field.get(PRIVACY) not in (PUBLIC, PERSONAL)
    ]


@cache
def _converter() -> OpenAPIConverter:
    # without a name every nested shape is written out in its place: one file is then the whole promise
    spec = APISpec("events", "1", "3.1.0")
    converter = OpenAPIConverter(spec.openapi_version, schema_name_resolver=lambda schema: "", spec=spec)
    converter.add_attribute_function(_privacy)
    converter.add_attribute_function(portable_pattern)
    return converter


def _privacy(converter: OpenAPIConverter, field, ret: dict) -> dict:
    privacy = field.metadata.get("privacy")
    return {PRIVACY: privacy} if privacy else {}


def portable_pattern(converter: OpenAPIConverter, field, ret: dict) -> dict:
    """Give the anchors of Python as those of ECMA 262, which JSON Schema asks for: there `\\A` is the letter A."""
    pattern = ret.get("pattern")
    return {"pattern": pattern.replace(r"\A", "^").replace(r"\Z", "$")} if pattern else {}


def _opened(schema: dict) -> dict:
    made = {key: value for key, value in schema.items() if key != "additionalProperties"}
    if "properties" in made:
        made["properties"] = {name: _opened(field) for name, field in made["properties"].items()}
    if "items" in made:
        made["items"] = _opened(made["items"])
    return made
