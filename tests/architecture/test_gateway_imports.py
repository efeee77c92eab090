"""The gateway runs on gevent, and loads nothing that services run on: contracts are all that it knows of them."""

import subprocess
import sys

from tests.architecture.house import ROOT

LOADED = "import sys, gateway.app; print(*sorted({name.partition('.')[0] for name in sys.modules}))"


def test_the_gateway_loads_neither_nameko_nor_eventlet():
    told = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "flask" in told.stdout.split()
    assert {"nameko", "eventlet"} & set(told.stdout.split()) == set()
