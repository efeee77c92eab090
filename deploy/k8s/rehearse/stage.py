"""The whole rehearsal's place: image, network, stores, providers, and the platform's pods by their manifests; made and removed."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

import pyrage

from deploy.k8s.check.manifests import Manifests
from deploy.k8s.rehearse import images, place, podman
from deploy.k8s.rehearse.deployments import Deployment, all_at_once, pod_of
from deploy.k8s.rehearse.network import Network, left_over, remove
from deploy.k8s.rehearse.place import IMAGE, Told
from deploy.k8s.rehearse.pods import Ground, Pod
from deploy.k8s.rehearse.stores import Stores
from deploy.local import environment, pids, ports
from deploy.local.folders import Folder
from deploy.local.processes import Child, end_recorded
from deploy.local.progress import say

FIRST, SECOND = "rehearsed-1", "rehearsed-2"
PROVIDERS = {"payment": 8090, "sms": 8091, "register": 8092}
"""Simulators of outside systems, and where pods find them."""
JOB_SECONDS = 300
GATEWAY = "gateway"


class Stage:
    """One run's place in a folder; `run` names its containers, network and namespaces."""

    def __init__(self, folder: Folder):
        self.folder = folder
        self.run = f"{os.getpid():x}"
        podman.prepare()
        self.podman = podman.Podman(folder.path)
        self._sweep()
        self.network = Network(self.run)
        self.deployments: dict[str, Deployment] = {}
        self.identity = pyrage.x25519.Identity.generate()
        self._stores: Stores | None = None
        self.made = {name: secrets.token_urlsafe(32) for name in ("SMS_SECRET", "REGISTER_SECRET")}

    def start(self) -> None:
        """Make everything but the platform's own pods."""
        self.podman.must_run(images.base(self.podman))
        images.build(self.podman, f"{IMAGE}:{FIRST}")
        self.podman.do("tag", f"{IMAGE}:{FIRST}", f"{IMAGE}:{SECOND}")
        self.network.make()
        self._stores = Stores(self.folder.path, self.network.gateway)
        chosen: set[int] = set()
        for _ in PROVIDERS:
            chosen.add(ports.choose(chosen))
        listening = dict(zip(PROVIDERS, sorted(chosen), strict=True))
        self.people = ports.choose(chosen)
        self.stores.start({PROVIDERS[name]: port for name, port in listening.items()}, self.people)
        known = place.secrets(self.made, self.stores.broker_secret(), self.stores.database_secrets())
        self.ground = Ground(self.run, self.podman, self.network, Path(self.folder.path).resolve(), known)
        self._simulate(listening)
        self.manifests = {
            tag: place.manifests(self.folder.path, self._told(), tag) for tag in (FIRST, SECOND)
        }

    def _sweep(self) -> None:
        """Remove what a run that was killed has left: its number is that of a process that is no more."""
        for run in left_over():
            if pids.mark_of(int(run, 16)) is None:
                say(f"removing what the killed run {run} has left")
                self.podman.remove_all(run)
                remove(run)

    @property
    def stores(self) -> Stores:
        """Broker and database."""
        assert self._stores is not None
        return self._stores

    @property
    def base(self) -> str:
        """The address at which people reach the platform."""
        return f"http://{ports.HOST}:{self.people}"

    def _told(self) -> Told:
        outside = f"http://{self.network.gateway}"
        settings = {
            "PUBLIC_URL": self.base,
            "TRUSTED_PROXIES": "1",
            "BACKUP_RECIPIENTS": str(self.identity.to_public()),
            # everybody comes from this machine, and nobody pays
            "REGISTRATIONS_OF_ADDRESS": "100000",
            "REGISTRATIONS_OF_NETWORK": "100000",
            "ORDER_MOST_UNPAID": "100000",
        }
        providers = {f"{name.upper()}_URL": f"{outside}:{port}" for name, port in PROVIDERS.items()}
        return Told(settings, providers)

    def _simulate(self, listening: dict[str, int]) -> None:
        """Start what plays the outside systems."""
        keys = self.ground.secrets["keys"]
        for name, port in listening.items():
            command = ["python", "-m", f"deploy.local.simulators.{name}", "--port", str(port)]
            env = environment.complete({f"{name.upper()}_SECRET": keys[f"{name.upper()}_SECRET"]})
            Child(f"{name}-simulator", command, env, self.folder, kind="infra").start()

    def operators_environment(self) -> dict[str, str]:
        """Give what an operator's command on this machine is told: an administrator's addresses, and the keys."""
        keys = {name: value for name, value in self.ground.secrets["keys"].items() if value}
        keys.pop("SIGNING_KEY")
        return environment.complete(
            {
                **keys,
                "AMQP_URI": self.stores.amqp_uri,
                "RABBITMQ_MANAGEMENT_URI": self.stores.management_uri,
                "MONGODB_URI": self.stores.members.uri,
                "XIANGZHI_STATE": str(self.folder.path),
                "STORY_URL": self.base,
                "PROBE_PORT": "0",
                "LOG_LEVEL": os.environ.get("LOG_LEVEL", "WARNING"),
            }
        )

    def job(self, name: str, tag: str = FIRST, run: str = "") -> str:
        """Run a Job, or a CronJob's once, to its end, and give what it printed."""
        manifests = self.manifests[tag]
        workload = next(one for one in manifests.workloads if one.name == name)
        return pod_of(f"{name}-{tag}{run}", workload, manifests, self.ground, _nobody).run_once(JOB_SECONDS)

    def by_hand(self, name: str) -> Pod:
        """Start a pod that the manifests keep at none, as an operator scales it to one."""
        manifests = self.manifests[FIRST]
        workload = next(one for one in manifests.workloads if one.name == name)
        pod = pod_of(name, workload, manifests, self.ground, _nobody)
        pod.start()
        return pod

    def apply(self, tag: str) -> None:
        """Bring every Deployment to a release, all at the same time, and wait until the old pods are gone."""
        manifests: Manifests = self.manifests[tag]
        for one in manifests.deployments:
            self.deployments.setdefault(one.name, Deployment(one.name, self.ground, self._heard(one.name)))
        self.podman.give_shares(sum(one.spec.get("replicas", 1) for one in manifests.deployments))
        works = [_applied(one, manifests) for one in self.deployments.values()]
        all_at_once(works)
        for deployment in self.deployments.values():
            deployment.wait_left()

    def _heard(self, name: str) -> Callable[[Pod, bool], None]:
        return self._list if name == GATEWAY else _nobody

    def _list(self, pod: Pod, ready: bool) -> None:
        if self.podman.closed:
            return  # the balancer ends as well
        if ready:
            self.stores.balancer.add(pod.name, pod.address, pod.translated.ports["http"])
        elif pod.exit_code is None:
            self.stores.balancer.drain(pod.name)
        else:
            self.stores.balancer.remove(pod.name)

    def end_pods(self) -> None:
        """Scale everything to none."""
        all_at_once([one.end for one in self.deployments.values()])

    def stop(self) -> None:
        """Remove everything that this run has made; images and wheels are kept for the next one."""
        say("removing containers, network, brokers, database and folders")
        self.podman.closed = True
        self.podman.remove_all(self.run)
        end_recorded(self.folder, grace=0)
        if self._stores is not None:
            for part in ("balancer", "database"):
                end_recorded(Folder(self.folder.path / part), grace=0)
            self._stores.stop()
        # what was just being started when everything was to end
        self.podman.remove_all(self.run)
        remove(self.run)


def _applied(one: Deployment, manifests: Manifests) -> Callable[[], None]:
    def work() -> None:
        one.apply(manifests)
        one.wait_available()

    return work


def _nobody(pod: Pod, ready: bool) -> None:
    """Who is no gateway is in nobody's list."""
