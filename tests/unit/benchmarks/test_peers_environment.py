"""What the peers of the benchmark share with us must be installable in the environment of their own."""

import re
import subprocess
import sys
from importlib.metadata import packages_distributions

from benchmarks.requests.peers_venv import WANTED

SHARED = (
    "benchmarks.requests.peers.queries",
    "benchmarks.requests.peers.writes",
    "benchmarks.requests.peers.authentication",
    "services.civic.settings",
    "services.identity.access.sessions.tokens",
)
"""Our modules that the FastStream peer imports."""


def test_every_library_that_the_peers_share_with_us_is_wanted_there():
    script = f"import sys, {', '.join(SHARED)}; print(*sorted({{n.partition('.')[0] for n in sys.modules}}))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    distributions = packages_distributions()
    ours = {_named(one) for name in loaded.stdout.split() for one in distributions.get(name, ())}
    wanted = {_named(line.partition("==")[0]) for line in WANTED.read_text().splitlines()}
    assert ours - wanted - {"setuptools", "pip"} == set()


def _named(distribution: str) -> str:
    return re.sub(r"[-_.]+", "-", distribution).lower()
