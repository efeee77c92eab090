"""Probes as a kubelet asks them: over HTTP at the pod's own address, counted until a threshold is met."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from dataclasses import dataclass

DEFAULTS = {"periodSeconds": 10, "timeoutSeconds": 1, "failureThreshold": 3, "initialDelaySeconds": 0}
"""What Kubernetes takes where the manifest is silent."""


@dataclass(frozen=True)
class Probe:
    """One probe; times in seconds."""

    path: str
    port: int
    period: int
    timeout: int
    threshold: int
    delay: int

    def passes(self, host: str) -> bool:
        """Ask once: any status of 200 to 399 within the timeout is a yes."""
        connection = http.client.HTTPConnection(host, self.port, timeout=self.timeout)
        try:
            connection.request("GET", self.path)
            return 200 <= connection.getresponse().status < 400
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def probe_of(told: Mapping, ports: Mapping[str, int]) -> Probe:
    """Read a probe of a manifest; its port is one of the container's names or a number. Raises ValueError for any other kind."""
    unknown = sorted(told.keys() - DEFAULTS.keys() - {"httpGet"})
    if unknown or "httpGet" not in told:
        raise ValueError(f"a probe by {', '.join(unknown) or 'nothing'} instead of httpGet")
    port = told["httpGet"]["port"]
    values = {**DEFAULTS, **told}
    return Probe(
        path=told["httpGet"]["path"],
        port=ports[port] if isinstance(port, str) else port,
        period=values["periodSeconds"],
        timeout=values["timeoutSeconds"],
        threshold=values["failureThreshold"],
        delay=values["initialDelaySeconds"],
    )


@dataclass
class Watch:
    """What one probe has said in a row: `due` is when it is asked next, on the clock of whoever asks."""

    probe: Probe
    due: float
    failures: int = 0

    def take(self, passed: bool, now: float) -> bool:
        """Note an answer; tells whether it has failed as often in a row as the threshold allows."""
        self.failures = 0 if passed else self.failures + 1
        self.due = now + self.probe.period
        return self.failures >= self.probe.threshold
