"""The scene of a run: a broker and a database of its own, the platform's real processes, recorder and witness."""

import os
import signal
import time
from pathlib import Path
from urllib.parse import quote

from deploy.local import infra
from deploy.local.folders import Folder
from deploy.local.processes import Child, end_recorded
from services.chassis.amqp import transport
from services.chassis.runtime import declare
from tests.e2e.platform import Platform, management
from tests.faults import recorder
from tests.faults.witness import HOLD, INSIDE, Latecomer, Witness

SERVICES = ("identity", "affairs", "market", "integrity")
RECOVERY_SECONDS = 120


class Scene:
    """Everything that runs, by name, and the ways to break it; one thread at a time breaks things."""

    def __init__(self, folder: Folder):
        self.folder = folder
        self.infra = infra.start(folder, given={})
        level = os.environ.get("LOG_LEVEL", "WARNING")
        self.platform = Platform(folder.path, self.infra.addresses, RPC_TIMEOUT="4", LOG_LEVEL=level)
        self.wire = folder.path / "wire.jsonl"
        self.wire.touch()
        self.children: dict[str, Child] = {child.name: child for child in self.infra.children}

    def start(self) -> None:
        """Declare everything, the late consumer's queues too, then start all but the late consumer."""
        settings = self.platform.settings
        declare.declare_all(settings, [Witness, Latecomer])
        connection = transport.connect(settings.amqp_uri, "scene")
        recorder.declare(connection)
        transport.close_quietly(connection)
        self._start("recorder", "tests.faults.recorder", str(self.wire))
        self._start("witness", "tests.faults.hosted", "Witness")
        self.platform.start()
        self.children |= self.platform.children

    def start_latecomer(self) -> None:
        """Start the consumer that was down for the whole run."""
        self._start("latecomer", "tests.faults.hosted", "Latecomer")

    def kill(self, name: str) -> None:
        """Kill a process and its workers at once, without any chance to tidy up."""
        child = self.children[name]
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait(20)

    def restart(self, name: str) -> None:
        """Start a killed process again; a broker or a database until it answers."""
        self.children[name].start()
        if name in ("rabbitmq", "mongodb"):
            self.infra.wait_ready()

    def kill_in_transaction(self) -> None:
        """Kill the witness while its listeners stand in the middle of a transaction."""
        hold, inside = self.folder.path / HOLD, self.folder.path / INSIDE
        inside.unlink(missing_ok=True)
        hold.touch()
        try:
            self.platform.wait_for(inside.exists, 30, lambda: "for a listener in a transaction")
            self.kill("witness")
        finally:
            hold.unlink()

    def pause(self, name: str, seconds: float) -> None:
        """Stop a process and its workers in their tracks for a while."""
        group = self.children[name].process.pid
        os.killpg(group, signal.SIGSTOP)
        try:
            time.sleep(seconds)
        finally:
            os.killpg(group, signal.SIGCONT)

    def cut(self, part_of_name: str) -> int:
        """Cut every AMQP connection whose name holds this text; gives how many were cut."""
        uri = self.platform.settings.rabbitmq_management_uri
        there = management(uri, "GET", "connections").json()
        named = {one["name"]: (one.get("user_provided_name") or "") for one in there}
        chosen = [quote(name, safe="") for name, given in named.items() if part_of_name in given]
        answers = [management(uri, "DELETE", f"connections/{name}") for name in chosen]
        return sum(answer.status_code == 204 for answer in answers)

    def wait_ready(self) -> float:
        """Wait until the platform says that it is whole; gives the seconds, fails after RECOVERY_SECONDS."""
        began = time.monotonic()
        self.platform.wait_ready(RECOVERY_SECONDS)
        return time.monotonic() - began

    def stop(self) -> None:
        """End everything; a broker and a database whose data nobody reads again get no grace."""
        end_recorded(self.folder, grace=0)

    def _start(self, name: str, module: str, argument: str) -> None:
        child = Child(
            name, ["python", "-m", module, argument], self.platform.env, Folder(Path(self.folder.path))
        )
        child.start()
        self.children[name] = child
