"""What a page is: an address, what it shows, and what can be done on it.

    PAGE = WebPage(
        "/my/applications/{application_id}",
        "我的申请",
        RESIDENTS,
        reads={"application": Read("GET /applications/{application_id}")},
        acts={"withdrawal": Action("POST /applications/{application_id}/withdrawal", "撤回申请", done="申请已撤回。")},
    )

Values of an operation come, in this order, from what the page gives itself, from its address, and from what people filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gateway.routing import KINDS, PUBLIC, READS, Route

if TYPE_CHECKING:
    from flask import Response

    from gateway.web.views import PageVisit

Given = Callable[["PageVisit"], dict]
Asked = Callable[["PageVisit"], dict | None]

EVERYBODY = PUBLIC
RESIDENTS = frozenset({"resident"})
OFFICIALS = frozenset({"official"})
SIGNED_IN = frozenset(KINDS)


def nothing(_visit: PageVisit) -> dict:
    """Give no value of one's own."""
    return {}


@dataclass(frozen=True)
class Read:
    """One part of a page, as "GET /path" of the API; `passed` are the names that come from the page's own query.

    Where what is read does not exist, the page does not either, unless the part is `optional`. It is not asked where `given` gives None.
    """

    at: str
    given: Asked = nothing
    passed: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True)
class Action:
    """What can be done on a page, as "POST /path" of the API, and the words of its button.

    `fields` are those that people fill in, in this order; `done` is what is said afterwards, `to` the page on which it is said (the
    same one where none is named). `finish(visit, answer)` answers otherwise: where an answer is shown once and never again.
    `signs_in` says that the answer holds tokens, which become the browser's session. `needed` are fields that the form asks for though the
    contract would do without them, `filled` gives what stands in the form before anybody types. With `check` what was filled in is
    shown once more, and done when that is confirmed.
    """

    at: str
    button: str
    fields: tuple[str, ...] = ()
    given: Given = nothing
    done: str = "已提交。"
    to: str = ""
    finish: Callable[[PageVisit, Any], Response] | None = None
    signs_in: bool = False
    needed: tuple[str, ...] = ()
    filled: Given = nothing
    check: bool = False


@dataclass(frozen=True)
class WebPage:
    """One page; `template` follows from where it is declared. `trace` False: no cookie is read or set, and nothing of it is kept."""

    path: str
    title: str
    guard: frozenset[str]
    reads: Mapping[str, Read] = field(default_factory=dict)
    acts: Mapping[str, Action] = field(default_factory=dict)
    prepare: Callable[[PageVisit], dict] | None = None
    trace: bool = True

    def __post_init__(self) -> None:
        """Refuse a read that would change something: a page that is looked at does nothing."""
        for one in self.reads.values():
            if one.at.split(" ")[0] not in READS:
                raise ValueError(f"{self.path}: {one.at} is no read")


def of_the_api(routes: list[Route]) -> dict[str, Route]:
    """Give the routes by the words in which pages name them."""
    return {f"{one.verb} {one.path}": one for one in routes if not one.moved_to}
