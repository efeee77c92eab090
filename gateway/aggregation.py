"""Aggregated pages as declarations: named parts, each the answer of one operation, all asked at once.

    AggregatedPage("/overview", "my_overview", "个人首页 ...", ("resident",), "首页 overview", {
        "orders": Part(Named.of(orders, orders.list_orders), lambda actor: {"limit": 5}), ...})

A part that cannot be given is marked, and the page is given without it. Every part is checked, scoped and refused by its
own service, for the actor who asked for the page. `?parts=profile,orders` asks for these alone: what is shown first on a
slow line, what was marked before, or what is given on request only.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from marshmallow import Schema, fields, validate

from gateway.errors import malformed, public_code
from gateway.routing import Named, guard_of
from services.chassis.core.actor import may_call
from services.chassis.core.calls import Caller
from services.chassis.core.errors import DomainError, Forbidden, Unavailable
from services.chassis.core.schemas import Answer, Shape
from services.civic.actor import ANONYMOUS, CivicActor
from services.civic.operation import Operation

log = logging.getLogger("gateway.aggregation")

SECONDS = 2.0
"""Seconds that a page waits for its parts. They take milliseconds each, tens of them under load; whoever waits has more of
the other parts now than of the missing one at the general limit of 10 seconds."""


@dataclass(frozen=True)
class Part:
    """One part: the operation that answers, and what it is asked for an actor.

    `public` where it is what everybody gets from a cached route; `on_request` where it changes so seldom that it is given
    only to who names it.
    """

    named: Named
    asked: Callable[[CivicActor], dict]
    public: bool = False
    on_request: bool = False

    def request(self, actor: CivicActor) -> tuple[str, str, dict]:
        """Give what is asked for an actor."""
        return self.named.service, self.named.name, self.asked(actor)


class UnavailablePart(Answer):
    """Stands in a page for a part that could not be given, or not to this caller."""

    unavailable = fields.Boolean(required=True, metadata={"enum": [True]})
    code = fields.String(required=True)
    detail = fields.String(required=True, metadata={"description": "请您怎么做"})


@dataclass(frozen=True)
class AggregatedPage:
    """One page of the public API; to the app it is a route that reads."""

    path: str
    name: str
    sentence: str
    allow: tuple[str, ...]
    tag: str
    parts: dict[str, Part]

    verb = "GET"
    service = "page"
    status = 200
    reads = True
    needs_key = False
    collect = None
    cached = None
    moved_to = ""
    upload = None
    numbers: ClassVar[frozenset] = frozenset()

    @cached_property
    def operation(self) -> Operation:
        """The page as one operation, whose shapes are made of its parts."""
        return Operation(self._request(), self._answer(), self.allow)

    @property
    def guard(self) -> frozenset[str]:
        """Tell which kinds of actors are let through."""
        return guard_of(self.allow)

    def at_once(self, query: Mapping[str, str]) -> bool:
        """Tell whether a chosen part is read in full."""
        named = query["parts"].split(",") if "parts" in query else self.first
        return any(self.parts[name].named.operation.in_full for name in named if name in self.parts)

    @property
    def request(self) -> type[Schema] | None:
        """Point to the shape of the question."""
        return self.operation.request

    @property
    def answer(self) -> type[Schema] | None:
        """Point to the shape of the answer."""
        return self.operation.answer

    def ask(
        self, parts, asked: dict, actor: CivicActor, key: str | None, caller: Caller | None
    ) -> dict[str, Any]:
        """Ask for all chosen parts at once and give them by name; raises Unavailable where not one could be given."""
        chosen = self._of_theirs(self._chosen(asked), actor)
        own = {name: part.request(actor) for name, part in chosen.items() if not part.public}
        wait = parts.own(own, actor, SECONDS) if own else dict
        public = {name: part.request(ANONYMOUS) for name, part in chosen.items() if part.public}
        # asked while the others are on their way: a service that hangs takes no other's time
        found = {name: parts.public(one, SECONDS) for name, one in public.items()} | wait()
        missing = {name: one.code for name, one in found.items() if isinstance(one, Unavailable)}
        if missing:
            log.warning("a page lacks parts", extra={"route": self.path, "parts": missing})
        if len(missing) == len(chosen):
            raise Unavailable("page.unavailable", "页面暂时无法显示，请稍后再试。")
        return {name: _shown(found[name]) for name in chosen}

    def _of_theirs(self, chosen: dict[str, Part], actor: CivicActor) -> dict[str, Part]:
        """Leave out what is another office's: it is neither asked for nor shown. Raises Forbidden where nothing is left."""
        theirs = {name: one for name, one in chosen.items() if may_call(actor, one.named.operation.allow)}
        if not theirs:
            raise Forbidden(
                "page.not_for_you", "这些栏目是其他岗位的，您的岗位没有；去掉 parts 可以看到您的栏目。"
            )
        return theirs

    @property
    def first(self) -> list[str]:
        """Give the names of the parts that are given to who names none."""
        return [name for name, part in self.parts.items() if not part.on_request]

    def _request(self) -> type[Schema]:
        """Make the shape of the question, for the documentation."""
        name = fields.String(validate=validate.OneOf(list(self.parts)))
        asked = f"只要这些栏目，用英文逗号隔开；不写就是 {','.join(self.first)}。"
        parts = fields.List(name, metadata={"description": asked})
        return type(f"Ask{_camel(self.name)}", (Shape,), {"__doc__": self.sentence, "parts": parts})

    def _answer(self) -> type[Schema]:
        """Make the shape of the page, for the documentation: each part's own, or that it is unavailable."""
        parts = {name: fields.Dict(metadata=_either(part)) for name, part in self.parts.items()}
        return type(_camel(self.name), (Answer,), {"__doc__": self.sentence, **parts})

    def _chosen(self, asked: dict) -> dict[str, Part]:
        """Give the parts that were asked for, the first ones where none is named; raises Invalid for anything else."""
        named = asked["parts"].split(",") if "parts" in asked else self.first
        if asked.keys() - {"parts"} or set(named) - self.parts.keys():
            raise malformed(
                f"这个地址只有一个查询条件 parts，可选：{', '.join(self.parts)}；多个用英文逗号隔开。"
            )
        return {name: part for name, part in self.parts.items() if name in named}


def _either(part: Part) -> dict:
    shapes = (part.named.operation.answer, UnavailablePart)
    return {"oneOf": [{"$ref": f"#/components/schemas/{shape.__name__}"} for shape in shapes if shape]}


def _camel(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def _shown(found: Any) -> Any:
    if isinstance(found, DomainError):
        return {"unavailable": True, "code": public_code(found.code), "detail": found.message}
    return found
