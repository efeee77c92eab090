"""A child works within limits, without our secrets, and nobody else waits for it."""

import json
import os
import signal
import subprocess
import sys
import textwrap

import pytest

from services.chassis.core import child
from services.chassis.core.child import ChildFailed, Limits
from services.chassis.core.errors import Unavailable
from tests.architecture.house import ROOT

BOUND = 60
USUAL = Limits(1 << 30, BOUND, BOUND)


@pytest.fixture
def script(tmp_path):
    """Write a script."""

    def write(text: str):
        path = tmp_path / "script.py"
        path.write_text("import sys\ngiven = sys.stdin.buffer.read()\n" + textwrap.dedent(text))
        return path

    return write


def status_of(path, limits=USUAL, given=b"") -> int:
    with pytest.raises(ChildFailed) as failed:
        child.run(path, given, limits)
    return failed.value.status


def test_a_child_reads_all_that_is_given_and_all_that_it_says_is_heard(script):
    turned = script("sys.stdout.buffer.write(given[::-1])")
    given = os.urandom(3_000_000)
    assert child.run(turned, given, USUAL) == given[::-1]


def test_a_child_has_neither_our_environment_nor_our_modules(script, monkeypatch):
    monkeypatch.setenv("MASTER_KEY", "secret")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    told = script("import os, json; print(json.dumps([dict(os.environ), sys.path]))")
    environment, path = json.loads(child.run(told, b"", USUAL))
    assert "MASTER_KEY" not in environment and not {str(ROOT), str(child.LIMITED.parent)} & set(path)


@pytest.mark.parametrize(
    "hostile",
    [
        "bytearray(200 << 20)",
        "with open(sys.argv[0] + '.out', 'w') as file: file.write('x')",
    ],
    ids=["memory", "files"],
)
def test_a_child_that_takes_too_much_ends(script, hostile):
    assert status_of(script(hostile), Limits(150 << 20, BOUND, BOUND)) != 0


def test_a_child_that_never_ends_is_ended_on_the_clock_and_on_the_processor(script):
    asleep, busy = script("import time; time.sleep(10_000)"), "while True: pass"
    assert status_of(asleep, Limits(1 << 30, 1, BOUND)) == -signal.SIGALRM
    assert status_of(script(busy), Limits(1 << 30, BOUND, 1)) == -signal.SIGXCPU


@pytest.mark.parametrize("endless", ["pass", "os.close(0), os.close(1)"], ids=["silent", "hung up"])
def test_a_child_that_its_own_clock_does_not_end_is_ended_from_here(script, monkeypatch, endless):
    monkeypatch.setattr(child, "GRACE", 1.0 - BOUND)
    assert status_of(script(f"import os, time\n{endless}\ntime.sleep(10_000)")) == -signal.SIGKILL


def test_its_own_number_says_why_it_gave_up(script):
    assert status_of(script("sys.exit(3)")) == 3


def test_a_child_that_hangs_up_early_is_heard_all_the_same(tmp_path):
    path = tmp_path / "script.py"
    path.write_text("import sys; sys.exit(4)")
    assert status_of(path, given=b"x" * 5_000_000) == 4


def test_no_more_than_a_few_are_at_work_and_the_place_is_free_again(script, monkeypatch):
    monkeypatch.setattr(child, "PATIENCE", 0.0)
    slow = script("sys.stdout.write('begun'); sys.stdout.flush()\nimport time; time.sleep(10_000)")
    running = [child.stream(slow, [], USUAL) for _ in range(child.AT_ONCE)]
    assert [next(one) for one in running] == [b"begun"] * child.AT_ONCE
    with pytest.raises(Unavailable) as refused:
        child.run(slow, b"", USUAL)
    assert refused.value.code == "child.busy" and refused.value.detail["retry_after"] > 0
    for one in running:
        one.close()  # who stops reading ends it
    assert child.run(script("print('next')"), b"", USUAL) == b"next\n"


def test_one_person_has_one_at_work_and_leaves_the_other_place_to_others(script, monkeypatch):
    monkeypatch.setattr(child, "PATIENCE", 0.0)
    slow = script("sys.stdout.write('begun'); sys.stdout.flush()\nimport time; time.sleep(10_000)")
    first = child.stream(slow, [], USUAL, "wang")
    assert next(first) == b"begun"
    with pytest.raises(Unavailable) as refused:
        next(child.stream(slow, [], USUAL, "wang"))
    assert refused.value.code == "child.busy"
    other = child.stream(slow, [], USUAL, "li")
    assert next(other) == b"begun"
    first.close()
    again = child.stream(slow, [], USUAL, "wang")
    assert next(again) == b"begun"
    other.close(), again.close()


EVENTLET = """
import warnings; warnings.filterwarnings("ignore")
import eventlet; eventlet.monkey_patch()
import pathlib, sys, time
from services.chassis.core import child
"""

OTHERS = """
sign, script = map(pathlib.Path, sys.argv[1:])
eventlet.spawn(sign.write_text, "the others go on")
print(child.run(script, str(sign).encode(), child.Limits(1 << 30, 50, 50)).decode())
"""


LATE = """
def late():
    for _ in range(3):
        time.sleep(0.5)
        yield b"x" * 1_000_000

heard = 0
for piece in child.stream(pathlib.Path(sys.argv[1]), late(), child.Limits(1 << 30, 50, 50)):
    heard += len(piece)
    if heard < 300_000:
        time.sleep(0.1)
print(heard)
"""


def under_eventlet(text: str, *told) -> str:
    """What a process prints in which eventlet has patched everything, as in a service."""
    command = [sys.executable, "-c", EVENTLET + text, *map(str, told)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=BOUND, check=False)
    return done.stdout.strip() or done.stderr


def test_a_child_of_an_eventlet_process_waits_for_all_and_says_all_however_slow_the_other_end(script):
    assert under_eventlet(LATE, script("sys.stdout.buffer.write(given)")) == "3000000"


def test_the_event_loop_goes_on_while_a_child_works(script, tmp_path):
    waits = script(
        """
        import pathlib, time
        sign = pathlib.Path(given.decode())
        while not sign.exists(): time.sleep(0.01)
        print("seen")
        """
    )
    assert under_eventlet(OTHERS, tmp_path / "sign", waits) == "seen"
