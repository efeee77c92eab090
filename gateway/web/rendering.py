"""Templates of the pages: strict, so that a word misspelt in one is found by its first test and not by a reader."""

from pathlib import Path
from typing import Any

from flask import Flask, current_app
from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket

from gateway.web import words

TEMPLATES = Path(__file__).with_name("templates")
EXTENSION = "templates of pages"


class CompiledOnce(BytecodeCache):
    """What templates were compiled to, for every app of a process: to compile all of them takes a second."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what was kept of a template, if its source is the same."""
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = CompiledOnce()


def install(app: Flask, origin: str = "") -> None:
    """Compile the templates when a worker starts, not for the first who looks."""
    environment: Environment = app.jinja_env.overlay(
        loader=FileSystemLoader(TEMPLATES),
        bytecode_cache=COMPILED,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        word=words.word,
        money=words.money,
        price=words.price,
        amount=words.amount,
        day=words.day,
        moment=words.moment,
        past=words.past,
        in_groups=words.in_groups,
        number=words.number,
    )
    environment.globals["origin"] = origin.rstrip("/")
    app.extensions[EXTENSION] = environment
    for one in environment.list_templates():
        environment.get_template(one)


def render(template: str, **told: Any) -> str:
    """Give a page's HTML, in a request."""
    current_app.update_template_context(told)
    return current_app.extensions[EXTENSION].get_template(template).render(told)
