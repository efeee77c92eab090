"""What gunicorn says is a line like all others, in a worker too, and names nobody."""

import json
import subprocess
import sys

from tests.architecture.house import ROOT

SAYS = """
from gunicorn.config import Config
from gateway.server_log import ServerLog
from services.chassis.core import logs

log = ServerLog(Config())
logs.set_up("gateway")  # as a worker does
log.info("Worker exiting (pid: %s)", 4711)
try:
    raise ValueError("13800000013")
except ValueError as error:
    log.exception("Error handling request %s %s", "GET", "/residents?phone=13800000013")
    log.exception(error)
log.warning("Invalid request from ip=10.0.0.1: bad")
log.debug("Closing connection of 10.0.0.1")
"""


def test_what_gunicorn_says_in_a_worker_is_json_and_names_neither_caller_nor_address():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SAYS],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    told, failed, bare = map(json.loads, (done.stdout + done.stderr).splitlines())
    assert (told["message"], told["level"], told["process"]) == (
        "Worker exiting (pid: 4711)",
        "INFO",
        "gateway",
    )
    assert (failed["message"], bare["message"]) == ("Error handling request", "ValueError")
    assert (
        failed["error"].endswith("ValueError") and "138" not in done.stderr and "10.0.0.1" not in done.stderr
    )
