"""Load from `wrk`, with what was accepted and what was refused told apart."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

SCRIPT = Path(__file__).with_name("load.lua")
PATIENCE = 10


@dataclass(frozen=True)
class Seen:
    """What the callers saw: answers by status, connections that broke, milliseconds of those that were accepted."""

    seconds: float
    statuses: dict[str, int]
    broken: int
    without_hint: int
    tenths: dict[int, int]

    @property
    def accepted(self) -> float:
        """Accepted requests a second."""
        return self.statuses.get("200", 0) / self.seconds

    @property
    def shed(self) -> float:
        """Refused requests a second."""
        return self.statuses.get("503", 0) / self.seconds

    def quantile(self, share: float) -> float:
        """Give the milliseconds within which this share of the accepted requests was answered."""
        left = share * sum(self.tenths.values())
        for tenth, count in sorted(self.tenths.items()):
            left -= count
            if left <= 0:
                return (tenth + 1) / 10
        return float("nan")


def put(base: str, token: str, paths: list[str], connections: int, seconds: int, pause: int = 0) -> Seen:
    """Ask for random ones of the paths over so many connections, each pausing about `pause` ms between two requests."""
    command = ["wrk", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--timeout", f"{PATIENCE}s"]
    command += ["-s", str(SCRIPT), base, "--", str(pause), token, *paths]
    done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60, check=False)
    lines = [line for line in done.stdout.splitlines() if line.startswith("RESULT ")]
    if not lines:
        raise RuntimeError(f"wrk failed: {done.stdout[-2000:]} {done.stderr[-2000:]}")
    seen = json.loads(lines[0].removeprefix("RESULT "))
    tenths = {int(tenth): count for tenth, count in seen.pop("tenths").items()}
    return Seen(**seen, tenths=tenths)
