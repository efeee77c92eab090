"""A network of the rehearsal's own: a bridge, and for each pod a namespace with an address on it, as in a cluster.

Nothing leads out of it: what pods reach is what listens on the bridge's address (broker, database, simulators) and each other.
"""

from __future__ import annotations

import ipaddress
import json
import os
import re
import subprocess
import threading

from deploy.k8s.rehearse.podman import SBIN
from deploy.local.refusal import Refusal

NETWORKS = ipaddress.ip_network("10.213.0.0/16")
FIRST = 10
"""Addresses below are the bridge's own and free for what is put beside it."""

PREFIX = "xz"
"""How the names of our bridges, links and namespaces begin; then comes the run, which is a process's number."""


def ip(*words: str) -> str:
    """Run `ip` and give what it printed. Raises Refusal with what it said."""
    env = {**os.environ, "PATH": f"{os.environ.get('PATH', '')}:{SBIN}"}
    done = subprocess.run(["ip", *words], env=env, capture_output=True, text=True, check=False, timeout=30)
    if done.returncode:
        raise Refusal(f"the kernel refuses `ip {' '.join(words)}`: {done.stderr.strip()}")
    return done.stdout


class Network:
    """One run's network; `run` is the hexadecimal number of its process."""

    def __init__(self, run: str):
        self.run = run
        self.bridge = f"{PREFIX}{run}"
        self.subnet = _free()
        self.gateway = str(self.subnet[1])
        self._addresses = iter([str(one) for one in self.subnet.hosts()][FIRST:])
        self._lock = threading.Lock()
        self._joined: dict[str, str] = {}

    def make(self) -> None:
        """Make the bridge, with the address at which pods find what runs beside them."""
        ip("link", "add", self.bridge, "type", "bridge")
        ip("addr", "add", f"{self.gateway}/{self.subnet.prefixlen}", "dev", self.bridge)
        ip("link", "set", self.bridge, "up")

    def join(self, pod: str) -> tuple[str, str]:
        """Make a namespace for a pod; gives (path of the namespace, its address). An address is never given twice."""
        with self._lock:
            address = next(self._addresses)
            number = address.rpartition(".")[2]
            name, link = f"{self.bridge}-{pod}", f"{self.bridge}v{number}"
            self._joined[pod] = name
            ip("netns", "add", name)
            ip("link", "add", link, "type", "veth", "peer", "name", "eth0", "netns", name)
            ip("link", "set", link, "master", self.bridge, "up")
            ip("-n", name, "addr", "add", f"{address}/{self.subnet.prefixlen}", "dev", "eth0")
            for device in ("lo", "eth0"):
                ip("-n", name, "link", "set", device, "up")
        return f"/run/netns/{name}", address

    def leave(self, pod: str) -> None:
        """Remove a pod's namespace; its link goes with it."""
        with self._lock:
            name = self._joined.pop(pod, None)
            if name:
                ip("netns", "delete", name)


def remove(run: str) -> None:
    """Remove everything that a run has made, and nothing else."""
    bridge = f"{PREFIX}{run}"
    for name in _namespaces():
        if name.startswith(f"{bridge}-"):
            ip("netns", "delete", name)
    if run in left_over():
        ip("link", "delete", bridge)


def left_over() -> list[str]:
    """Give the runs whose bridge is there."""
    there = json.loads(ip("-j", "link", "show", "type", "bridge") or "[]")
    names = [one.get("ifname", "") for one in there]
    return [name.removeprefix(PREFIX) for name in names if re.fullmatch(f"{PREFIX}[0-9a-f]+", name)]


def _namespaces() -> list[str]:
    return [line.split()[0] for line in ip("netns", "list").splitlines() if line.strip()]


def _free() -> ipaddress.IPv4Network:
    """Give a network that this machine has no address in."""
    taken = {
        ipaddress.ip_interface(f"{address['local']}/{address['prefixlen']}").network
        for one in json.loads(ip("-j", "-4", "addr", "show"))
        for address in one.get("addr_info", [])
    }
    for subnet in NETWORKS.subnets(new_prefix=24):
        if isinstance(subnet, ipaddress.IPv4Network) and not any(subnet.overlaps(one) for one in taken):
            return subnet
    raise Refusal(f"every network of {NETWORKS} is in use on this machine: stop what uses them")
