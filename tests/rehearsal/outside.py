"""The platform as those see it who are not in it: people over HTTP, and an observer of databases and broker."""

import threading
import time
from collections import Counter

import requests

from deploy.k8s.rehearse.stage import Stage
from services.civic.settings import CivicSettings
from tests.e2e.platform import Platform
from tests.faults.cast import Casting
from tests.faults.lines import Line

PAUSE_SECONDS = 0.25
"""Between one write of a person and the next: a steady load, and room for a rollout on a machine of two cores."""
READ = ("/", "/matters", "/listings", "/healthz")
READ_SECONDS = 30


class Outside(Platform):
    """What load and checks ask of a platform; its processes are the stage's."""

    def __init__(self, stage: Stage):
        self.base = stage.base
        self.env = stage.operators_environment()
        self.folder = stage.folder
        self.settings = CivicSettings.from_environment(self.env)
        self.children = {}


class SteadyLine(Line):
    """A person who pauses between writes."""

    def write(self, verb, path, body=None):
        time.sleep(PAUSE_SECONDS)
        return super().write(verb, path, body)


class SteadyCasting(Casting):
    """Casts people who pause."""

    def _line(self, login="", password=""):
        return SteadyLine(self.platform.base, self.ledger, self.over, login, password)


class Reader(threading.Thread):
    """Somebody who reads public pages over one kept-alive connection; `seen` counts what came back."""

    def __init__(self, base: str, enough: threading.Event):
        super().__init__(name="reader", daemon=True)
        self.base, self.enough = base, enough
        self.seen: Counter = Counter()
        self.failed: Counter = Counter()

    def run(self) -> None:
        session = requests.Session()
        while not self.enough.wait(PAUSE_SECONDS):
            for path in READ:
                self._read(session, path)

    def _read(self, session: requests.Session, path: str) -> None:
        try:
            answer = session.get(self.base + path, timeout=READ_SECONDS)
        except requests.RequestException as error:
            self.failed[f"GET {path}: {type(error).__name__}"] += 1
            return
        self.seen[answer.status_code] += 1
        if answer.status_code != 200 and not sent_back_in_order(answer):
            self.failed[f"GET {path}: {answer.status_code}"] += 1


def sent_back_in_order(answer: requests.Response) -> bool:
    """Tell whether it says to come again, and when."""
    return answer.status_code == 503 and answer.headers.get("Retry-After", "").isdecimal()
