"""A podman that shares nothing with this machine's but images: its store is a folder, its network a namespace, and both are thrown away.

So ports 5672, 15672, 27017 and 8080, which compose.yaml takes, may be in use here, and no container, network, volume or name of an image is
left or touched. Names of services are resolved as podman does it: netavark and aardvark-dns.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from deploy.k8s.rehearse.network import ip
from deploy.k8s.rehearse.podman import CONFIG, Podman, found
from deploy.local import apt, pids
from deploy.local.refusal import Refusal

HELPERS = {"netavark": "netavark", "aardvark-dns": "aardvark-dns"}
FOLDERS = ("/usr/lib/podman", "/usr/libexec/podman", "/usr/local/lib/podman", "/usr/local/libexec/podman")
"""Where podman looks for its helpers."""

PREFIX = "xzc"
"""How the names of our namespaces begin; then comes the run, which is the hexadecimal number of its process."""

DEPENDING = 4
"""What waits for what, at most: one that others depend on is removed after these."""

SHARED = Path("/run/containers/networks")
"""Where podman keeps what it knows of all networks of root's, whatever store it has: each run sees a folder of its own there."""

RESOLVERS = Path("/etc/resolv.conf")

STORE = """\
[storage]
driver = "overlay"
graphroot = "{folder}/graph"
runroot = "{running}/containers"
[storage.options]
additionalimagestores = ["{images}"]
"""
NETWORK = """\
[network]
network_backend = "netavark"
network_config_dir = "{folder}/networks"
"""


def prepare() -> None:
    """Install what podman's own networks need. Raises Refusal where it cannot be had."""
    missing = [package for name, package in HELPERS.items() if not _helper(name)]
    if found("iptables") is None:
        missing.append("iptables")
    if missing:
        apt.install(" ".join(missing), f"install {' '.join(missing)} yourself and try again")


def _helper(name: str) -> bool:
    return any((Path(folder) / name).exists() for folder in FOLDERS)


class Apart(Podman):
    """Podman of one run in a folder, which `images` of another store are lent to."""

    def __init__(self, folder: Path, run: str, images: str):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder = folder.resolve()
        super().__init__(self.folder)
        self.namespace = f"{PREFIX}{run}"
        # podman's processes that start a container again take no path longer than fifty characters
        self.running = Path(f"/run/{self.namespace}")
        self.mounts = self.running / "mounts"
        self.prefix = ("nsenter", f"--net=/run/netns/{self.namespace}", f"--mount={self.mounts}")
        # of one's own networks, not of this machine's
        told = CONFIG.replace('netns = "host"\n', "").replace("[engine]", f"{NETWORK}[engine]")
        self.config.write_text(told.format(folder=self.folder), "utf-8")
        self.storage = self.folder / "storage.conf"
        told = STORE.format(folder=self.folder, running=self.running, images=images)
        self.storage.write_text(told, "utf-8")

    @property
    def env(self) -> dict[str, str]:
        """What podman, buildah and podman-compose are told."""
        return {**super().env, "CONTAINERS_STORAGE_CONF": str(self.storage)}

    def make(self) -> None:
        """Make both namespaces: no way leads out of the one, and what is mounted in the other goes with it."""
        ip("netns", "add", self.namespace)
        ip("-n", self.namespace, "link", "set", "lo", "up")
        self.running.mkdir(mode=0o700)
        does("mount", "--bind", str(self.running), str(self.running))
        # a namespace can be kept only where mounts are told to nobody
        does("mount", "--make-private", str(self.running))
        self.mounts.touch()
        SHARED.mkdir(parents=True, exist_ok=True)
        does("unshare", f"--mount={self.mounts}", "mount", "-t", "tmpfs", "none", str(SHARED))
        # a server for names that nobody reaches would be asked for each that podman's own does not know
        resolvers = self.running / "resolv.conf"
        resolvers.write_text("# nothing leads out of here\n", "utf-8")
        does(*self.prefix, "mount", "--bind", str(resolvers), str(RESOLVERS))

    @property
    def is_there(self) -> bool:
        """Tell whether it was made, and not removed yet."""
        return self.mounts.is_file() and self.namespace in _namespaces()

    def within(self, folder: Path) -> tuple[str, ...]:
        """Give what a command is run within that is to find itself in a folder."""
        return (*self.prefix, "env", f"--chdir={folder}")

    def left(self) -> list[str]:
        """Give what is there of containers, volumes and networks of one's own."""
        words = ("--quiet",)
        containers = self.do("ps", "--all", "--format", "{{.Names}}").split()
        volumes, networks = self.do("volume", "ls", *words).split(), self.do("network", "ls", *words).split()
        return [*containers, *volumes, *(one for one in networks if one != "podman")]

    def remove(self) -> None:
        """End every container and remove everything, however it was left."""
        self.closed = True
        if self.is_there:
            # one that others depend on goes after these
            for _ in range(DEPENDING):
                self.tried("rm", "--all", "--force", "--time", "0")
            for network in self.left():
                self.tried("network", "rm", network)
        for place in (self.mounts, self.running):
            subprocess.run(["umount", "--lazy", str(place)], check=False, capture_output=True)
        if self.namespace in _namespaces():
            ip("netns", "delete", self.namespace)
        for folder in (self.folder, self.running):
            shutil.rmtree(folder, ignore_errors=True)


def does(*command: str) -> None:
    """Run a command of the system. Raises Refusal with what it said."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    if done.returncode:
        raise Refusal(f"`{' '.join(command)}` failed: {done.stderr.strip()}")


def left_over() -> list[str]:
    """Give the runs whose namespace is there and whose process is not."""
    runs = [one.removeprefix(PREFIX) for one in _namespaces() if re.fullmatch(f"{PREFIX}[0-9a-f]+", one)]
    return [run for run in runs if pids.mark_of(int(run, 16)) is None]


def _namespaces() -> list[str]:
    return [line.split()[0] for line in ip("netns", "list").splitlines() if line.strip()]


def store_of(podman: Podman) -> str:
    """Give the folder in which a podman keeps its images. Raises Refusal where it keeps them otherwise than by overlay."""
    driver, folder = podman.do("info", "--format", "{{.Store.GraphDriverName}} {{.Store.GraphRoot}}").split()
    if driver != "overlay":
        raise Refusal(f"podman keeps images by {driver} here: only those by overlay can be lent")
    return folder
