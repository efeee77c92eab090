"""How gunicorn runs the gateway: native threads, one RPC connection in each worker, no address of any caller in a log."""

import os

from gunicorn import glogging

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8080')}"
worker_class = "gthread"
workers = int(os.environ.get("GATEWAY_WORKERS", os.cpu_count() or 1))
threads = int(os.environ.get("GATEWAY_THREADS", "16"))
reuse_port = True
timeout = 60
graceful_timeout = 20
keepalive = 30
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
accesslog = None


class NoAddresses(glogging.Logger):
    """gunicorn names the caller's address when it refuses a malformed request; ours does not."""

    def warning(self, message, *args, **kwargs):
        """Log a warning unless it is about one caller."""
        if "ip=" not in str(message):
            super().warning(message, *args, **kwargs)

    def debug(self, message, *args, **kwargs):
        """Log nothing: gunicorn's debug lines name callers."""


logger_class = NoAddresses
