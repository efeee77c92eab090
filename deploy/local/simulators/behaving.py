"""What every simulator's book has: a behaviour that is told, requests that fail first, nonces that were used, callbacks."""

import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import ClassVar, Self

NONCES_KEPT = 10_000
TRIES = 5
"""How often one callback is sent until it is taken."""


@dataclass(frozen=True)
class Behaviour:
    """How a provider behaves; every simulator adds its own ways. The first `fail_first_n` requests are answered 503."""

    fail_first_n: int = 0

    def told(self, wanted: dict) -> Self:
        """Give the behaviour with what is wanted; raises ValueError for an unknown name or a wrong type."""
        kinds = {field.name: field.type for field in fields(self)}
        for name, value in wanted.items():
            if kinds.get(name) is not type(value) or (kinds[name] is int and value < 0):
                raise ValueError(f"{name!r} is no behaviour, or its value has the wrong type")
        return replace(self, **wanted)


class Book:
    """What a provider knows, in memory; every change is made under one lock."""

    behaves: ClassVar[type[Behaviour]]

    def __init__(self, secret: bytes):
        self.secret = secret
        self.behaviour = self.behaves()
        self._failed = 0
        self._nonces: dict[str, None] = {}
        self._lock = threading.Lock()

    def behave(self, wanted: dict) -> None:
        """Change the behaviour; counts failed requests anew."""
        with self._lock:
            self.behaviour, self._failed = self.behaviour.told(wanted), 0

    def fails(self) -> bool:
        """Tell whether this request is one of the first that fail."""
        with self._lock:
            self._failed += 1
            return self._failed <= self.behaviour.fail_first_n

    def is_new(self, nonce: str) -> bool:
        """Tell whether nobody has used this nonce, and remember it."""
        with self._lock:
            new = bool(nonce) and nonce not in self._nonces
            self._nonces[nonce] = None
            if len(self._nonces) > NONCES_KEPT:
                self._nonces.pop(next(iter(self._nonces)))
            return new


def call_back(what: str, url: str, body: bytes, headers: Callable[[int], dict[str, str]]) -> None:
    """Send a callback until it is taken (2xx) or refused (4xx: it would be again); `headers(tried)` signs each try."""
    for tried in range(TRIES):
        status = post(url, body, headers(tried))
        print(f"{what} answered={status}", flush=True)
        if 200 <= status < 300 or 400 <= status < 500:
            return
        time.sleep(0.2 * 2**tried)


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Send one request and give the status, 0 where nobody answers."""
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0
