"""How gunicorn runs the gateway: a greenlet for each connection, one RPC connection in each worker, no address of any caller in a log."""

import os
import shutil
import sys
import tempfile
from urllib.request import urlopen

from gunicorn import util

from services.chassis.core import logs, tracing
from services.chassis.core.settings import WrongSetting
from services.civic.settings import CivicSettings

logs.set_up("gateway")
try:
    settings = CivicSettings.from_environment().required("gateway_key")
    tracing.is_wanted()
except WrongSetting as wrong:
    sys.exit(logs.refuse_to_start(wrong))
# the workers count into files, and the master tells the sum: read where metrics are declared, which is imported below
if settings.probe_port:
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", tempfile.mkdtemp(prefix="xiangzhi-metrics-"))

from gateway.server_log import ServerLog
from gateway.unparsed import write_problem
from services.chassis.core import garbage, metrics, probes

port = os.environ.get("PORT", "8080")
bind = f"{settings.host}:{port}"
worker_class = "gateway.worker.Worker"
workers = settings.gateway_workers
# open connections of one worker, idle ones included
worker_connections = 1000
# connections that the kernel holds for a worker that has its full number; more are not answered until one is free
backlog = 256
reuse_port = True
timeout = 60
graceful_timeout = 20
keepalive = 30
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
# the address of a request is its first line, whatever a header says
forwarder_headers = ""
accesslog = None
control_socket_disable = True


def answers() -> bool:
    """Tell whether a worker answers; what is away behind it is told to people by 503, and makes no pod unready."""
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "::", "") else settings.host
    try:
        with urlopen(f"http://{host}:{port}/healthz", timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def when_ready(_master) -> None:
    """Answer probes from the master, which lives as long as the gateway and ends a worker that hangs by itself."""
    probes.serve(settings, alive=lambda: True, ready=answers)


def on_exit(_master) -> None:
    """Leave no files of counts behind."""
    shutil.rmtree(os.environ.get(metrics.SHARED_FOLDER, ""), ignore_errors=True)


def post_worker_init(_worker) -> None:
    """The app is loaded: what is there stays."""
    garbage.settle()


# gunicorn has no setting for this page
util.write_error = write_problem
logger_class = ServerLog
