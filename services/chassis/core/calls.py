"""One piece of asked work: what, by whom, when and under which idempotency key."""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Generic, TypeVar

import orjson

from services.chassis.core.actor import ANONYMOUS, SYSTEM, Actor
from services.chassis.core.ids import NAMESPACE
from services.chassis.core.scope import inside
from services.chassis.core.secrets import keyed_hash

A = TypeVar("A", bound=Actor)


def utc_now() -> datetime:
    """Give the time in UTC, cut to the milliseconds that MongoDB keeps."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


@dataclass(frozen=True)
class Caller:
    """Where a request comes from: the network address and the name that the caller's program gives itself.

    Only operations that ask for it are told; it is personal and stays out of logs and documents.
    """

    address: str = ""
    agent: str = ""

    def to_wire(self) -> dict:
        """Give the caller as a JSON object for the RPC headers."""
        return {"address": self.address, "agent": self.agent}


@dataclass
class Call(Generic[A]):
    """What an endpoint hands to a use case or a view.

    `data` is the loaded request; `key` is empty for reads; `render` gives the answer to keep under the key
    (None where an answer must not be stored); `caller` is told to operations that ask for it; `allow` is whom the operation lets in.
    """

    data: dict
    actor: A = ANONYMOUS  # type: ignore[assignment]  # the default of the widest kind of actor
    now: datetime = field(default_factory=utc_now)
    key: str = ""
    fingerprint: str = ""
    render: Callable | None = None
    caller: Caller = Caller()
    allow: tuple[str, ...] = ()

    def done_for(self, region: str) -> str:
        """Name in whose place this is done there; empty where the actor may do it in an own role."""
        asked = [role for role in self.actor.roles if not self.allow or role.name in self.allow]
        held = [role.of for role in asked if inside(region, role.region)]
        return held[0] if held and all(held) else ""

    def without_key(self) -> "Call[A]":
        """Give the same call for a write that must not answer its key: another aggregate's, before the one that does."""
        return replace(self, key="", render=None)

    def new_id(self, kind: str = "") -> str:
        """Give an id that the same key always gives again, so that a repeated create meets the first one."""
        if not self.key:
            return uuid.uuid4().hex
        return uuid.uuid5(NAMESPACE, f"{kind}:{self.key}").hex


def write_call(method: str, data: dict, actor: A, client_key: str, render: Callable | None = None) -> Call[A]:
    """Make the call of a writing request; its key is bound to the actor, for whom the actor acts, and the method.

    The fingerprint tells a repeat from a key that was used again for something else. It is kept; the client's key, which
    it is made with, is not, so that nobody can try out what was asked.
    """
    caller = f"{actor.id} for {actor.subject}" if actor.subject != actor.id else actor.id
    key = hashlib.sha256(f"{caller}\n{method}\n{client_key}".encode()).hexdigest()[:32]
    body = orjson.dumps(data, option=orjson.OPT_SORT_KEYS, default=str)
    return Call(
        data, actor, key=key, fingerprint=keyed_hash(client_key.encode(), body.decode())[:16], render=render
    )


def event_call(event_id: str, data: dict, occurred: datetime | None = None) -> Call:
    """Make the call of a heard event: the event's id is the key, so a duplicate changes nothing."""
    return Call(data, SYSTEM, key=f"event:{event_id}", fingerprint=event_id, now=occurred or utc_now())
