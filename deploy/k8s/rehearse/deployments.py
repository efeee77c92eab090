"""Deployments as their controllers keep them: so many pods, and a new one available before an old one is told to end."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

from deploy.k8s.check.manifests import Manifests, Workload
from deploy.k8s.rehearse.pods import Ground, Pod
from deploy.k8s.rehearse.translator import Folders, translate
from deploy.local.refusal import Refusal

TICK = 0.2


def pod_of(
    name: str, workload: Workload, manifests: Manifests, ground: Ground, told: Callable[[Pod, bool], None]
) -> Pod:
    """Make a pod of a workload under a name of its own; it is not started."""
    folders = Folders(ground.folder / "pods" / name, ground.folder / "claims")
    return Pod(name, translate(workload, manifests, folders), ground, told)


@dataclass
class Deployment:
    """One process of the platform in all of its pods; `ended` are those that are gone, with their exit codes."""

    name: str
    ground: Ground
    told: Callable[[Pod, bool], None]
    pods: list[Pod] = field(default_factory=list)
    ended: list[Pod] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._numbers = count(1)
        self._leaving: list[threading.Thread] = []
        self._manifests: Manifests | None = None

    @property
    def workload(self) -> Workload:
        """What its manifest of now says."""
        assert self._manifests is not None
        return next(one for one in self._manifests.deployments if one.name == self.name)

    def apply(self, manifests: Manifests) -> None:
        """Bring it to what the manifests say, without fewer pods that are ready than before at any moment."""
        before, self._manifests = self.pods, manifests
        self.pods = []
        for at in range(self.workload.spec.get("replicas", 1)):
            self.pods.append(self._begin())
            if at < len(before):
                self.wait_available(self.pods[-1])
                self._leave(before[at])
        for pod in before[len(self.pods) :]:
            self._leave(pod)

    def replace(self, pod: Pod) -> None:
        """Delete one pod: it ends, and another one is begun at the same moment."""
        self.pods.remove(pod)
        self._leave(pod)
        self.pods.append(self._begin())

    def wait_available(self, pod: Pod | None = None) -> None:
        """Wait until a pod, or each, has been ready for as long as the manifest asks. Raises Refusal after its deadline."""
        spec = self.workload.spec
        end = time.monotonic() + spec.get("progressDeadlineSeconds", 600)
        for one in [pod] if pod else self.pods:
            while not _for_seconds(one, spec.get("minReadySeconds", 0)):
                if time.monotonic() > end:
                    raise Refusal(
                        f"{one.name} does not become ready", one.log.read_text("utf-8", "replace")[-3000:]
                    )
                time.sleep(TICK)

    def wait_left(self) -> None:
        """Wait until every pod that was told to end has ended."""
        for thread in self._leaving:
            thread.join()
        self._leaving.clear()

    def end(self) -> None:
        """End all of its pods: scaled to none."""
        for pod in self.pods:
            self._leave(pod)
        self.pods = []
        self.wait_left()

    @property
    def restarts(self) -> list[str]:
        """Every restart by a probe or an end of its own, named by its pod."""
        return [f"{pod.name}: {why}" for pod in [*self.pods, *self.ended] for why in pod.restarts]

    @property
    def killed(self) -> list[str]:
        """The pods that did not end within their grace, or not in order."""
        return [f"{pod.name} ended with {pod.exit_code}" for pod in self.ended if pod.exit_code]

    def _begin(self) -> Pod:
        assert self._manifests is not None
        name = f"{self.name}-{next(self._numbers)}"
        pod = pod_of(name, self.workload, self._manifests, self.ground, self.told)
        pod.start()
        return pod

    def _leave(self, pod: Pod) -> None:
        self.ended.append(pod)
        thread = threading.Thread(target=pod.end, name=f"ends {pod.name}", daemon=True)
        self._leaving.append(thread)
        thread.start()


def _for_seconds(pod: Pod, seconds: float) -> bool:
    since = pod.ready_since
    return since is not None and time.monotonic() - since >= seconds


def all_at_once(works: list[Callable[[], None]]) -> None:
    """Do several at the same time, as controllers do; raises the first failure when all have ended."""
    failures: list[BaseException] = []

    def guarded(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as failure:
            failures.append(failure)

    threads = [threading.Thread(target=guarded, args=(work,), daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
