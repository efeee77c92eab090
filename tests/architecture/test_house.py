"""The rooms have their names, models are pure, files and functions stay small, every process is on one page."""

import ast
import sys
from collections.abc import Iterator

import pytest

from tests.architecture.house import ROOT, SERVICES, capabilities, module_of, shown, sources, tree

ROOMS = {
    "__init__",
    "contract",
    "ports",
    "operations",
    "model",
    "usecases",
    "store",
    "views",
    "rpc",
    "listeners",
    "loader",
    "rules",
    "events",
    "timers",
}
PURE = {
    *(f"services.chassis.core.{name}" for name in ("backoff", "cleaning", "clock", "errors", "scope")),
    "services.civic.masking",
    "services.identity.people.papers",
    "services.market.selling.amounts",
    "services.market.selling.parties",
    "services.identity.subscribers.patterns",
}
LONGEST_FILE = 300
LONGEST_FUNCTION = 45
FORBIDDEN_NAMES = {"utils", "common", "helpers", "manager"}
EVERY = pytest.mark.parametrize("capability", capabilities(), ids=shown)


@EVERY
def test_a_room_of_another_name_is_named_on_the_card(capability):
    card = ast.get_docstring(tree(capability / "__init__.py")) or ""
    extra = {path.name for path in capability.glob("*.py") if path.stem not in ROOMS}
    assert [name for name in extra if name not in card and name.removesuffix(".py") not in card] == []


@pytest.mark.parametrize(
    "capability",
    [path for path in capabilities() if (path / "model.py").exists()],
    ids=shown,
)
def test_a_model_imports_the_standard_library_the_errors_and_other_pure_rules_only(capability):
    model = capability / "model.py"
    imported = set()
    for node in _run(tree(model)):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module)
    own = module_of(capability / "__init__.py")
    wrong = [
        name
        for name in imported
        if name.split(".")[0] not in sys.stdlib_module_names and name not in PURE and not name.startswith(own)
    ]
    assert wrong == []


def _run(module: ast.Module) -> Iterator[ast.AST]:
    """Walk what is run: not what only a type checker reads."""
    for node in module.body:
        if not (isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"):
            yield from ast.walk(node)


@EVERY
def test_a_model_has_no_clock_and_no_chance(capability):
    text = (capability / "model.py").read_text() if (capability / "model.py").exists() else ""
    assert not [word for word in (".now(", ".today(", "random", "uuid", "secrets.") if word in text]


@pytest.mark.parametrize(
    "path", sources("services", "gateway", "deploy"), ids=lambda p: str(p.relative_to(ROOT))
)
def test_files_and_functions_stay_small_and_well_named(path):
    assert path.stem not in FORBIDDEN_NAMES
    assert len(path.read_text().splitlines()) < LONGEST_FILE
    long = [
        f"{node.name} ({node.end_lineno - node.lineno + 1} lines)"
        for node in ast.walk(tree(path))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize(
    "path", sources("services", "gateway", "deploy"), ids=lambda p: str(p.relative_to(ROOT))
)
def test_every_module_says_what_it_is(path):
    assert ast.get_docstring(tree(path)), "a module begins with one sentence"


def test_every_process_is_named_on_one_page():
    page = (ROOT / "deploy" / "Procfile").read_text()
    for name in SERVICES:
        assert f"python -m services.chassis.runtime.run {name}\n" in page
        assert f"python -m services.chassis.relay {name}\n" in page
    assert "gateway.app:create_app()" in page


def test_every_service_is_known_to_the_tests_and_to_readiness():
    from gateway.health import SERVICES as READY

    folders = {path.parent.name for path in (ROOT / "services").glob("*/service.py")}
    assert folders == set(SERVICES) == set(READY)
