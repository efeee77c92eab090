"""Three nodes of a broker as one cluster, each of which can be stopped and started again."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

from deploy.local import broker
from deploy.local.broker import Broker
from deploy.local.folders import Folder
from deploy.local.processes import Child
from deploy.local.refusal import Refusal

COOKIE = "one-cluster"
STOP_SECONDS = 120


class Nodes:
    """A cluster in a folder; `config` is what is told beyond the local stack's settings, in RabbitMQ's own words."""

    def __init__(self, folder: Path, number: int = 3, config: str = ""):
        self.script = broker.prepare()
        self.brokers = [self._made(folder / f"node{at}", config) for at in range(number)]
        account = self.brokers[0].account
        for one in self.brokers[1:]:
            one.account |= {"user": account["user"], "password": account["password"]}
        self.children: list[Child | None] = [None] * number

    @staticmethod
    def _made(path: Path, config: str) -> Broker:
        folder = Folder(path)
        folder.make()
        made = Broker(folder)
        cookie = made.home / ".erlang.cookie"
        cookie.write_text(COOKIE)
        cookie.chmod(0o400)
        more = made.home / "conf.d"
        more.mkdir(exist_ok=True)
        (more / "10-more.conf").write_text(config)
        return made

    def start(self) -> None:
        """Start them all and join them."""
        self.begin_all()
        for at in range(1, len(self.brokers)):
            for words in (
                ("stop_app",),
                ("reset",),
                ("join_cluster", self.brokers[0].account["node"]),
                ("start_app",),
            ):
                self.control(at, *words)

    def begin_all(self) -> None:
        """Start them all at once, as they have to be where all were away: each waits for the others."""
        begun = [one.start(self.script) for one in self.brokers]
        self.children = [*begun]
        for one, child in zip(self.brokers, begun, strict=True):
            one.wait_ready(child)

    def begin(self, at: int) -> None:
        """Start one and wait until it takes connections."""
        child = self.brokers[at].start(self.script)
        self.children[at] = child
        self.brokers[at].wait_ready(child)

    def stop(self, *places: int) -> None:
        """Stop some at once, as machines are drained."""
        stopped = [self.children[at] for at in places]
        for at in places:
            self.children[at] = None
        processes = [child.process for child in stopped if child is not None and child.process is not None]
        for process in processes:
            os.killpg(process.pid, signal.SIGTERM)
        for process in processes:
            process.wait(STOP_SECONDS)

    def stop_all(self) -> None:
        """End them all at once: nobody will read their data."""
        for child in self.children:
            if child is not None and child.process is not None and child.process.poll() is None:
                os.killpg(child.process.pid, signal.SIGKILL)
                child.process.wait(60)

    def control(self, at: int, *words: str) -> str:
        """Give what rabbitmqctl says on one of them."""
        node = self.brokers[at]
        command = [str(Path(self.script).with_name("rabbitmqctl")), "-n", node.account["node"], *words]
        env = {**node._env(), "PATH": f"{os.environ['PATH']}:{broker.SBIN}"}
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            raise Refusal(f"rabbitmqctl {words[0]} failed", done.stdout + done.stderr)
        return done.stdout
