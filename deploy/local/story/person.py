"""Somebody who uses the platform over HTTP: a resident, an official or nobody in particular."""

import hashlib
import itertools
import random
import time
import uuid
from datetime import date, timedelta

import pyotp
import requests

from deploy.local.story.teller import StoryFailed
from services.civic.id_numbers import check_digit

SECONDS = 30
UNAVAILABLE, MOST_TRIES = 503, 4
REFRESHABLE = ("token.expired", "assurance.too_low")
SURNAMES = "王李张刘陈杨黄周吴徐"
GIVEN = "秀英芳敏静丽强磊军洋勇艳杰娟涛明超霞平刚"


class Person:
    """One caller with an own token; every writing request carries a new Idempotency-Key unless one is given."""

    def __init__(self, base: str, name: str):
        self.base, self.name = base, name
        self.http = requests.Session()
        self.http.headers["User-Agent"] = "story"
        self.id = self.login = self.refresh_token = self.secret = ""

    def sign_in(self, login: str, password: str, first: str | None = None) -> "Person":
        """Sign in; with `first` (a one-time password) choose the password before."""
        if first:
            body = {"login": login, "one_time_password": first, "new_password": password}
            answer = self.ask("POST", "/sessions/first", body, expect=201)
        else:
            answer = self.ask("POST", "/sessions", {"login": login, "password": password}, expect=201)
        self.take(answer)
        self.id, self.login = answer["person_id"], login
        if answer["next_step"] == "enrol_second_factor":
            self.enrol()
        return self

    def take(self, tokens: dict) -> None:
        """Call with these tokens from now on."""
        self.http.headers["Authorization"] = f"Bearer {tokens['access_token']}"
        self.refresh_token = tokens["refresh_token"]

    def enrol(self) -> None:
        """Get the second factor that the role asks for: the secret first, then a code of it."""
        self.secret = self.post("/second-factor", expect=201)["secret"]
        answer = self.post("/second-factor/confirmation", {"code": pyotp.TOTP(self.secret).now()})
        self.take(answer)

    def get(self, path: str, expect: int = 200, **query) -> dict:
        """Read something."""
        return self.ask("GET", path, None, expect, query)

    def post(self, path: str, body: dict | None = None, expect: int = 200, key: str | None = None) -> dict:
        """Do something; `key` sends the same request again."""
        return self.ask("POST", path, body or {}, expect, key=key)

    def ask(
        self,
        verb: str,
        path: str,
        body: dict | None,
        expect: int,
        query: dict | None = None,
        key: str | None = None,
    ) -> dict:
        """Send one request; raises StoryFailed where another status than expected comes back."""
        status, answer = self.patiently(verb, path, body, query, key=key)
        if status != expect:
            raise StoryFailed(
                f"{self.name}: {verb} {path} gave {status} instead of {expect}: {str(answer)[:500]}"
            )
        return answer

    def try_to(
        self,
        verb: str,
        path: str,
        body: dict | None = None,
        query: dict | None = None,
        key: str | None = None,
    ) -> tuple[int, dict]:
        """Send one request; gives the status and the answer.

        As every program should, it refreshes a token that is over and asks again; likewise where its level was too low, which
        may have been raised.
        """
        key = key or str(uuid.uuid4())
        status, answer = self._send(verb, path, body, query, key)
        if answer.get("code") in REFRESHABLE and self.refresh():
            status, answer = self._send(verb, path, body, query, key)
        return status, answer

    def patiently(
        self,
        verb: str,
        path: str,
        body: dict | None = None,
        query: dict | None = None,
        key: str | None = None,
    ) -> tuple[int, dict]:
        """Send as `try_to` does, and where a busy platform sends it back (503), the same a few times more, under the same key."""
        key = key or str(uuid.uuid4())
        for pause in range(1, MOST_TRIES):
            found = self.try_to(verb, path, body, query, key)
            if found[0] != UNAVAILABLE:
                return found
            time.sleep(pause)
        return self.try_to(verb, path, body, query, key)

    def refresh(self) -> bool:
        """Exchange the refresh token, without the access token, which may be over; tells whether that went well."""
        before = self.http.headers.pop("Authorization", "")
        body = {"refresh_token": self.refresh_token}
        status, answer = self._send("POST", "/sessions/refresh", body, None, "")
        if status == 200:
            self.take(answer)
        else:
            self.http.headers["Authorization"] = before
        return status == 200

    def _send(
        self, verb: str, path: str, body: dict | None, query: dict | None, key: str
    ) -> tuple[int, dict]:
        headers = {} if verb == "GET" or not key else {"Idempotency-Key": key}
        answer = self.http.request(
            verb, self.base + path, json=body, params=query, headers=headers, timeout=SECONDS
        )
        is_json = "json" in answer.headers.get("Content-Type", "")
        return answer.status_code, answer.json() if answer.content and is_json else {}


def solved(challenge: dict) -> str:
    """Compute what a refusal asks for instead of waiting; gives the `proof_of_work` to send (docs/reference/http-conventions.md)."""
    begun = hashlib.sha256(f"{challenge['challenge']}:".encode())
    for number in itertools.count():
        whole = begun.copy()
        whole.update(str(number).encode())
        if int.from_bytes(whole.digest()) >> (256 - challenge["bits"]) == 0:
            return f"{challenge['challenge']}:{number}"
    raise AssertionError("numbers have no end")


def new_resident(village: str, at_least_years: int = 20) -> dict:
    """Make up a person for a registration: a valid but random ID number, phone and name."""
    born = date.today() - timedelta(days=365 * at_least_years + random.randrange(1, 365 * 10))
    number = f"510183{born:%Y%m%d}{random.randrange(1000):03d}"
    return {
        "name": random.choice(SURNAMES) + "".join(random.sample(GIVEN, 2)),
        "id_number": number + check_digit(number),
        "phone": f"1{random.choice('3578')}{random.randrange(10**9):09d}",
        "password": "乡治 story password",
        "village": village,
        "notice_version": 2,
    }
