"""Shapes as JSON schemas: portable to every language, described, and without what the path already says."""

import re
from copy import copy

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin, OpenAPIConverter
from marshmallow import Schema, fields

from gateway.event_schemas import portable_pattern
from gateway.openapi import words


def name_of(schema: type[Schema] | Schema) -> str:
    """Give the name of a shape among the components."""
    return (schema if isinstance(schema, type) else type(schema)).__name__


class Converter(OpenAPIConverter):
    """Converts fields as apispec does, portably, and says of each what it is."""

    def init_attribute_functions(self) -> None:
        """Name what a field's schema is made of."""
        super().init_attribute_functions()
        self.add_attribute_function(portable_pattern)

    def field2property(self, field: fields.Field) -> dict:
        """Give the schema of one field."""
        made = super().field2property(field)
        if made.get("default", "") is None:
            # absent and null are the same to us; a client must not send what it need not
            del made["default"]
        return made | words.told_of(field)


class Plugin(MarshmallowPlugin):
    """apispec's plugin with our converter."""

    Converter = Converter


def names_in(path: str) -> list[str]:
    """Give the names of a path's variables."""
    return re.findall(r"{(\w+)}", path)


def without_path(request: type[Schema], path: str) -> Schema | None:
    """Give what is left of a request for its body; None where the path says all of it."""
    said = set(names_in(path)) & set(request._declared_fields)
    left = request(exclude=said)
    return left if left.fields else None


def alone(field: fields.Field) -> dict:
    """Give the schema of a value in a path or a query: there is no null in an address."""
    made = _CONVERTER.field2property(_never_null(field))
    return {name: value for name, value in made.items() if name != "description"}


def _never_null(field: fields.Field) -> fields.Field:
    told = copy(field)
    told.allow_none = False
    return told


def _converter() -> Converter:
    plugin = Plugin(schema_name_resolver=name_of)
    APISpec("values", "1", "3.1.0", plugins=[plugin])
    assert isinstance(plugin.converter, Converter)
    return plugin.converter


_CONVERTER = _converter()
