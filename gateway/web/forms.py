"""From the contract of an operation to what people fill in, and back: a form has no rule of its own.

What somebody typed goes to the service as it was typed, in the type that the contract names; what the service says of a field
stands at the field. So pages and programs are refused for the same, in the same words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from marshmallow import ValidationError, fields, validate
from werkzeug.datastructures import MultiDict

from gateway.routing import Route
from gateway.web import numbers, words
from gateway.web.numbers import DATE_PARTS
from services.chassis.core.schemas import Text
from services.civic.inputs import Phone

DAYS = (fields.Date, fields.AwareDateTime)
"""What is filled in as a day: of a time, the beginning of the day in China."""
BEGINS = "T00:00:00+08:00"
PROOF = "proof_of_work"
ON = "1"
"""What a ticked box sends."""
PICK_ONE = "请选一项。"
"""What is said where nothing was picked: a contract names its codes there, and who reads a page chose among words."""


@dataclass(frozen=True)
class Input:
    """One thing to fill in; `kind` is text, lines, number, money, date, choice, choices, yes, password, code or file."""

    name: str
    label: str
    hint: str
    kind: str
    value: Any = ""
    error: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    autocomplete: str = ""
    keyboard: str = ""
    kept: Any = None
    """What is kept of it, cleaned, where that is known: who checks it once more sees that."""
    accept: str = ""
    """Of a file: what a browser offers of what lies on the device."""

    @property
    def id(self) -> str:
        """Give the id of the field that an error points to."""
        return f"{self.name}-year" if self.kind == "date" else self.name

    @property
    def said(self) -> str:
        """Say what was filled in, for who checks it once more."""
        if self.kind == "yes":
            return "是" if self.value else "否"
        if self.kind == "date":
            return "".join(
                f"{part}{called}" for part, (_, called) in zip(self.value, DATE_PARTS, strict=True) if part
            )
        if self.kind in ("choice", "choices"):
            picked = [self.value] if self.kind == "choice" else self.value
            return "、".join(called for value, called in self.choices if value in picked)
        if self.kind in ("money", "amount", "number") and isinstance(self.kept, int):
            thousandths = self.kept * {"money": 10, "amount": 1, "number": 1000}[self.kind]
            return words.amount(thousandths, "元" if self.kind == "money" else "")
        return words.in_groups(self.kept) if isinstance(self.kept, str) else self.value

    @property
    def sent(self) -> list[tuple[str, str]]:
        """Give what a form sends of it, name by name."""
        if self.kind == "date":
            return [
                (f"{self.name}-{part}", one) for one, (part, _) in zip(self.value, DATE_PARTS, strict=True)
            ]
        return [(self.name, one) for one in ([self.value] if isinstance(self.value, str) else self.value)]


@dataclass(frozen=True)
class Form:
    """An act's form as it is shown: its inputs, its stamp, and what was wrong with it.

    `checking`: what was filled in is whole, and shown once more before it is done.
    """

    act: str
    button: str
    stamp: str
    inputs: tuple[Input, ...] = ()
    summary: str = ""
    step: int = 0
    hidden: tuple[tuple[str, str], ...] = ()
    challenge: Mapping[str, Any] | None = None
    """What may be computed instead of waiting."""
    checking: bool = False
    kept: Mapping[str, Any] = field(default_factory=dict)
    """What is kept of all its screens, cleaned."""
    """The read whose version stands on the page and goes along; "" where that does not matter."""
    seen: str = ""
    """The version that was seen when it was filled in; before that the one on the page; "" for what nobody else changes."""

    @property
    def has_file(self) -> bool:
        """Tell whether a file comes with it."""
        return any(one.kind == "file" for one in self.inputs)

    @property
    def refused(self) -> bool:
        """Tell whether something has to be corrected."""
        return bool(self.summary or self.errors)

    @property
    def errors(self) -> list[Input]:
        """Give the inputs that have to be corrected."""
        return [one for one in self.inputs if one.error]

    def __getitem__(self, name: str) -> Input:
        """Give one input, for a template that lays its form out by itself."""
        return next(one for one in self.inputs if one.name == name)


def inputs_of(
    route: Route | None,
    names: tuple[str, ...],
    typed: Mapping[str, Any],
    wrong: Mapping[str, str],
    needed: Collection[str] = (),
    kept: Mapping[str, Any] | None = None,
) -> Iterator[Input]:
    """Give the inputs of an operation's fields with what was typed and what is wrong with it, the file last, where it takes one."""
    shape = route.request.__name__ if route and route.request else ""
    for name in names:
        one = _input(shape, name, field_of(route, name), typed.get(name, ""), wrong.get(name, ""))
        yield replace(one, required=one.required or name in needed, kept=(kept or {}).get(name))
    if route and route.upload:
        label, hint = words.label_of(shape, route.upload.field)
        error = wrong.get(route.upload.field, "")
        yield Input(
            route.upload.field, label, hint, "file", error=error, required=True, accept=route.upload.accept
        )


def field_of(route: Route | None, name: str) -> fields.Field:
    """Find what the contract says of a field; one inside another is named `recipient.phone`."""
    declared = route.request().fields if route and route.request else {}
    *above, last = name.split(".")
    for one in above:
        outer = declared[one]
        declared = outer.schema.fields if isinstance(outer, fields.Nested) else {}
    return declared[last]


