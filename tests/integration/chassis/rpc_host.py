"""Hosts one of the test services: `python rpc_host.py Granary`, settings from the environment."""

import eventlet

eventlet.monkey_patch()

import sys  # noqa: E402
from pathlib import Path  # noqa: E402

sys.path[:0] = [str(Path(__file__).parents[3]), str(Path(__file__).parent)]

import rpc_service  # noqa: E402

from services.chassis.core import logs  # noqa: E402
from services.chassis.core.settings import Settings  # noqa: E402
from services.chassis.runtime.run import serve  # noqa: E402

if __name__ == "__main__":
    logs.set_up(sys.argv[1])
    sys.exit(serve(getattr(rpc_service, sys.argv[1]), Settings.from_environment()))
