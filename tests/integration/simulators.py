"""A provider's simulator as a real process."""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import ClassVar

import requests

ROOT = Path(__file__).parents[2]


class Simulator:
    """`python -m deploy.local.simulators.<name>` on a free port, with `secret`, in the variable `secret_of` where that is none like its name; `usual` is how it behaves where nothing else is said."""

    name: ClassVar[str]
    secret: ClassVar[str]
    secret_of: ClassVar[str] = ""
    usual: ClassVar[dict]

    def __init__(self):
        command = [sys.executable, "-m", f"deploy.local.simulators.{self.name}", "--port", "0"]
        env = {**os.environ, self.secret_of or f"{self.name.upper()}_SECRET": self.secret}
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("listening on "), line
        self.url = f"http://{line.split()[-1]}"
        self.printed: list[str] = []
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        self.printed.extend(self.process.stdout)

    def behave(self, **wanted) -> None:
        """Be as usual but for what is wanted."""
        self.tell("_behaviour", {**self.usual, **wanted})

    def tell(self, path: str, what: dict) -> None:
        """Send it something unsigned, as tests do."""
        requests.post(f"{self.url}/{path}", json=what, timeout=5).raise_for_status()

    def ask(self, path: str) -> dict:
        """Read something unsigned."""
        return requests.get(f"{self.url}/{path}", timeout=5).json()

    def end(self) -> int:
        """Ask it to end; gives the exit code."""
        self.process.terminate()
        try:
            return self.process.wait(timeout=10)
        finally:
            self.process.kill()
