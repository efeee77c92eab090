"""What leaves through a door is what marshmallow would give, for every answer that is declared."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from marshmallow import fields, missing, post_dump

from services.chassis.core.schemas import Answer
from services.chassis.events.registry import import_all
from services.chassis.rpc.dumping import dumper

NOW = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)


def answers(shape=Answer):
    """Give every declared answer shape."""
    import_all()
    found = []
    for below in shape.__subclasses__():
        found += [below, *answers(below)]
    return found


def value_of(field, turn):
    """Give a value for a field, another one each turn: an ordinary one, an odd one, None, or nothing at all."""
    if turn == 2:
        return None
    if turn == 3:
        return missing
    if isinstance(field, fields.Nested):
        return thing(field.schema, turn)
    if isinstance(field, fields.List):
        return [value_of(field.inner, turn), value_of(field.inner, turn)]
    for kind, values in VALUES.items():
        if isinstance(field, kind):
            return values[turn]
    return {"a": 1}


VALUES = {
    fields.Integer: (7, 7.0),
    fields.Float: (1.5, 2),
    fields.Boolean: (True, 1),
    fields.DateTime: (NOW, NOW.replace(microsecond=5)),
    fields.Date: (NOW.date(), NOW.date()),
    fields.Function: ("unused", "unused"),
    fields.String: ("王*英", 5),
}


def thing(shape, turn):
    """Give a dict with something for every field of a shape."""
    made = {}
    for name, field in shape.dump_fields.items():
        value = value_of(field, turn)
        if value is not missing:
            made[field.attribute or name] = value
    return made


@pytest.mark.parametrize("turn", range(4), ids=["ordinary", "odd", "empty", "absent"])
@pytest.mark.parametrize("shape", answers(), ids=lambda shape: f"{shape.__module__}.{shape.__name__}")
def test_an_answer_is_dumped_as_marshmallow_dumps_it(shape, turn):
    given = thing(shape(), turn)
    for one in (given, SimpleNamespace(**given)):
        outcomes = [_outcome(dump, one) for dump in (dumper(shape()), shape().dump)]
        assert outcomes[0] == outcomes[1]


def test_a_shape_with_a_hook_is_left_to_marshmallow():
    class Hooked(Answer):
        name = fields.String()

        @post_dump
        def shout(self, data, **_):
            return {**data, "name": data["name"].upper()}

    assert dumper(Hooked())({"name": "a"}) == {"name": "A"}


def _outcome(dump, given):
    try:
        return dump(given)
    except Exception as error:
        return type(error)