def taken(asked: Mapping[str, Any], name: str) -> Any:
    """Give what an operation is asked under such a name; None where it is not."""
    found: Any = asked
    for one in name.split("."):
        found = found.get(one) if isinstance(found, Mapping) else None
    return found


def read(route: Route | None, names: tuple[str, ...], sent: MultiDict) -> tuple[dict, dict]:
    """Read what came back: what the operation is asked, and what was typed, for the form that has to be shown again."""
    asked: dict[str, Any] = {}
    typed: dict[str, Any] = {}
    if route and route.request and PROOF in route.request().fields and sent.get(PROOF):
        asked[PROOF] = sent[PROOF]
    for name in names:
        one = field_of(route, name)
        typed[name] = _typed(one, name, sent)
        value = _value(one, typed[name], numbers.units_behind(route, name, one, sent))
        if value is not None:
            *above, last = name.split(".")
            inside = asked
            for outer in above:
                inside = inside.setdefault(outer, {})
            inside[last] = value
    return asked, typed


def kept(route: Route | None, names: Collection[str], sent: MultiDict) -> dict[str, Any]:
    """Give what would be kept of what was typed, by field: cleaned by the contract, and nothing of what it refuses."""
    asked, _ = read(route, tuple(names), sent)
    found = {}
    for name in names:
        if (value := taken(asked, name)) not in (None, "") and "password" not in name:
            with suppress(ValidationError):
                found[name] = field_of(route, name).deserialize(value)
    return found


def wrong_on(route: Route, names: Collection[str], asked: dict, needed: Mapping[str, str]) -> dict[str, str]:
    """Give the sentence for each of these fields of a screen that the contract alone refuses; `needed` says it in the page's own words."""
    found = wrong_with({"fields": route.request().validate(asked, partial=True)}) if route.request else {}
    blank = {name: needed[name] for name in names if name in needed and not taken(asked, name)}
    return {name: said for name, said in found.items() if name in names} | blank


def wrong_with(detail: Mapping[str, Any]) -> dict[str, str]:
    """Give the sentence for each field from what a service refused."""
    found = detail.get("fields")
    return dict(_said_of(found)) if isinstance(found, dict) else {}


def _said_of(found: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for name, one in found.items():
        yield f"{above}{name}", _sentence(one)
        if isinstance(one, dict):
            yield from _said_of(one, f"{above}{name}.")


def _sentence(said: Any) -> str:
    while not isinstance(said, str):
        said = next(iter(said.values() if isinstance(said, dict) else said), "请核对这一项。")
    return said


def kind_of(name: str, one: fields.Field) -> str:
    """Name how a field is filled in."""
    table = (
        (fields.Boolean, "yes"),
        (fields.List, "choices"),
        (DAYS, "date"),
    )
    if name.endswith("password"):
        return "password"
    if _choices_of(one) and not isinstance(one, fields.List):
        return "choice"
    for kind, called in table:
        if isinstance(one, kind):
            return called
    if isinstance(one, fields.Integer):
        return {100: "money", 1000: "amount"}.get(numbers.scale_of(one), "number")
    return "lines" if isinstance(one, Text) and one.lines else "text"


def _input(shape: str, name: str, one: fields.Field, value: Any, error: str) -> Input:
    label, hint = words.label_of(shape, name)
    choices = tuple((each, words.choice_of(shape, name, each)) for each in _choices_of(one))
    complete = words.AUTOCOMPLETE.get(f"{shape}.{name}", words.AUTOCOMPLETE.get(name, ""))
    kind = kind_of(name, one)
    whole = isinstance(one, Phone) or kind == "number"
    keyboard = "numeric" if whole else "decimal" if isinstance(one, fields.Integer) else ""
    if error and kind == "choice" and value not in _choices_of(one):
        error = PICK_ONE
    return Input(name, label, hint, kind, value, error, one.required, choices, complete, keyboard)


def _choices_of(one: fields.Field) -> tuple[str, ...]:
    """Give what there is to choose from: what the contract names, or each of a few numbers that has a word."""
    inner = one.inner if isinstance(one, fields.List) else one
    for rule in inner.validators:
        if isinstance(rule, validate.OneOf):
            return tuple(rule.choices)
    return tuple(words.CHOICES.get(one.name or "", ())) if isinstance(one, fields.Integer) else ()


def _typed(one: fields.Field, name: str, sent: MultiDict) -> Any:
    if isinstance(one, fields.List):
        return sent.getlist(name)
    if isinstance(one, DAYS):
        return numbers.typed_day(sent, name)
    return sent.get(name, "")


def _value(one: fields.Field, typed: Any, units: tuple[str, ...] = ()) -> Any:
    """Give what the operation is asked; None where nothing was typed and nothing need be."""
    if isinstance(one, fields.Boolean):
        return typed == ON
    if isinstance(one, DAYS):
        day = numbers.day_of(typed) if any(typed) or one.required else None
        return f"{day}{BEGINS}" if day and not isinstance(one, fields.Date) else day
    if not typed and not (one.required and isinstance(typed, list)):
        return "" if one.required else None
    if isinstance(one, fields.Integer):
        return numbers.scaled(typed, numbers.scale_of(one), units)
    return typed
