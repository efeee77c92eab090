"""Another office's register as a real process, and the client that asks it."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import requests

from deploy.local.simulators.register_book import Behaviour, fingerprint
from services.chassis.breaker import Breaker
from services.identity.matches.provider import Provider
from tests.integration.identity.register_scene import number

ROOT = Path(__file__).parents[3]
SECRET = "the secret of the two offices"


class Simulator:
    """`python -m deploy.local.simulators.register` on a free port."""

    def __init__(self):
        command = [sys.executable, "-m", "deploy.local.simulators.register", "--port", "0"]
        env = {**os.environ, "REGISTER_SECRET": SECRET}
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        assert line.startswith("listening on "), line
        self.url = f"http://{line.split()[-1]}"
        self._before: list[str] = []

    def client(self, breaker: Breaker | None = None) -> Provider:
        """Give a client with a breaker of its own."""
        return Provider(self.url, SECRET, breaker)

    def behave(self, **wanted) -> None:
        """Be as usual but for what is wanted, and count questions from now on."""
        self._before = self._asked()
        self._tell("_behaviour", {**vars(Behaviour()), **wanted})

    def enter(self, *serials: int, name: str = "王秀英") -> None:
        """Let these people and no others be in the register."""
        self._tell("_people", {"people": [{"id_number": number(one), "name": name} for one in serials]})

    @property
    def asked(self) -> list[str]:
        """Give the fingerprints that were asked about."""
        return self._asked()[len(self._before) :]

    def _asked(self) -> list[str]:
        return requests.get(f"{self.url}/_asked", timeout=5).json()["asked"]

    def _tell(self, path: str, what: dict) -> None:
        requests.post(f"{self.url}/{path}", json=what, timeout=5).raise_for_status()

    def end(self) -> None:
        """Ask it to end."""
        self.process.terminate()
        try:
            self.process.wait(timeout=10)
        finally:
            self.process.kill()
            self.process.stdout.close()


def known_as(serial: int, name: str = "王秀英") -> str:
    """Give somebody's fingerprint as the other office makes it."""
    return fingerprint(SECRET.encode(), number(serial), name)


def found(county, who) -> dict:
    """Give what somebody can read of the own comparison."""
    return county.ask(who, "find_match", resident_id=who.id)


def stored(county, who):
    """Give the comparison as it is stored."""
    return county.service.matches.get(who.id)


def failures(caplog) -> list[str]:
    """Give why the office was not believed, each time."""
    return [one.failure for one in caplog.records if hasattr(one, "failure")]


def at_once(*acts) -> None:
    """Do everything at the same time."""
    start = threading.Barrier(len(acts))

    def do(act):
        start.wait(5)
        act()

    threads = [threading.Thread(target=do, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
