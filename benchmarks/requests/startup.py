"""The time from a warm `make run` until the platform is ready."""

import os
import signal
import subprocess
import time

from deploy.local import lock, ports
from deploy.local.folders import PROJECT, Folder

PATIENCE = 120.0
GIVEN = ("AMQP_URI", "MONGODB_URI", "RABBITMQ_MANAGEMENT_URI", "XIANGZHI_STATE")


def seconds_to_ready() -> float | str:
    """Give the seconds, or a sentence that says why they were not measured."""
    folder = Folder.of_platform()
    if lock.holder(folder) is not None:
        return "not measured: the platform is running"
    if not (folder.path / "secrets.json").exists():
        first = _once()  # makes the data: not what a warm start does
        if isinstance(first, str):
            return first
    return _once()


def _once() -> float | str:
    env = {name: value for name, value in os.environ.items() if name not in GIVEN}
    command = ["make", "run", "ARGS=--no-story"]
    began = time.monotonic()
    child = subprocess.Popen(
        command,
        cwd=PROJECT,
        env={**env, "PORT": str(ports.choose(set()))},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        for line in child.stdout:
            if line.strip().endswith("ready") and "not" not in line:
                return round(time.monotonic() - began, 1)
        return "not measured: `make run` ended before it was ready"
    finally:
        os.killpg(child.pid, signal.SIGINT)
        child.communicate(timeout=PATIENCE)
