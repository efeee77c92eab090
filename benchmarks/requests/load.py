"""One measurement with wrk: so many requests a second, how long each took, and whether all of them were answered well."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("load.lua")
RESULT = "RESULT "
ERRORS = ("status", "connect", "read", "write", "timeout")


class Void(Exception):
    """A measurement that proves nothing; the message says why."""


@dataclass(frozen=True)
class Loaded:
    """What wrk saw: `requests` answered, `sent` begun; times in milliseconds."""

    requests: int
    sent: int
    seconds: float
    p50_ms: float
    p99_ms: float

    @property
    def rps(self) -> float:
        """Give the answers a second."""
        return self.requests / self.seconds


def parse(output: str) -> Loaded:
    """Read what load.lua told; raises Void where nothing was answered or anything went wrong."""
    line = next((line for line in output.splitlines() if line.startswith(RESULT)), None)
    if line is None:
        raise Void(f"wrk told nothing: {output.strip()[-300:]}")
    told = json.loads(line.removeprefix(RESULT))
    wrong = ", ".join(f"{told[name]} {name}" for name in ERRORS if told[name])
    if wrong:
        raise Void(f"errors among {told['requests']} answers: {wrong}")
    if not told["requests"]:
        raise Void("no request was answered")
    ms = told["p50_us"] / 1000, told["p99_us"] / 1000
    return Loaded(told["requests"], told["sent"], told["us"] / 1e6, *ms)


def written(path: Path, requests: list[bytes]) -> Path:
    """Write requests down for load.lua."""
    with path.open("wb") as file:
        for request in requests:
            file.write(b"%d\n%b" % (len(request), request))
    return path


def load(port: int, clients: int, seconds: int, requests: Path, unique: int | None = None) -> Loaded:
    """Load one system; raises Void for any error, and where more than `unique` requests were needed."""
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "20s", "-s", str(SCRIPT)]
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{port}", "--", str(requests)],
        capture_output=True,
        text=True,
        timeout=seconds + 60,
        check=False,
    )
    seen = parse(done.stdout + done.stderr)
    if unique is not None and seen.sent > unique:
        raise Void(f"{seen.sent} requests were sent and only {unique} had a key of their own")
    return seen
