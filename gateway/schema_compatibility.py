"""What a change of an event's data schema would break for somebody who reads the published version.

A reader is broken by what it does not expect: a field that is gone or may be absent, a value of another kind. A new
field and a narrower range of values break nobody. Each rule takes (published, current) and gives one sentence per break.
"""

NOTES = {
    "$schema",
    "$id",
    "$comment",
    "title",
    "description",
    "default",
    "examples",
    "deprecated",
    "x-privacy",
}
STRUCTURE = {"properties", "items", "required"}
LOWER = ("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties")
UPPER = ("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties")
FORMS = ("pattern", "format")
JUDGED = NOTES | STRUCTURE | {"type", "enum", "const", *LOWER, *UPPER, *FORMS}
ABSENT = object()


def breaks(published: dict, current: dict) -> list[str]:
    """Give every break of every rule; nothing means that readers of the published schema can read the current one."""
    return [found for rule in RULES for found in rule(published, current)]


def no_field_goes_away(published: dict, current: dict) -> list[str]:
    """What a reader has been told of stays."""
    now = _places(current)
    return [f"{path}: the field goes away" for path in _places(published) if path not in now]


def no_required_field_becomes_optional(published: dict, current: dict) -> list[str]:
    """What was always there stays always there."""
    before, now = _required(published), _required(current)
    return [
        f"{path}: was always there and becomes optional"
        for path in sorted(before - now)
        if path in _places(current)
    ]


def no_field_takes_another_type(published: dict, current: dict) -> list[str]:
    """A value is of a type that was published; an integer is a number too, and null is a type."""
    found = []
    for path, before, now in _pairs(published, current):
        new = [] if "type" not in before else sorted(_types(now) - _accepted(_types(before)))
        found += [f"{path}: may be {kind} now" for kind in new]
    return found


def no_list_of_values_grows(published: dict, current: dict) -> list[str]:
    """A value is one of those that were published: whoever handles each of them would not know a new one."""
    found = []
    for path, before, now in _pairs(published, current):
        listed, given = _values(before), _values(now)
        if listed is None:
            continue
        if given is None:
            found.append(f"{path}: may be any value now, not only a published one")
        else:
            found += [f"{path}: has the new value {value!r}" for value in given if value not in listed]
    return found


def no_limit_is_widened(published: dict, current: dict) -> list[str]:
    """A value stays inside the published limits of number, length and count."""
    found = []
    for path, before, now in _pairs(published, current):
        for name in (*LOWER, *UPPER):
            limit, given = before.get(name), now.get(name)
            if limit is not None and (given is None or (given < limit if name in LOWER else given > limit)):
                found.append(f"{path}: {name} was {limit} and is {'gone' if given is None else given}")
    return found


def no_pattern_or_format_is_given_up(published: dict, current: dict) -> list[str]:
    """A text is formed as published; whether another pattern is narrower cannot be told, so it is a break."""
    return [
        f"{path}: {name} was {before[name]} and is {now.get(name, 'gone')}"
        for path, before, now in _pairs(published, current)
        for name in FORMS
        if name in before and now.get(name) != before[name]
    ]


def no_public_field_becomes_personal(published: dict, current: dict) -> list[str]:
    """What every subscriber was sent is not withheld from those without a grant."""
    return [
        f"{path}: was public and is {now.get('x-privacy', 'undeclared')}"
        for path, before, now in _pairs(published, current)
        if before.get("x-privacy") == "public" and now.get("x-privacy") != "public"
    ]


def nothing_changes_that_no_rule_can_judge(published: dict, current: dict) -> list[str]:
    """A keyword that the rules above do not know (oneOf, multipleOf, ...) must stay as it was published."""
    return [
        f"{path or 'the data'}: {name} changed, and no rule can tell whether that breaks a reader"
        for path, before, now in [("", published, current), *_pairs(published, current)]
        for name in sorted((before.keys() | now.keys()) - JUDGED)
        if before.get(name, ABSENT) != now.get(name, ABSENT)
    ]


RULES = (
    no_field_goes_away,
    no_required_field_becomes_optional,
    no_field_takes_another_type,
    no_list_of_values_grows,
    no_limit_is_widened,
    no_pattern_or_format_is_given_up,
    no_public_field_becomes_personal,
    nothing_changes_that_no_rule_can_judge,
)


def _places(schema: dict, path: str = "") -> dict[str, dict]:
    """Give every field below a schema by its path: `lines[].price_fen` is a field of the objects in a list."""
    found: dict[str, dict] = {}
    inner = {
        f"{path}.{name}" if path else name: field for name, field in schema.get("properties", {}).items()
    }
    if isinstance(schema.get("items"), dict):
        inner[f"{path}[]"] = schema["items"]
    for where, field in inner.items():
        found |= {where: field, **_places(field, where)}
    return found


def _pairs(published: dict, current: dict) -> list[tuple[str, dict, dict]]:
    now = _places(current)
    return [(path, before, now[path]) for path, before in _places(published).items() if path in now]


def _required(schema: dict) -> set[str]:
    holders = [("", schema), *((f"{path}.", field) for path, field in _places(schema).items())]
    return {f"{path}{name}" for path, holder in holders for name in holder.get("required", ())}


def _types(field: dict) -> set[str]:
    kinds = field.get("type", "anything")
    return {kinds} if isinstance(kinds, str) else set(kinds)


def _accepted(kinds: set[str]) -> set[str]:
    return kinds | {"integer"} if "number" in kinds else kinds


def _values(field: dict) -> list | None:
    return [field["const"]] if "const" in field else field.get("enum")
