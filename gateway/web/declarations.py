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

    from gateway.web.form_screens import FormScreens
    from gateway.web.visit import PageVisit

Given = Callable[["PageVisit"], dict]
Asked = Callable[["PageVisit"], dict | None]

EVERYBODY = PUBLIC
RESIDENTS = frozenset({"resident"})
OFFICIALS = frozenset({"official"})
SIGNED_IN = frozenset(KINDS)

LEFT_OUT = "请填写这一项。"


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
class Screen:
    """One screen of an act that takes several: its fields, and the names that the page reads by itself (`note` for all that begin so)."""

    title: str
    fields: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


@dataclass(frozen=True)
class Action:
    """What can be done on a page, as "POST /path" of the API, and the words of its button.

    `fields` are those that people fill in, in this order; `done` is what is said afterwards, `to` the page on which it is said (the
    same one where none is named); with `returns` that of the list from which it was opened, where the address names one as `back`. `finish(visit, answer)` answers otherwise: where an answer is shown once and never again.
    `signs_in` says that the answer holds tokens, which become the browser's session. `starts` gives what a form begins with.
    `steps` are its screens, where it takes several; the last one is sent on (`steps.py`). With `check` what was filled in is shown
    once more, and done when that is confirmed. `needed` are fields that the form asks for, whether the contract does or not, each with what
    is said where it is left out. `begins` says that `finish` begins a session itself. An act whose `at` is "" asks no service: what it does concerns this
    browser alone, and `finish` does it. `shown` says that the answer stands on the page at once, as `visit.shown[<name of the
    act>]`, and that the browser keeps nothing of it: it is seen once and never again. `asks` gives the screens of a form that is no contract's:
    what an office asks for one matter, before the last screen; None where it asks nothing. `keeps` keeps what was filled in so far, after each
    of these screens and where somebody goes on later, and says where that is told.
    `looks(visit, asked)` says by field what a rule refuses that the page can tell by itself, before the next screen, or what was filled
    in, is shown. `sure` is what is said before something is done that cannot be taken back: it is done when that is confirmed; a function of the page says it where it depends on what is shown. `sees` names the read whose version the form carries: what somebody has changed since then is neither overwritten nor decided unseen.
    """

    at: str
    button: str
    fields: tuple[str, ...] = ()
    given: Given = nothing
    done: str = "已提交。"
    to: str = ""
    finish: Callable[[PageVisit, Any], Response] | None = None
    signs_in: bool = False
    starts: Given = nothing
    steps: tuple[Screen, ...] = ()
    shown: bool = False
    needed: Mapping[str, str] = field(default_factory=dict)
    check: bool = False
    begins: bool = False
    asks: Callable[[PageVisit], FormScreens | None] | None = None
    keeps: Callable[[PageVisit], Response] | None = None
    looks: Callable[[PageVisit, dict], dict[str, str]] | None = None
    sees: str = ""
    sure: str | Callable[[PageVisit], str] = ""
    returns: bool = False

    def __post_init__(self) -> None:
        """Take the fields of all screens, where there are several; what is asked for sure is shown once more."""
        if self.sure:
            object.__setattr__(self, "check", True)
        if self.steps:
            object.__setattr__(self, "fields", tuple(name for step in self.steps for name in step.fields))


@dataclass(frozen=True)
class WebPage:
    """One page; `template` follows from where it is declared.

    `trace` False: no cookie is read or set, and nothing of it is kept. `kept` False: the reader is known, and the browser keeps nothing of it.
    `sentence` is what a link to it says where it is shared, beside the title; only pages that say something to everybody have one.
    `in_full` True: it shows what is personal, though no read says so, and the session is asked for once more.
    `gives_file` True: what `prepare` gives is a picture or a file, and there is no page around it.
    """

    path: str
    title: str
    guard: frozenset[str]
    reads: Mapping[str, Read] = field(default_factory=dict)
    acts: Mapping[str, Action] = field(default_factory=dict)
    prepare: Callable[[PageVisit], dict | Response] | None = None
    trace: bool = True
    kept: bool = True
    in_full: bool = False
    gives_file: bool = False
    sentence: str = ""

    @property
    def shared(self) -> bool:
        """Tell whether a link to it may be shown with words and a picture."""
        return bool(self.sentence) and self.trace

    def __post_init__(self) -> None:
        """Refuse a read that would change something: a page that is looked at does nothing."""
        for one in self.reads.values():
            if one.at.split(" ")[0] not in READS:
                raise ValueError(f"{self.path}: {one.at} is no read")


def of_the_api(routes: list[Route]) -> dict[str, Route]:
    """Give the routes by the words in which pages name them."""
    return {f"{one.verb} {one.path}": one for one in routes if not one.moved_to}
