"""How gunicorn runs the gateway: a greenlet for each connection, one RPC connection in each worker, no address of any caller in a log."""

import os

from gunicorn import util

from gateway.server_log import ServerLog
from gateway.unparsed import write_problem
from services.chassis.core import garbage
from services.civic.settings import CivicSettings

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8080')}"
worker_class = "gateway.worker.Worker"
settings = CivicSettings.from_environment()
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


def post_worker_init(_worker) -> None:
    """The app is loaded: what is there stays."""
    garbage.settle()


# gunicorn has no setting for this page
util.write_error = write_problem
logger_class = ServerLog
