"""Asking the gateway whether the platform is ready."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from deploy.local import ports
from deploy.local.progress import say
from deploy.local.refusal import Refusal

GOOD = (True, "ok", "up", "ready", "pass", "healthy")


def ask(port: int) -> tuple[bool, str]:
    """Return whether /readyz answers 200, and what it warns of; else what is not ready."""
    # A proxy from the environment must not be asked about this machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://{ports.HOST}:{port}/readyz", timeout=5) as answer:
            return answer.status == 200, _warnings(answer.read())
    except urllib.error.HTTPError as error:
        return False, _missing(error.read()) or f"the gateway answers {error.code}"
    except (OSError, ValueError):
        return False, "the gateway does not answer"


def _warnings(body: bytes) -> str:
    """What a load balancer need not know and a person must: it works, and something beside it does not."""
    try:
        checks = json.loads(body)["checks"]
        return ", ".join(
            f"{name}: {one['warning']}" for name, one in sorted(checks.items()) if "warning" in one
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


def _missing(body: bytes) -> str:
    try:
        found = json.loads(body)
    except ValueError:
        return ""
    if not isinstance(found, dict):
        return ""
    if "code" in found:  # a problem instead of the parts: its keys are no names of parts
        return f"the gateway answers {found['code']}"
    checks = found.get("checks", found)
    if isinstance(checks, dict):
        bad = (name for name, state in checks.items() if _state(state) not in GOOD)
        return ", ".join(sorted(bad))
    return ""


def _state(value: object) -> object:
    return value.get("status", value.get("ok")) if isinstance(value, dict) else value


def wait(port: int, look: Callable[[], None], seconds: float = 60) -> None:
    """Wait until the platform is ready and warns of nothing, showing what is not; `look` is called between and may refuse."""
    deadline = time.monotonic() + seconds
    shown = ""
    while True:
        look()
        ready, missing = ask(port)
        if ready and not missing:
            return
        if time.monotonic() > deadline:
            raise Refusal(
                f"the platform was not ready after {seconds:.0f} s (not ready: {missing}), so everything was "
                "stopped: read the logs in .xiangzhi/run/logs and start it again"
            )
        if missing != shown:
            say(f"not ready yet: {missing}")
            shown = missing
        time.sleep(0.5)
