"""A provider's API: signed JSON requests over kept connections, bounded in time, without redirects."""

import orjson
import requests

from services.chassis.core.secrets import random_token
from services.chassis.http.signing import signed_headers


class SignedClient:
    """Asks one provider; made without connecting.

    `name` is in the headers of the signature; `timeout` is the seconds to connect and to wait for an answer; with
    `nonced`, each request holds a random word that works once.
    """

    def __init__(self, url: str, secret: str, name: str, timeout: tuple[float, float], nonced: bool = False):
        self._url, self._secret = url.rstrip("/"), secret.encode()
        self._name, self._timeout, self._nonced = name, timeout, nonced
        self._http = requests.Session()

    def ask(self, method: str, path: str, wanted: dict | None = None) -> requests.Response:
        """Send one request; raises requests.RequestException where no answer comes."""
        body = orjson.dumps(wanted) if wanted else b""
        nonce = random_token() if self._nonced else ""
        return self._http.request(
            method,
            self._url + path,
            data=body,
            headers=signed_headers(self._name, self._secret, body, nonce=nonce),
            timeout=self._timeout,
            allow_redirects=False,
        )
