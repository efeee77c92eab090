"""What others' tools say of our descriptions and pages: linters of OpenAPI and AsyncAPI, and a reader for who cannot see."""

import json
import re
from pathlib import Path

import pytest

from gateway.app import create_app
from services.civic.settings import CivicSettings
from tests import node

WRONG = {"openapi": "3.1.0", "info": {"title": "wrong"}, "paths": {"/a": {"get": {"responses": {"200": {}}}}}}
"""What every linter must complain about: else nothing it does not say means anything."""


@pytest.fixture(scope="module")
def described(tmp_path_factory) -> dict[str, Path]:
    """The descriptions and pages as a gateway serves them, and a wrong one, as files."""
    folder = tmp_path_factory.mktemp("described")
    visitor = create_app(CivicSettings(public_url="https://county.example")).test_client()
    files = {"wrong": folder / "wrong.json"}
    files["wrong"].write_text(json.dumps(WRONG))
    for path in ("/openapi.json", "/asyncapi.json", "/docs", "/events-docs", "/"):
        name = path.strip("/").partition(".")[0] or "root"
        files[name] = folder / (name + (".json" if path.endswith("json") else ".html"))
        files[name].write_bytes(visitor.get(path, headers={"Accept": "text/html"}).data)
    return files


def test_spectral_finds_no_error_in_the_descriptions(described, tmp_path):
    rules = tmp_path / "rules.json"
    rules.write_text(json.dumps({"extends": ["spectral:oas", "spectral:asyncapi"]}))
    asked = [str(described[name]) for name in ("openapi", "asyncapi", "wrong")]
    spectral = str(node.installed() / ".bin" / "spectral")
    found = json.loads(node.run(spectral, "lint", "-q", "-r", str(rules), "-f", "json", *asked))
    errors = [(Path(one["source"]).stem, one["code"], one["path"]) for one in found if one["severity"] == 0]
    assert [one for one in errors if one[0] != "wrong"] == []
    assert errors


def test_redocly_finds_that_the_description_is_as_the_specification_says(described, tmp_path):
    rules = tmp_path / "redocly.yaml"
    rules.write_text("extends: [spec]\ntelemetry: 'off'\n")
    redocly = str(node.installed() / ".bin" / "redocly")

    def problems(name: str) -> list[tuple[str, str]]:
        told = node.run(redocly, "lint", "--config", str(rules), "--format", "json", str(described[name]))
        return [(one["ruleId"], one["message"]) for one in json.loads(told)["problems"]]

    assert problems("openapi") == []
    assert problems("wrong")


def test_axe_finds_nothing_that_keeps_anybody_from_reading_the_pages(described, tmp_path):
    """Every thirtieth article: what is wrong with one is wrong with all, and axe asks each element everything."""
    pages = [_shortened(described[name], tmp_path) for name in ("docs", "events-docs", "root")]
    wrong = tmp_path / "wrong.html"
    wrong.write_text("<html><body><input><img src='x'></body></html>")
    asked = [str(path) for path in (*pages, wrong)]
    found = json.loads(node.run("node", str(node.HERE / "axe.js"), str(node.installed()), *asked))
    assert found.pop(str(wrong))
    assert {path: told for path, told in found.items() if told} == {}


def _shortened(page: Path, folder: Path) -> Path:
    articles = re.compile(r"<article.*?</article>", re.DOTALL)
    count = iter(range(10_000))
    short = folder / page.name
    short.write_text(articles.sub(lambda one: "" if next(count) % 30 else one.group(), page.read_text()))
    return short
