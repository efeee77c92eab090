"""What the fields and tags of the API are called and look like, from one table: `words.toml`."""

import tomllib
from pathlib import Path
from typing import Any

from marshmallow import Schema, fields

_TABLE = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))
TAGS: dict[str, str] = _TABLE["tags"]
ABOUT: dict[str, str] = _TABLE["about"]
EXAMPLES: dict[str, Any] = _TABLE["example"]
OMITTED: frozenset[str] = frozenset(_TABLE["omitted"])


def description_of(field: fields.Field) -> str:
    """Give what a field is, in Chinese: as its contract says, else as the table does; empty where nobody does."""
    said = field.metadata.get("description")
    return said or next((ABOUT[name] for name in names_of(field) if name in ABOUT), "")


def told_of(field: fields.Field) -> dict:
    """Give what a schema says of a shape's own field; of the values in a list the list has said it."""
    said = isinstance(field.parent, Schema) and description_of(field)
    return {"description": said} if said else {}


def names_of(field: fields.Field) -> list[str]:
    """Give under which names the table may know a field, its own shape first, then those that the shape is made from."""
    name = field.data_key or field.name or ""
    return [*(f"{shape.__name__}.{name}" for shape in type(field.parent).__mro__), name]


def described(schema: dict, shape: Schema) -> dict:
    """Give a shape's JSON schema with what its fields are."""
    properties = {
        one.data_key or name: {**schema["properties"][one.data_key or name], **told_of(one)}
        for name, one in shape.fields.items()
    }
    return {**schema, "properties": properties}
