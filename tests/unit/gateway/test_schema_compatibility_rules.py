"""Each rule of evolution finds the change that would break a reader, and names the field; harmless changes pass."""

import copy

import pytest

from gateway import schema_compatibility
from gateway.schema_compatibility import breaks

PUBLISHED = {
    "type": "object",
    "properties": {
        "order_id": {"type": "string", "pattern": "^[a-z]+$", "x-privacy": "public"},
        "state": {"type": "string", "enum": ["placed", "paid"], "x-privacy": "public"},
        "amount_fen": {"type": "integer", "minimum": 1, "maximum": 1000, "x-privacy": "public"},
        "weight": {"type": "number", "multipleOf": 0.5, "x-privacy": "public"},
        "paid_at": {"type": "string", "format": "date-time", "x-privacy": "public"},
        "note": {"type": ["string", "null"], "maxLength": 20, "x-privacy": "public"},
        "lines": {
            "type": "array",
            "maxItems": 3,
            "x-privacy": "public",
            "items": {"type": "object", "properties": {"count": {"type": "integer"}}, "required": ["count"]},
        },
    },
    "required": ["order_id", "state", "amount_fen", "lines"],
}


def _changed(path: str, **changes) -> dict:
    """Give the schema with these keywords of one field set, or taken away where the value is ... ."""
    schema = copy.deepcopy(PUBLISHED)
    field = schema
    for step in path.split("."):
        field = field["items"] if step == "[]" else field["properties"][step]
    for keyword, value in changes.items():
        if value is ...:
            del field[keyword]
        else:
            field[keyword] = value
    return schema


def _without(name: str) -> dict:
    schema = copy.deepcopy(PUBLISHED)
    del schema["properties"][name]
    schema["required"] = [one for one in schema["required"] if one != name]
    return schema


def _with(name: str, required: bool) -> dict:
    schema = copy.deepcopy(PUBLISHED)
    schema["properties"][name] = {"type": "string", "x-privacy": "public"}
    schema["required"] += [name] if required else []
    return schema


def _optional(name: str) -> dict:
    return {**PUBLISHED, "required": [one for one in PUBLISHED["required"] if one != name]}


BREAKING = [
    ("no_field_goes_away", _without("paid_at"), "paid_at"),
    ("no_field_goes_away", _without("order_id"), "order_id"),
    ("no_field_goes_away", _changed("lines.[]", properties={}), "lines[].count"),
    ("no_required_field_becomes_optional", _optional("state"), "state"),
    ("no_required_field_becomes_optional", _changed("lines.[]", required=[]), "lines[].count"),
    ("no_field_takes_another_type", _changed("amount_fen", type="string"), "amount_fen"),
    ("no_field_takes_another_type", _changed("amount_fen", type="number"), "amount_fen"),
    ("no_field_takes_another_type", _changed("amount_fen", type=["integer", "null"]), "amount_fen"),
    ("no_field_takes_another_type", _changed("amount_fen", type=...), "amount_fen"),
    ("no_field_takes_another_type", _changed("lines.[].count", type="string"), "lines[].count"),
    ("no_list_of_values_grows", _changed("state", enum=["placed", "paid", "lost"]), "state"),
    ("no_list_of_values_grows", _changed("state", enum=...), "state"),
    ("no_limit_is_widened", _changed("amount_fen", minimum=0), "amount_fen"),
    ("no_limit_is_widened", _changed("amount_fen", maximum=1001), "amount_fen"),
    ("no_limit_is_widened", _changed("amount_fen", maximum=...), "amount_fen"),
    ("no_limit_is_widened", _changed("note", maxLength=21), "note"),
    ("no_limit_is_widened", _changed("lines", maxItems=4), "lines"),
    ("no_pattern_or_format_is_given_up", _changed("order_id", pattern="^[a-z0-9]+$"), "order_id"),
    ("no_pattern_or_format_is_given_up", _changed("order_id", pattern=...), "order_id"),
    ("no_pattern_or_format_is_given_up", _changed("paid_at", format="date"), "paid_at"),
    ("no_public_field_becomes_personal", _changed("note", **{"x-privacy": "personal"}), "note"),
    ("no_public_field_becomes_personal", _changed("note", **{"x-privacy": ...}), "note"),
    ("nothing_changes_that_no_rule_can_judge", _changed("weight", multipleOf=0.1), "weight"),
    ("nothing_changes_that_no_rule_can_judge", _changed("note", oneOf=[{"type": "null"}]), "note"),
]
HARMLESS = {
    "a new optional field": _with("carrier", required=False),
    "a new required field": _with("carrier", required=True),
    "an optional field becomes required": {**PUBLISHED, "required": list(PUBLISHED["properties"])},
    "fewer values": _changed("state", enum=["placed"]),
    "one value": _changed("state", enum=..., const="paid"),
    "narrower limits": _changed("amount_fen", minimum=5, maximum=10),
    "a limit where there was none": _changed("weight", minimum=0),
    "never null": _changed("note", type="string"),
    "an integer where a number was published": _changed("weight", type="integer"),
    "a pattern where there was none": _changed("note", pattern="^a"),
    "better words": _changed("note", description="说明"),
}


@pytest.mark.parametrize(("rule", "current", "field"), BREAKING)
def test_a_change_that_breaks_a_reader_is_found_by_its_rule_and_names_the_field(rule, current, field):
    found = getattr(schema_compatibility, rule)(PUBLISHED, current)
    assert [one.split(":")[0] for one in found] == [field]
    assert found[0] in breaks(PUBLISHED, current)


@pytest.mark.parametrize("current", HARMLESS.values(), ids=HARMLESS)
def test_a_change_that_no_reader_notices_is_allowed(current):
    assert current != PUBLISHED
    assert breaks(PUBLISHED, current) == []


def test_nothing_changed_is_nothing_broken():
    assert breaks(PUBLISHED, copy.deepcopy(PUBLISHED)) == []


def test_every_rule_is_shown_by_a_change_that_it_finds():
    assert {rule for rule, _, _ in BREAKING} == {rule.__name__ for rule in schema_compatibility.RULES}
