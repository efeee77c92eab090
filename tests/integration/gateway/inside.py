"""What leaves the gateway, read from the broker: every request on its way to any service, whole; each is answered."""

import threading
import uuid
from datetime import UTC, datetime

import amqp
import jwt
import orjson

from services.chassis.amqp import transport
from services.chassis.rpc import wire
from services.identity.access.sessions.rotate import new_key
from services.identity.access.sessions.signing import EVER

PUBLIC_URL = "http://127.0.0.1:8080"


class Inside:
    """Stands for all services; `messages` are (method, headers, body, everything as text), in the order of coming."""

    def __init__(self, uri: str):
        self.key, self.messages, self._ending = new_key(EVER), [], threading.Event()
        self._connection = transport.connect(uri, "test inside", heartbeat=0)
        self._channel = channel = self._connection.channel()
        channel.auto_decode = False
        channel.exchange_declare(wire.EXCHANGE, "topic", durable=True, auto_delete=False)
        queue = channel.queue_declare(exclusive=True).queue
        channel.queue_bind(queue, wire.EXCHANGE, "*.*")
        channel.basic_consume(queue, callback=self._came, no_ack=True)
        self._thread = threading.Thread(target=self._hear, daemon=True)
        self._thread.start()

    def token(self, person: str, session: str, kind: str = "resident") -> str:
        """Give an access token of somebody."""
        claims = {"iss": PUBLIC_URL, "aud": "xiangzhi", "sub": person, "sid": session, "kind": kind}
        claims["exp"] = datetime.now(UTC).timestamp() + 600
        return jwt.encode(claims, self.key.private, algorithm="EdDSA", headers={"kid": self.key.kid})

    def of(self, method: str) -> list[tuple]:
        """Give the requests to one method."""
        return [one for one in self.messages if one[0] == method]

    def close(self) -> None:
        """End."""
        self._ending.set()
        self._thread.join()
        transport.close_quietly(self._connection)

    def _hear(self) -> None:
        while not self._ending.is_set():
            try:
                self._connection.drain_events(timeout=0.2)
            except TimeoutError:
                continue

    def _came(self, message: amqp.Message) -> None:
        method, body = message.delivery_info["routing_key"], bytes(message.body)
        headers = dict(message.headers)
        told = f"{method} {headers} {message.properties} {body.decode()}"
        self.messages.append((method, headers, body, told))
        answer = amqp.Message(
            wire.encode_answer(self._answer(method, body), None),
            correlation_id=message.properties["correlation_id"],
            **wire.KIND,
        )
        self._channel.basic_publish(answer, wire.EXCHANGE, message.properties["reply_to"])

    def _answer(self, method: str, body: bytes) -> dict:
        if method == "identity.signing_keys":
            return {"keys": [self.key.public()]}
        if method == "identity.introspect_sessions":
            held = {"kind": "resident", "roles": [], "assurance": 2, "away": False}
            (asked,) = orjson.loads(body)["kwargs"]["sessions"]
            return {"items": [{"session_id": asked["session_id"], **held}]}
        if method == "identity.ended_sessions":
            return {"items": [], "whole": True, "asked_at": datetime.now(UTC).isoformat()}
        return {"receipt": "1" * 16, "state": "received", "request": uuid.uuid4().hex}
