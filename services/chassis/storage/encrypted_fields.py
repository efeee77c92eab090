"""Aggregates whose personal fields stay encrypted until somebody reads or sets one of them.

A document holds what is not empty of its personal fields in one encrypted value (`sealed`), and beside it what lists show
of them (`shown`, masked). What is empty stays plain: it tells of nobody, and asking for it decrypts nothing.
"""

from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from functools import cache
from typing import Any

import bson
from bson.binary import Binary

HELD = "_held"
"""Under this name an aggregate carries what its document holds encrypted; no document ever does."""


class EncryptedValue:
    """What the document of an aggregate holds: the `sealed` value, what it shows of it, and what was `empty`.

    `stored` is the BSON of what is encrypted, once it is known: only a change of it is encrypted anew.
    """

    __slots__ = ("decrypt", "empty", "encrypted", "shown", "stored")

    def __init__(
        self, encrypted: Binary | None, decrypt: Callable[[Binary], dict], shown=None, empty=frozenset()
    ):
        self.encrypted, self.decrypt, self.shown, self.empty = encrypted, decrypt, shown or {}, empty
        self.stored: bytes | None = None

    def values(self) -> dict:
        """Give what is encrypted; raises LookupError for a row of a list, which is loaded without it."""
        if self.encrypted is None:
            raise LookupError(
                "a row of a list has no personal data: declare `shown` what it needs, or load it"
            )
        found = self.decrypt(self.encrypted)
        self.stored = bson.encode(found)
        return found


class _Personal:
    """A field that nobody has read or set yet: reading it decrypts all of them at once."""

    def __init__(self, field: Field):
        self.field = field

    def __get__(self, one, owner=None):
        if one is None:
            return self
        known = vars(one)
        for name, value in known[HELD].values().items():
            known.setdefault(name, value)
        return known.setdefault(self.field.name, _default(self.field))


class _Shown:
    """A property that is read from the document while the fields behind it are untouched."""

    def __init__(self, name: str, computed: property, personal: tuple[str, ...]):
        self.name, self.computed, self.personal = name, computed, personal

    def __get__(self, one, owner=None):
        if one is None:
            return self
        if is_untouched(one, self.personal):
            held = one.__dict__[HELD]
            if self.name in held.shown:
                return held.shown[self.name]
        return self.computed.fget(one)


class _Lazy:
    """An aggregate as it was loaded, equal to one that was never stored; it prints nothing of a person."""

    def __eq__(self, other):
        return isinstance(other, self.__class__.__mro__[2]) and in_full(self) == in_full(other)

    def __repr__(self):
        return f"{type(self).__name__}(id={self.id!r}, version={self.version})"

    __hash__ = None  # type: ignore[assignment]  # Python's own way to say that it may change


@cache
def lazily(aggregate: type, personal: tuple[str, ...], shown: tuple[str, ...]) -> type:
    """Give the aggregate's class with personal fields that are decrypted when they are asked for."""
    of = {field.name: field for field in fields(aggregate)}
    members: dict[str, object] = {name: _Personal(of[name]) for name in personal}
    members |= {name: _Shown(name, getattr(aggregate, name), personal) for name in shown}
    return type(aggregate.__name__, (_Lazy, aggregate), members)


def loaded(
    aggregate: type, values: dict, held: EncryptedValue, personal: tuple[str, ...], shown: tuple[str, ...]
):
    """Make an aggregate of the plain `values` and of what is held encrypted."""
    missing = [name for name in personal if name not in values]
    made = lazily(aggregate, personal, shown)(**values, **dict.fromkeys(missing))
    known = vars(made)
    for name in missing:
        del known[name]
    known[HELD] = held
    return made


def is_untouched(one, personal: tuple[str, ...]) -> bool:
    """Tell whether nobody has read or set a personal field of it since it was loaded."""
    known = one.__dict__
    held = known.get(HELD)
    if held is None:
        return False
    for name in personal:  # a loop: every row of every list comes here, for each of the masked fields
        if name in known and not (name in held.empty and is_empty(known[name])):
            return False
    return True


def is_empty(value: Any) -> bool:
    """Tell whether a value tells of nobody."""
    return value is None or (not value and isinstance(value, (str, list, dict)))


@cache
def names_of(aggregate: type) -> tuple[str, ...]:
    """Give the names of its fields."""
    return tuple(field.name for field in fields(aggregate))


def in_full(one) -> dict:
    """Give every field by its name, decrypted."""
    return {name: getattr(one, name) for name in names_of(one.__class__)}


def _default(field: Field):
    return field.default_factory() if field.default_factory is not MISSING else field.default
