"""Three nodes of a broker as one cluster, each of which can be stopped and started again."""

import os
import signal
import subprocess
from pathlib import Path

from deploy.local import broker
from deploy.local.broker import Broker
from deploy.local.folders import Folder

COOKIE = "one-cluster"


class Nodes:
    """A cluster in a folder."""

    def __init__(self, folder: Path, number: int = 3):
        self.script = broker.prepare()
        self.brokers = [self._made(folder / f"node{at}") for at in range(number)]
        account = self.brokers[0].account
        for one in self.brokers[1:]:
            one.account |= {"user": account["user"], "password": account["password"]}
        self.children = [None] * number

    @staticmethod
    def _made(path: Path) -> Broker:
        folder = Folder(path)
        folder.make()
        made = Broker(folder)
        cookie = made.home / ".erlang.cookie"
        cookie.write_text(COOKIE)
        cookie.chmod(0o400)
        return made

    def start(self) -> None:
        """Start them all and join them."""
        for at, one in enumerate(self.brokers):
            self.children[at] = one.start(self.script)
        for at, one in enumerate(self.brokers):
            one.wait_ready(self.children[at])
        for at in range(1, len(self.brokers)):
            for words in (
                ("stop_app",),
                ("reset",),
                ("join_cluster", self.brokers[0].account["node"]),
                ("start_app",),
            ):
                self.control(at, *words)

    def begin(self, at: int) -> None:
        """Start one and wait until it takes connections."""
        self.children[at] = self.brokers[at].start(self.script)
        self.brokers[at].wait_ready(self.children[at])

    def stop(self, at: int) -> None:
        """Stop one, as a drained machine would be."""
        process, self.children[at] = self.children[at].process, None
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(60)

    def stop_all(self) -> None:
        """End them all at once: nobody will read their data."""
        for child in self.children:
            if child is not None:
                os.killpg(child.process.pid, signal.SIGKILL)
                child.process.wait(60)

    def control(self, at: int, *words: str) -> str:
        """Give what rabbitmqctl says on one of them."""
        node = self.brokers[at]
        command = [str(Path(self.script).with_name("rabbitmqctl")), "-n", node.account["node"], *words]
        env = {**node._env(), "PATH": f"{os.environ['PATH']}:{broker.SBIN}"}
        done = subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout
