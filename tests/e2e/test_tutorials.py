"""The tutorial does what it says: every block is pasted into one shell, on a platform of its own, and prints what it promises."""

import fnmatch
import os
import re
import subprocess
from pathlib import Path

import pytest

from services.identity.officials.staff.appoint import appoint
from tests.e2e.platform import running

PAGE = Path("docs/tutorials/a-certified-village.md")
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
PROMISE = "#> "
BETWEEN = "= = ="


@pytest.fixture
def empty(addresses, tmp_path):
    """A platform with the county's villages and its first administrator."""
    with running(tmp_path, addresses) as platform:
        yield platform


def promised(block: str) -> list[str]:
    return [line.removeprefix(PROMISE) for line in block.splitlines() if line.startswith(PROMISE)]


def is_as_promised(printed: str, promise: str) -> bool:
    pattern = re.sub(r"([\[\]?*])", r"[\1]", promise).replace("…", "*")
    return fnmatch.fnmatchcase(printed, pattern)


def test_every_step_of_the_tutorial_prints_what_it_promises(empty):
    blocks = BLOCK.findall(PAGE.read_text())
    script = f"\necho '{BETWEEN}'\n".join(blocks)
    password = appoint(empty.settings, "admin", "county_administrator", "510183")["password"]
    told = {**os.environ, "BASE": empty.base, "ONE_TIME_PASSWORD": password}
    done = subprocess.run(["bash", "-c", script], env=told, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    printed = [part.strip("\n").splitlines() for part in done.stdout.split(BETWEEN)]
    assert len(printed) == len(blocks) > 8
    for block, lines in zip(blocks, printed, strict=True):
        promises = promised(block)
        assert len(lines) == len(promises), (lines, promises)
        for line, promise in zip(lines, promises, strict=True):
            assert is_as_promised(line, promise), (line, promise)


def test_a_step_that_is_refused_stops_with_a_sentence(empty):
    told = {**os.environ, "BASE": empty.base, "ONE_TIME_PASSWORD": "not the one"}
    done = subprocess.run(
        ["bash", "-c", BLOCK.findall(PAGE.read_text())[0] + "\necho went on"],
        env=told,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0 and "went on" not in done.stdout
    assert "/sessions/first 没有成功（403）：账号或密码不对" in done.stderr
