"""Who does health checks: systemd's timers where podman finds systemd, and this rehearsal everywhere."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Mapping

from deploy.k8s.rehearse.composed.apart import Apart
from deploy.k8s.rehearse.composed.head import Check
from deploy.local.refusal import Refusal

TICK = 0.2
HEALTHY = "healthy"


class Timers(threading.Thread):
    """Does each container's check as often as its service asks, or less often where the machine is slower than that."""

    def __init__(self, podman: Apart, checks: Mapping[str, Check]):
        super().__init__(name="health-checks", daemon=True)
        self.podman, self.checks = podman, dict(checks)
        self.over = threading.Event()

    def run(self) -> None:
        """Check until told to end."""
        due = dict.fromkeys(self.checks, 0.0)
        while not self.over.wait(TICK):
            for name in next_due(due, time.monotonic()):
                if self.over.is_set():
                    return
                # one that is not there yet, or ends just now, has no health
                self.podman.tried("healthcheck", "run", name)
                due[name] = time.monotonic() + self.checks[name].every

    def end(self) -> None:
        """Do no more checks, once the one that is being done is over."""
        self.over.set()
        self.join()


def next_due(due: Mapping[str, float], now: float) -> list[str]:
    """Give whose check is due, longest waiting first."""
    return sorted((name for name, at in due.items() if at <= now), key=lambda name: due[name])


def states(podman: Apart) -> dict[str, dict]:
    """Give the state of every container, by name, as `podman inspect` has it."""
    names = podman.do("ps", "--all", "--format", "{{.Names}}").split()
    if not names:
        return {}
    told = json.loads(podman.do("inspect", *names))
    return {one["Name"]: {**one["State"], "RestartCount": one.get("RestartCount", 0)} for one in told}


def unhealthy(there: Mapping[str, Mapping], wanted: Mapping[str, Check], ended: set[str]) -> list[str]:
    """Give, in words, who is not as it should be: running and healthy, or ended well."""
    wrong = []
    for name in [*wanted, *sorted(ended)]:
        state = there.get(name, {"Status": "not there"})
        if name in ended:
            if state["Status"] != "exited" or state.get("ExitCode"):
                wrong.append(f"{name} is {state['Status']}, exit code {state.get('ExitCode')}")
        elif state["Status"] != "running" or state.get("Health", {}).get("Status") != HEALTHY:
            health = state.get("Health", {}).get("Status") or "without health"
            wrong.append(f"{name} is {state['Status']}, {health}")
    return wrong


def wait(podman: Apart, wanted: Mapping[str, Check], ended: set[str], limit: float) -> float:
    """Wait until everybody is as it should be; gives the seconds. Raises Refusal after `limit`, with who is not."""
    began = time.monotonic()
    while wrong := unhealthy(states(podman), wanted, ended):
        if time.monotonic() - began > limit:
            raise Refusal(f"not healthy after {limit:.0f} s: {'; '.join(wrong)}")
        time.sleep(TICK * 5)
    return time.monotonic() - began
