"""Whoever follows a link in our papers arrives: at a file, at a heading, at a command that there is."""

import importlib.util
import re
import subprocess
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.architecture.house import ROOT

FENCE = re.compile(r"^(```|~~~).*?^\1", re.M | re.S)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*\s*$", re.M)
COMMAND = re.compile(r"python3? -m ([a-z_]+(?:\.[a-z_][a-z0-9_]*)*)")
OURS = ("services", "gateway", "deploy", "tests", "benchmarks")


def papers() -> list[Path]:
    """Give every Markdown file that is kept or about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in sorted(set(listed.splitlines())) if (ROOT / name).exists()]


EVERY = pytest.mark.parametrize("paper", papers(), ids=lambda path: str(path.relative_to(ROOT)))


@cache
def anchors(paper: Path) -> set[str]:
    """Give the anchors of a paper's headings as GitHub makes them: a repeated one is numbered."""
    found: list[str] = []
    for heading in HEADING.findall(FENCE.sub("", paper.read_text(encoding="utf-8"))):
        plain = re.sub(r"\]\([^)]*\)", "]", heading)
        slug = re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
        found.append(slug)
    return {slug if not (n := found[:i].count(slug)) else f"{slug}-{n}" for i, slug in enumerate(found)}


def links(paper: Path) -> list[str]:
    """Give where a paper's links go, those to other hosts left out."""
    prose = CODE.sub("", FENCE.sub("", paper.read_text(encoding="utf-8")))
    return [target for target in LINK.findall(prose) if not urlsplit(target).scheme]


def trouble(paper: Path, target: str) -> str | None:
    """Say what is wrong with a link, or None."""
    path, _, anchor = unquote(target).partition("#")
    found = (paper.parent / path).resolve() if path else paper
    if not found.exists() or not found.is_relative_to(ROOT):
        return f"{target}: there is no such file"
    if anchor and found.suffix == ".md" and anchor not in anchors(found):
        return f"{target}: no heading of {found.name} has this anchor"
    return None


def is_runnable(module: str) -> bool:
    """Tell whether `python -m` would find this module of ours, without running it."""
    try:
        found = importlib.util.find_spec(module)
        return bool(found) and (
            found.submodule_search_locations is None
            or importlib.util.find_spec(f"{module}.__main__") is not None
        )
    except ModuleNotFoundError:
        return False


def test_there_are_papers_with_links():
    assert len([target for paper in papers() for target in links(paper)]) > 100


@EVERY
def test_every_link_leads_somewhere(paper):
    assert [wrong for target in links(paper) if (wrong := trouble(paper, target))] == []


# the changelog names the commands of earlier releases too
@pytest.mark.parametrize(
    "paper",
    [one for one in papers() if one.name != "CHANGELOG.md"],
    ids=lambda one: str(one.relative_to(ROOT)),
)
def test_every_command_of_ours_that_a_paper_names_exists(paper):
    named = {
        name for name in COMMAND.findall(paper.read_text(encoding="utf-8")) if name.split(".")[0] in OURS
    }
    assert sorted(name for name in named if not is_runnable(name)) == []
