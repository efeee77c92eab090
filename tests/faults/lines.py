"""A person's slow line: every write has an Idempotency-Key and is sent again under it until it is answered."""

import random
import threading
import time
import uuid

import requests

from deploy.local.story.person import Person
from tests.faults.ledger import Ledger

FINAL = (200, 201, 400, 403, 404, 409, 422)
SEND_AGAIN = 503
CHANGED_MEANWHILE = "changed_meanwhile"
PAUSE_SECONDS = (0.1, 0.6)
SECONDS = 15


class NeverAnswered(Exception):
    """The run is over and a write was not answered."""


class Line:
    """One caller: sends, sends again, signs in again when the token has expired."""

    def __init__(self, base: str, ledger: Ledger, over: threading.Event, login: str = "", password: str = ""):
        self.person = Person(base, login or "nobody")
        self.ledger, self.over = ledger, over
        self.login, self.password = login, password

    @property
    def id(self) -> str:
        """Give the person's id once signed in."""
        return self.person.id

    def sign_in(self) -> "Line":
        """Sign in, however long it takes."""
        # an expired token is refused even where none is needed
        self.person.http.headers.pop("Authorization", None)
        body = {"login": self.login, "password": self.password}
        status, answer, _ = self.write("POST", "/sessions", body)
        if status != 201:
            raise AssertionError(f"{self.login} cannot sign in: {status} {answer}")
        self.person.http.headers["Authorization"] = f"Bearer {answer['access_token']}"
        self.person.id = answer["person_id"]
        return self

    def write(self, verb: str, path: str, body: dict | None = None) -> tuple[int, dict, str]:
        """Send until there is an answer; gives status, answer and key. Raises NeverAnswered when the run is over."""
        key = str(uuid.uuid4())
        while True:
            status, answer = self._once(verb, path, body, key)
            if status in FINAL and not str(answer.get("code", "")).endswith(CHANGED_MEANWHILE):
                return status, answer, key
            if status == 401 and path != "/sessions":
                self.sign_in()
            if self.over.is_set():
                raise NeverAnswered(f"{verb} {path}: {status} {answer.get('code', '')}")
            time.sleep(random.uniform(*PAUSE_SECONDS))

    def _once(self, verb: str, path: str, body: dict | None, key: str) -> tuple[int, dict]:
        http = self.person.http
        try:
            answer = http.request(
                verb,
                self.person.base + path,
                json=body or {},
                headers={"Idempotency-Key": key},
                timeout=SECONDS,
            )
            status, told = answer.status_code, answer.json()
        except (requests.RequestException, ValueError) as error:
            self.ledger.note(self.ledger.resent, type(error).__name__)
            return 0, {}
        if status not in FINAL:
            # who is sent back is told when to come again
            known = status == 401 or (status == SEND_AGAIN and "Retry-After" in answer.headers)
            counter = self.ledger.resent if known else self.ledger.unclear
            self.ledger.note(counter, f"{status} {told.get('code', '')}")
            if told.get("code") == "service.failed":
                self.ledger.note(self.ledger.unclear, f"{verb} {path.split('/')[1]}: service.failed")
        return status, told
