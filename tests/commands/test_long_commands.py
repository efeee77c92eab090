"""The long commands in their smallest run: what nobody runs every day works to its report all the same.

Whether an aim was met is the long run's business, on a quiet machine: here a run counts that comes to its end and tells of it.
"""

import os
import re
import shutil
import subprocess
import sys

import pytest

from deploy.local import apt, environment
from deploy.local.folders import PROJECT

SECONDS = 300
REPORT = r"^kept in \S+"
COMMANDS = {
    "faults": ("tests.faults --writes 60 --faults 4 --seconds 60 --writers 3", {0}),
    "bench": (
        "benchmarks.requests --rounds 1 --seconds 1 --works list,desk-page,write --setups one-worker --clients 1 "
        "--systems monolith,xiangzhi --no-startup",
        {0},
    ),
    "bench-events": ("benchmarks.events 1 no", {0}),
    # 1 says that an aim was missed, which proves nothing on a machine that tests are running on
    "bench-overload": ("benchmarks.overload 2", {0, 1}),
    "bench-scale": ("benchmarks.scale --share 0.001 --reads 3 --writes 3", {0, 1}),
}
"""What `make` runs under these names, with the least that it can be asked for, and the exit codes of a whole run."""


@pytest.fixture
def told(tmp_path, addresses) -> dict[str, str]:
    """The environment that `make` gives such a command; its results stay in the test's folder."""
    if shutil.which("wrk") is None:  # as `make bench` does
        apt.install("wrk", "install it with `sudo apt-get install wrk` and try again")
    (tmp_path / ".xiangzhi").mkdir()
    state = tmp_path / "state"
    state.mkdir()
    return {**environment.complete({}), **addresses, "XIANGZHI_STATE": str(state), "PYTHONPATH": str(PROJECT)}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_long_command_comes_to_its_report(name, told, tmp_path):
    command, whole = COMMANDS[name]
    done = subprocess.run(
        [sys.executable, "-m", *command.split()],
        cwd=tmp_path, env={**os.environ, **told}, capture_output=True, text=True, timeout=SECONDS,
    )  # fmt: skip
    said = done.stdout[-3000:] + done.stderr[-3000:]
    assert done.returncode in whole, said
    assert name == "faults" or re.search(REPORT, done.stdout, re.MULTILINE), said
