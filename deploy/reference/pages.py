"""The reference pages as Markdown."""

import re
from collections.abc import Iterator
from itertools import groupby

from deploy.reference import sources
from deploy.reference.cards import card, sentence
from deploy.reference.errors import refusals
from deploy.reference.settings import settings

WRITTEN = "<!-- Written by `python -m deploy.reference` from the code; changes here are lost. -->"


def pages() -> dict[str, str]:
    """Give the text of every page by its file's name in docs/reference."""
    made = {
        "settings.md": settings_page(),
        "errors.md": errors_page(),
        "roles-and-routes.md": routes_page(),
        "house.md": house_page(),
    }
    return {name: "\n".join([WRITTEN, "", *lines]) + "\n" for name, lines in made.items()}


def settings_page() -> Iterator[str]:
    """Settings: variable, default, what it is."""
    yield "# Settings"
    yield from _paragraph(
        "Every setting is one environment variable; a wrong value is refused at start by its name. Which process needs which "
        "secret, and how to make one: [Configure](../how-to/configure.md)."
    )
    yield from _table("variable", "default", "what it is")
    for one in settings():
        shown = [f"`{default}`" if default else "(empty)" for default in one.defaults]
        yield _row("<br>".join(f"`{name}`" for name in one.names), "<br>".join(shown), one.comment)
    yield _row(
        "`HOST`<br>`PORT`", "`127.0.0.1`<br>`8080`", "where the gateway listens (read by gunicorn only)"
    )


def errors_page() -> Iterator[str]:
    """Errors: code, status, sentence, by the noun that begins the code."""
    yield "# Error codes"
    yield from _paragraph(
        "Every refusal is `application/problem+json` with a stable `code` and a sentence `detail` for the person; … stands for "
        "what is filled in, {noun} for any noun that can be stored. How to handle them: [HTTP conventions](http-conventions.md#errors)."
    )
    for noun, found in groupby(refusals(), lambda one: one.code.partition(".")[0]):
        yield from _heading(2, noun)
        yield from _table("code", "HTTP", "sentence")
        for one in found:
            yield _row(f"`{one.code}`", str(one.status), one.sentence)


def routes_page() -> Iterator[str]:
    """Roles, then every route by its tag."""
    yield "# Roles and routes"
    yield from _paragraph(
        "Who may call what. `anyone` needs no account; `official` is every official, whatever the role. What lies outside a "
        "role's region looks like not existing. Shapes of requests and answers: `/docs` and `/openapi.json` of a running gateway."
    )
    yield from _heading(2, "Roles of officials")
    yield from _table("role", "held in a", "granted by")
    for role, levels, givers in sources.roles():
        yield _row(f"`{role}`", ", ".join(levels), ", ".join(f"`{giver}`" for giver in givers))
    yield from _heading(2, "Columns")
    yield from _paragraph(
        "**level**: the assurance that a resident needs (0 phone, 1 certified, 2 matched, 3 seen in person). **mandate**: the "
        "scope under which a helper may use it for a ward, with `On-Behalf-Of`. **notes**: `key`: needs an `Idempotency-Key`; "
        "`cached`: answered from the gateway's memory."
    )
    for tag, found in groupby(sorted(sources.operations(), key=lambda one: one.tag), lambda one: one.tag):
        yield from _heading(2, tag)
        yield from _table("route", "operation", "who", "level", "mandate", "notes", "what")
        for one in found:
            notes = [word for word, holds in (("key", one.keyed), ("cached", one.cached)) if holds]
            yield _row(
                f"`{one.verb} {one.path}`",
                f"`{one.name}`",
                ", ".join(one.who),
                "" if one.level is None else str(one.level),
                one.scope or "",
                ", ".join(notes),
                one.sentence,
            )


def house_page() -> Iterator[str]:
    """Services and their capabilities, from the cards."""
    yield "# The house"
    yield from _paragraph(
        "Every capability is one folder; its card, the docstring of its `__init__.py`, says what it owns, emits, hears and asks, "
        "and a test proves that the card is true. How the folders are made: [Architecture](../explanation/architecture.md)."
    )
    for name, folders in sources.capabilities().items():
        yield from _heading(2, name)
        yield from _paragraph(sources.service_sentence(name))
        yield from _table("capability", "what it is", "owns", "emits", "hears")
        for folder in folders:
            told = card(folder)
            path = folder.relative_to(sources.ROOT)
            short = path.relative_to(f"services/{name}").as_posix()
            lists = [_names(told[heading]) for heading in ("owns", "emits", "hears")]
            yield _row(f"[{short}](../../{path.as_posix()}/__init__.py)", sentence(folder), *lists)


def _names(names: list[str] | None) -> str:
    return ", ".join(f"`{name}`" for name in names or ())


def _paragraph(text: str) -> Iterator[str]:
    yield from ("", text)


def _heading(level: int, text: str) -> Iterator[str]:
    yield from ("", f"{'#' * level} {text}")


def _table(*columns: str) -> Iterator[str]:
    yield from ("", _row(*columns), "|" + "---|" * len(columns))


def _row(*cells: str) -> str:
    return "| " + " | ".join(_cell(one) for one in cells) + " |"


def _cell(text: str) -> str:
    """Give a cell's text as Markdown leaves it: no column of its own, no tag but a line's end."""
    return re.sub(r"<(?!br>)", r"\<", text.replace("|", r"\|").replace("\n", " "))
