"""One pod as a kubelet keeps it: started, asked, restarted where it says that it is not alive, ended in the order of its manifest."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from deploy.k8s.rehearse.network import Network
from deploy.k8s.rehearse.place import lay_out
from deploy.k8s.rehearse.podman import LABEL, Podman
from deploy.k8s.rehearse.probes import Watch
from deploy.k8s.rehearse.translator import Translated
from deploy.local import pids
from deploy.local.refusal import Refusal

KILLED = 137
TICK = 0.2
GONE_AGAIN = 10.0
"""Seconds before a container that ended by itself is started again: a kubelet's first pause."""


@dataclass(frozen=True)
class Ground:
    """What every pod of a run stands on; `secrets` are files by Secret and key, `folder` holds what pods are shown and their logs."""

    run: str
    podman: Podman
    network: Network
    folder: Path
    secrets: dict[str, dict[str, str]]


@dataclass
class Pod:
    """One container with its address; `told` hears (pod, ready) at each change, and once more when it has ended."""

    name: str
    translated: Translated
    ground: Ground
    told: Callable[[Pod, bool], None] = lambda pod, ready: None
    address: str = ""
    restarts: list[str] = field(default_factory=list)
    exit_code: int | None = None
    ready_since: float | None = None
    took: float = 0.0
    """Seconds from SIGTERM to its end, once it has ended."""

    def __post_init__(self) -> None:
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self._mark: pids.Mark | None = None
        self._namespace = ""

    @property
    def container(self) -> str:
        """Its name in podman."""
        return f"{LABEL}-{self.ground.run}-{self.name}"

    @property
    def log(self) -> Path:
        """What it printed, all of its containers."""
        return self.ground.folder / "logs" / f"{self.name}.log"

    @property
    def ready(self) -> bool:
        """Whether requests are sent to it."""
        return self.ready_since is not None

    @property
    def pid(self) -> int:
        """The process in it, as this machine numbers it."""
        if self._mark is None:
            raise Refusal(f"{self.name} does not run")
        return self._mark.pid

    def start(self) -> None:
        """Give it its files and its network, start it, and look after it from now on."""
        own = self.ground.folder / "pods" / self.name
        lay_out(own, self.ground.secrets, self.translated.projections)
        self._namespace, self.address = self.ground.network.join(self.name)
        self._run()
        self._thread = threading.Thread(target=self._keep, name=f"keeps {self.name}", daemon=True)
        self._thread.start()

    def run_once(self, limit: float) -> str:
        """Run it to its end as a Job's, and give what it printed. Raises Refusal where it does not end with 0."""
        lay_out(self.ground.folder / "pods" / self.name, self.ground.secrets, self.translated.projections)
        self._namespace, self.address = self.ground.network.join(self.name)
        try:
            self._run()
            end = time.monotonic() + limit
            while self._lives():
                if time.monotonic() > end:
                    raise Refusal(
                        f"{self.name} has not ended after {limit:.0f} s",
                        self.log.read_text("utf-8", "replace")[-3000:],
                    )
                time.sleep(TICK)
            code = self._ended()
        finally:
            self._remove()
        printed = self.log.read_text("utf-8", "replace")
        if code:
            raise Refusal(f"{self.name} ended with {code}", printed[-3000:])
        return printed

    def execute(self, *command: str, given: str = "", limit: float = 300) -> str:
        """Run a command beside its process, as `kubectl exec -i` does, and give what it printed."""
        return self.ground.podman.do(
            "exec", "--interactive", self.container, *command, given=given, limit=limit
        )

    def send(self, number: int) -> None:
        """Send a signal to its process, past everything."""
        os.kill(self.pid, number)

    def end(self) -> int:
        """Take it out of the list, pause, send SIGTERM, wait for its grace, kill; gives the exit code (137: it was killed)."""
        self._stopping.set()
        self._become(False)
        if self._thread is not None:
            self._thread.join()
        self._become(False)
        if self.translated.pause_seconds and self._lives():
            time.sleep(self.translated.pause_seconds)
        grace, began = self.translated.grace_seconds - self.translated.pause_seconds, time.monotonic()
        if self._lives():
            with contextlib.suppress(Refusal):
                self.ground.podman.do("stop", "--time", str(grace), self.container, limit=grace + 60)
        self.took = time.monotonic() - began
        self.exit_code = KILLED if self._lives() else self._ended()
        self._remove()
        self.told(self, False)
        return self.exit_code

    def _run(self) -> None:
        words = ["run", "--detach", "--name", self.container, "--label", f"{LABEL}={self.ground.run}"]
        words += ["--network", f"ns:{self._namespace}", "--hostname", self.name, "--pull", "never"]
        self.log.parent.mkdir(parents=True, exist_ok=True)
        words += ["--log-driver", "k8s-file", "--log-opt", f"path={self.log}"]
        words += [*self.translated.options, self.translated.image, *self.translated.arguments]
        for claim in self.translated.claims:
            place = self.ground.folder / "claims" / claim
            place.mkdir(parents=True, exist_ok=True)
            # as fsGroup does it
            os.chown(place, -1, 10001)
            place.chmod(0o2775)
        self.ground.podman.do(*words)
        number = int(self.ground.podman.do("inspect", "--format", "{{.State.Pid}}", self.container))
        self._mark = pids.mark_of(number) if number else None

    def _lives(self) -> bool:
        return self._mark is not None and pids.is_alive(self._mark)

    def _ended(self) -> int:
        try:
            return int(self.ground.podman.do("inspect", "--format", "{{.State.ExitCode}}", self.container))
        except Refusal:
            # it was being restarted, and there is none just now
            return 0

    def _remove(self) -> None:
        with contextlib.suppress(Refusal):
            self.ground.podman.do("rm", "--force", "--time", "0", self.container)
        self.ground.network.leave(self.name)

    def _become(self, ready: bool) -> None:
        if ready != self.ready:
            self.ready_since = time.monotonic() if ready else None
            self.told(self, ready)

    def _keep(self) -> None:
        """Ask its probes until it is ended; whoever fails one is restarted."""
        while not self._stopping.is_set():
            why = self._watch()
            if self._stopping.is_set():
                return
            self._become(False)
            self.restarts.append(why)
            with contextlib.suppress(Refusal):
                grace = str(self.translated.grace_seconds)
                self.ground.podman.do("stop", "--time", grace, self.container)
            with contextlib.suppress(Refusal):
                self.ground.podman.do("rm", "--force", "--time", "0", self.container)
            if why.startswith("ended"):
                self._stopping.wait(GONE_AGAIN)
            if not self._stopping.is_set():
                self._run()

    def _watch(self) -> str:
        """Look after one container; gives why it has to be replaced, or "" where it is being ended."""
        probes, now = self.translated.probes, time.monotonic()
        watches = {name: Watch(probe, now + probe.delay) for name, probe in probes.items()}
        started = "startupProbe" not in probes
        while not self._stopping.wait(TICK):
            if not self._lives():
                return f"ended with {self._ended()}"
            for name, watch in watches.items():
                if (name == "startupProbe") == started or time.monotonic() < watch.due:
                    continue
                passed = watch.probe.passes(self.address)
                if self._stopping.is_set():
                    return ""
                failed = watch.take(passed, time.monotonic())
                if name == "startupProbe":
                    started = passed
                if name == "readinessProbe":
                    if passed or failed:
                        self._become(passed)
                elif failed:
                    return f"its {name} failed {watch.failures} times"
        return ""
