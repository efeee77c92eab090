"""Podman and buildah, told apart from the machine's own settings: runc, cgroups without systemd, and nothing but containers of ours."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from deploy.local import apt
from deploy.local.refusal import Refusal

PACKAGES = {
    "podman": "podman",
    "buildah": "buildah",
    "runc": "runc",
    "mmdebstrap": "mmdebstrap",
    "haproxy": "haproxy",
    "ip": "iproute2",
}
"""The programs that are needed, with the Debian packages that hold them."""
SBIN = "/usr/local/sbin:/usr/sbin:/sbin"
OTHERWISE = "install {} yourself and try again"
LABEL = "xiangzhi-rehearsal"
CGROUP = Path("/sys/fs/cgroup/cpu/libpod_parent/cpu.shares")
"""Where cgroups of version 1 keep how much of the CPU all containers together get beside everything else."""

OF_ONE = 1024
"""The share of any process outside of containers."""
CONFIG = """\
[containers]
# crun refuses hybrid cgroups; the default limits are above what some machines allow
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
netns = "host"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "none"
"""


def found(program: str) -> str | None:
    """Return where a program is; the PATH of an ordinary user has no sbin."""
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:{SBIN}")


def prepare() -> None:
    """Install what is missing. Raises Refusal where it cannot be, or where this user may not run containers."""
    if os.geteuid() != 0:
        raise Refusal("the rehearsal makes networks and containers with limits: run it as root")
    missing = [package for program, package in PACKAGES.items() if found(program) is None]
    if missing:
        names = " ".join(missing)
        apt.install(names, OTHERWISE.format(names))


class Podman:
    """Its commands, with settings of our own; `folder` holds these, `prefix` is what each command is run within."""

    prefix: tuple[str, ...] = ()

    def __init__(self, folder: Path):
        self.config = folder / "containers.conf"
        self.config.write_text(CONFIG, "utf-8")
        self.closed = False
        """The end is under way: nothing is started any more."""

    @property
    def env(self) -> dict[str, str]:
        """What podman and buildah are told."""
        path = f"{os.environ.get('PATH', '')}:{SBIN}"
        return {**os.environ, "PATH": path, "CONTAINERS_CONF": str(self.config)}

    def do(self, *words: str, limit: float = 120, given: str = "") -> str:
        """Run one command to its end and give what it printed. Raises Refusal with what it said."""
        if self.closed and words[0] in ("run", "exec"):
            raise Refusal("everything is being ended")
        try:
            done = subprocess.run(
                [*self.prefix, "podman", *words],
                env=self.env,
                capture_output=True,
                text=True,
                timeout=limit,
                check=False,
                input=given,
            )
        except subprocess.TimeoutExpired:
            raise Refusal(f"podman {words[0]} did not end within {limit:.0f} s") from None
        if done.returncode:
            raise Refusal(f"podman {words[0]} failed", (done.stderr or done.stdout).strip())
        return done.stdout.strip()

    def give_shares(self, processes: int) -> None:
        """Let so many processes in containers weigh as they would outside: else all of them together get the share of one.

        How they share among themselves is the manifests'. Where there is no such file, containers weigh by themselves.
        """
        if CGROUP.exists():
            CGROUP.write_text(str(OF_ONE * processes))

    def has_image(self, name: str) -> bool:
        """Tell whether there is an image of this name."""
        return self.tried("image", "exists", name)

    def tried(self, *words: str, limit: float = 120) -> bool:
        """Run one command to its end and tell whether it went well."""
        command = [*self.prefix, "podman", *words]
        done = subprocess.run(command, env=self.env, capture_output=True, timeout=limit, check=False)
        return done.returncode == 0

    def must_run(self, image: str) -> None:
        """Run nothing in a container of that image. Raises Refusal in plain words where this machine does not let it."""
        words = ("run", "--rm", "--read-only", "--cap-drop", "all", "--memory", "64m", image, "true")
        try:
            self.do(*words)
        except Refusal as refusal:
            said = refusal.details.splitlines()[-1] if refusal.details else refusal.sentence
            raise Refusal(
                f"podman does not run containers on this machine ({said}): rehearse on one where it does"
            ) from None

    def remove_all(self, run: str) -> None:
        """End and remove every container of one run, however it was left."""
        names = self.do("ps", "--all", "--quiet", "--filter", f"label={LABEL}={run}").split()
        if names:
            self.do("rm", "--force", "--time", "0", *names)
