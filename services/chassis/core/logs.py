"""Structured logs: one JSON object a line, with the correlation id of the work, without personal fields."""

import logging
import sys
import threading
import traceback
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson

from services.chassis.core.context import correlation_id

log = logging.getLogger(__name__)

PERSONAL = frozenset(
    [
        "name",
        "phone",
        "id_number",
        "password",
        "new_password",
        "address",
        "text",
        "title",
        "body",
        "evidence",
        "accused",
        "receipt",
        "token",
        "code",
        "secret",
        "access_token",
        "refresh_token",
        "device_token",
        "authorization",
        "cookie",
        "ip",
        "remote_addr",
        "user_agent",
        "data",
        "request",
        "args",
        "kwargs",
    ]
)
"""Names of fields that never reach a log, whatever they hold."""

STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def redact(fields: dict) -> dict:
    """Give the fields with every personal one replaced by '[redacted]', at any depth."""
    return {
        name: "[redacted]" if name in PERSONAL else redact(value) if isinstance(value, dict) else value
        for name, value in fields.items()
    }


class JsonLines(logging.Formatter):
    """Format a record as {time, level, logger, message, correlation, ...extra}."""

    def __init__(self, process: str):
        super().__init__()
        self.process = process

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": _second(int(record.created)),
            "level": record.levelname,
            "process": self.process,
            "logger": record.name,
            "message": record.getMessage(),
        }
        correlation = correlation_id()
        if correlation:
            line["correlation"] = correlation
        line.update(redact({k: v for k, v in vars(record).items() if k not in STANDARD}))
        if record.exc_info:
            line["error"] = _told(record.exc_info[1])
        return orjson.dumps(line, default=str).decode()


@lru_cache(4)
def _second(since_1970: int) -> str:
    """Give a time to the second; many lines are of the same one."""
    return datetime.fromtimestamp(since_1970, UTC).isoformat()


def _told(error: BaseException | None) -> str:
    """Give the kind and the places of an exception and its causes; never its words, which may hold personal data."""
    if error is None:
        return ""
    places = [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    cause = _told(error.__cause__ or error.__context__)
    return "\n".join([*([cause, "then"] if cause else []), *places, type(error).__qualname__])


def set_up(process: str, level: str = "INFO") -> None:
    """Send every log of this process to standard output as JSON lines; libraries speak from WARNING on.

    What Python itself would write as plain text goes there too: warnings, and what a process or a thread of it dies of.
    """
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines(process))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    # what is never printed need not be found out for each line (Python's logging HOWTO, "Optimization")
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    logging.logAsyncioTasks = False  # type: ignore[attr-defined]  # of Python 3.12, where it costs most
    logging._srcfile = None
    for ours in ("services", "gateway", "deploy"):
        logging.getLogger(ours).setLevel(level)
    logging.captureWarnings(True)
    sys.excepthook = _say_what_it_died_of
    threading.excepthook = lambda died: _say_what_it_died_of(
        died.exc_type, died.exc_value, died.exc_traceback
    )


def refuse_to_start(why: Exception) -> int:
    """Say in one line what is wrong with a setting, or with what was asked for; gives the exit code."""
    log.critical(str(why))
    return 2


def _say_what_it_died_of(kind: type[BaseException], error: BaseException | None, trace: Any) -> None:
    if error is not None and not issubclass(kind, KeyboardInterrupt | SystemExit):
        log.critical("died", exc_info=error)
