"""The commands of the four systems, and what they take of processor and memory together."""

import os
import time
from pathlib import Path

import requests

from benchmarks.events.cost import seconds
from benchmarks.requests.asks import Ask
from deploy.local import pids
from deploy.local.folders import PROJECT, Folder
from deploy.local.processes import Child, read_procfile

PEERS = "benchmarks.requests.peers"
SERVICES = ("identity", "affairs", "market", "integrity")
GUNICORN = ("gunicorn", "--config", "gateway/gunicorn.conf.py")
# nameko's standalone client keeps its connection for each thread
THREADS = ("--worker-class", "gthread", "--threads", "32")
READY_SECONDS = 60
CALM = 0.02
"""Share of one core below which a system is idle."""


def commands(system: str, workers: int, env: dict[str, str], python: Path) -> dict[str, list[str]]:
    """Give every process of a system by name; `python` is that of FastStream's own environment."""
    if system == "xiangzhi":
        return read_procfile(PROJECT / "deploy" / "Procfile", env)
    relay = {"relay": ["python", "-m", "services.chassis.relay", "affairs"]}
    if system == "monolith":
        return {"monolith": [*GUNICORN, f"{PEERS}.monolith:create_app()"], **relay}
    if system == "nameko":
        run = ["nameko", "run", "--config", f"{PEERS.replace('.', '/')}/nameko.yaml"]
        hosted = {s: [*run, f"{PEERS}.nameko_services:{s.capitalize()}"] for s in SERVICES}
        return {"gateway": [*GUNICORN, *THREADS, f"{PEERS}.nameko_gateway:create_app()"], **hosted, **relay}
    uvicorn = [str(python), "-m", "uvicorn", "--factory", f"{PEERS}.faststream_gateway:create_app"]
    loop = ["--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning"]
    hosted = {s: [str(python), "-m", f"{PEERS}.faststream_services", s] for s in SERVICES}
    serving = [*uvicorn, *loop, "--port", env["PORT"], "--workers", str(workers)]
    return {"gateway": serving, **hosted, **relay}


class System:
    """One of the four: started, asked, measured and ended as a whole."""

    def __init__(self, name: str, env: dict[str, str], folder: Folder, python: Path):
        self.name, self.env, self.folder, self.python = name, env, folder, python
        self.port = int(env["PORT"])
        self.written = self.workers = 0
        self.children: dict[str, Child] = {}

    def start(self, workers: int) -> None:
        """Start every process with so many gateway workers."""
        self.workers = workers
        # the callers are one machine
        env = {**self.env, "GATEWAY_WORKERS": str(workers), "GATEWAY_CONNECTIONS_PER_ADDRESS": "0"}
        for name, command in commands(self.name, workers, env, self.python).items():
            child = Child(f"{self.name}-{name}", command, env, self.folder)
            child.start()
            self.children[name] = child

    def wait_ready(self, look: Ask) -> None:
        """Wait until it answers; raises Refusal where a process has ended and TimeoutError after a minute."""
        end, seen = time.monotonic() + READY_SECONDS, ""
        while time.monotonic() < end:
            for child in self.children.values():
                child.must_live()
            try:
                answer = self.ask(look)
                if answer.status_code == 200:
                    return
                seen = f"{answer.status_code} {answer.text[:200]}"
            except requests.RequestException as error:
                seen = type(error).__name__
            time.sleep(0.2)
        raise TimeoutError(f"{self.name} did not get ready: {seen}; its logs are in {self.folder.logs}")

    def ask(self, ask: Ask) -> requests.Response:
        """Send one request and give its answer."""
        body = ask.raw.partition(b"\r\n\r\n")[2] if ask.body is not None else None
        url = f"http://127.0.0.1:{self.port}{ask.path}"
        return requests.request(ask.verb, url, headers=ask.headers, data=body, timeout=30)

    @property
    def marks(self) -> list[pids.Mark]:
        """Give the processes that were started."""
        return [child.mark for child in self.children.values() if child.mark]

    @property
    def pids(self) -> list[int]:
        """Give the processes with all their children."""
        return [pid for mark in self.marks for pid in pids.group(mark)]

    def cpu(self, shared: list[int]) -> float:
        """Give the processor seconds so far of all its processes, with the shared broker and database."""
        return sum(seconds(pid) for pid in [*self.pids, *shared])

    def settle(self, shared: list[int], patience: float = 8.0) -> None:
        """Wait until nothing is done any more, for instance until written events are sent and heard."""
        end, calm = time.monotonic() + patience, 0
        while calm < 2 and time.monotonic() < end:
            before = self.cpu(shared)
            time.sleep(0.25)
            calm = calm + 1 if self.cpu(shared) - before <= 0.25 * CALM * (os.cpu_count() or 1) + 0.02 else 0

    def memory(self) -> dict[str, tuple[float, float]]:
        """Give (resident, proportional) megabytes by process name, workers counted to their master."""
        found = {}
        for name, child in self.children.items():
            members = pids.group(child.mark) if child.mark else []
            found[name] = tuple(sum(_megabytes(pid, what) for pid in members) for what in ("Rss", "Pss"))
        return found


def _megabytes(pid: int, what: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{what}:")), 0.0)
