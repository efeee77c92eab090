"""What the simulated WeChat knows: who is at it, which codes it has given, and how it behaves."""

import hashlib
import secrets
import threading
import time
from dataclasses import dataclass

from deploy.local.simulators import behaving

APP_ID = "wx0000000000simula"
CODE_SECONDS = 300
CODES_KEPT = 10_000


@dataclass(frozen=True)
class Behaviour(behaving.Behaviour):
    """How WeChat behaves; times in milliseconds.

    `user` is who is at it in the browser that comes next, `cancel` lets that one agree to nothing, `slow_ms` until a code is exchanged, `busy` says so,
    `lost` takes a code and closes the line without an answer, `over` has every code be too old, `snapshot` is a page of nobody, `malformed` answers
    something else, `wrong_app` no longer knows the county's app.
    """

    user: str = "a villager"
    cancel: bool = False
    slow_ms: int = 0
    busy: bool = False
    lost: bool = False
    over: bool = False
    snapshot: bool = False
    malformed: bool = False
    wrong_app: bool = False


class Book(behaving.Book):
    """Codes in memory; every change is made under one lock."""

    behaves = Behaviour
    behaviour: Behaviour

    def __init__(self, secret: bytes):
        super().__init__(secret)
        self.asked = 0
        self._codes: dict[str, tuple[str, float]] = {}
        self._used: set[str] = set()
        self._codes_lock = threading.Lock()

    def code(self) -> str:
        """Give a code for who is at WeChat."""
        with self._codes_lock:
            code = secrets.token_hex(16)
            self._codes[code] = (self.behaviour.user, time.monotonic() + CODE_SECONDS)
            if len(self._codes) > CODES_KEPT:
                self._codes.pop(next(iter(self._codes)))
            return code

    def exchange(self, app_id: str, secret: str, code: str) -> dict:
        """Exchange a code, once, in WeChat's words."""
        behaviour = self.behaviour
        with self._codes_lock:
            self.asked += 1
            if refused := self._refused(behaviour, app_id, secret, code):
                return {"errcode": refused, "errmsg": "told by the simulator"}
            self._used.add(code)
            user, _ = self._codes[code]
        snapshot = {"is_snapshotuser": 1} if behaviour.snapshot else {}
        return {
            "access_token": secrets.token_urlsafe(64),
            "expires_in": 7200,
            "refresh_token": secrets.token_urlsafe(64),
            "openid": openid_of(app_id, user),
            "scope": "snsapi_base",
            **snapshot,
        }

    def _refused(self, behaviour: Behaviour, app_id: str, secret: str, code: str) -> int:
        if behaviour.busy:
            return -1
        if behaviour.wrong_app or app_id != APP_ID:
            return 40013
        if secret.encode() != self.secret:
            return 40125
        if code in self._used:
            return 40163
        known = self._codes.get(code)
        return 0 if known and known[1] > time.monotonic() and not behaviour.over else 40029


def openid_of(app_id: str, user: str) -> str:
    """Give the identity of a user for an app: 28 characters, another one for another app."""
    return f"o{hashlib.sha256(f'{app_id} {user}'.encode()).hexdigest()[:27]}"
