"""One signed POST to one checked address: no proxy, no redirect, no second look-up, everything bounded."""

import http.client
import ssl
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import orjson
from standardwebhooks import Webhook as Signature

from services.chassis.core.calls import utc_now
from services.chassis.http.exchange import connected, exchange
from services.identity.subscribers.webhooks.addresses import Addresses, NotAllowed, Target
from services.identity.subscribers.webhooks.deliveries import ANSWER_SHOWN
from services.identity.subscribers.webhooks.schedule import GATEWAY_FAILURES, SET_ASIDE_AFTER, asked_pause

CONNECT_SECONDS, READ_SECONDS, WHOLE_SECONDS = 3.0, 10.0, 15.0
"""To connect (TLS included); between two pieces of the answer; for the whole request, however it drips."""

ADDRESSES_TRIED = 3
ANSWER_BYTES = 65536
MEDIA_TYPE = "application/cloudevents+json"
NOT_THE_EVENT = {"name", "address", "connection", "tls", "status_410", "status_429"}
GATEWAYS = {"status_502", "status_503", "status_504"}
ASKING = {429, 503}
"""Answers whose Retry-After counts (RFC 6585, section 4; RFC 9110, section 15.6.4)."""


@dataclass(frozen=True)
class PostingFailure:
    """Why a try failed, in one word: name, address, connection, tls, timeout, answer, redirect or status_<code>.

    `asked` is how long the endpoint asked to be left alone.
    """

    kind: str
    asked: timedelta | None = None

    @property
    def patience(self) -> int | None:
        """Give after how many tries the event is set aside; None where no event can be to blame."""
        if self.kind in NOT_THE_EVENT or self.asked:
            return None
        return GATEWAY_FAILURES if self.kind in GATEWAYS else SET_ASIDE_AFTER


class _NotConnected(Exception):
    """No checked address took the connection."""

    def __init__(self, kind: str):
        super().__init__(kind)
        self.kind = kind


class Poster:
    """Sends events to one endpoint, signed with each of the secrets; keeps its connection until `close`."""

    def __init__(self, url: str, secrets: list[str], addresses: Addresses, trusted: ssl.SSLContext):
        self._url, self._addresses, self._trusted = url, addresses, trusted
        self._signatures = [Signature(secret) for secret in secrets]
        self._connection: http.client.HTTPConnection | None = None
        self._address = ""
        self.status: int | None = None
        self.beginning = ""

    def send(self, event: dict, now: datetime) -> PostingFailure | None:
        """Send one event in the JSON format of CloudEvents; gives why it failed, None where it was taken (2xx).

        `status` and the `beginning` of the body are then those of its answer, if there was one.
        """
        self.status, self.beginning = None, ""
        body = orjson.dumps(event)
        headers = {
            "content-type": MEDIA_TYPE,
            "user-agent": "xiangzhi-webhooks",
            "webhook-id": event["id"],
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": " ".join(
                one.sign(event["id"], now, body.decode()) for one in self._signatures
            ),
        }
        try:
            return self._send_to(self._addresses.target(self._url), body, headers)
        except (NotAllowed, _NotConnected) as error:
            failure = PostingFailure(error.kind)
        except TimeoutError:
            failure = PostingFailure("timeout")
        except (OSError, http.client.HTTPException, ValueError):
            failure = PostingFailure("answer")
        self.close()
        return failure

    def close(self) -> None:
        """Close the connection, if there is one."""
        connection, self._connection = self._connection, None
        if connection:
            with suppress(OSError):
                connection.close()

    def _send_to(self, target: Target, body: bytes, headers: dict) -> PostingFailure | None:
        headers["host"] = target.authority
        kept = self._connection if self._address in target.addresses else None
        if kept:
            try:
                return self._exchange(kept, target, body, headers)
            except TimeoutError:
                raise
            except (OSError, http.client.HTTPException):
                pass  # the endpoint closed an idle connection: not a failure, ask again on a new one
        self.close()
        return self._exchange(self._open(target), target, body, headers)

    def _exchange(
        self, connection: http.client.HTTPConnection, target: Target, body: bytes, headers: dict
    ) -> PostingFailure | None:
        with exchange(connection, target.path, body, headers, WHOLE_SECONDS) as (answer, _):
            self._drain(answer)
            self.status = answer.status
        if 200 <= answer.status < 300:
            return None
        if 300 <= answer.status < 400:
            return PostingFailure("redirect")
        asked = answer.getheader("retry-after") if answer.status in ASKING else None
        return PostingFailure(f"status_{answer.status}", asked_pause(asked, utc_now()))

    def _drain(self, answer: http.client.HTTPResponse) -> None:
        """Read a small answer to its end, so that the connection can be kept; the status alone decides."""
        try:
            body = answer.read(ANSWER_BYTES)
            self.beginning = _beginning(body)
            over = len(body) >= ANSWER_BYTES
        except (OSError, http.client.HTTPException, ValueError):
            over = True
        if over or answer.will_close:
            self.close()

    def _open(self, target: Target) -> http.client.HTTPConnection:
        kind = "connection"
        for address in target.addresses[:ADDRESSES_TRIED]:
            try:
                connection = connected(
                    target.host,
                    address,
                    target.port,
                    self._trusted if target.secure else None,
                    CONNECT_SECONDS,
                    READ_SECONDS,
                )
            except ssl.SSLError:
                kind = "tls"
                continue
            except (OSError, ValueError):
                continue
            self._connection, self._address = connection, address
            return connection
        raise _NotConnected(kind)


def _beginning(body: bytes) -> str:
    """The beginning of an answer as text that can be shown: what is no letter is left out."""
    text = body[: 4 * ANSWER_SHOWN].decode(errors="replace")
    return "".join(one for one in text if one.isprintable() or one == "\n")[:ANSWER_SHOWN]
