"""AMQP 0-9-1 frames of published messages, made at once for many messages.

py-amqp packs each field and writes each message to the socket by itself, which costs more than all the rest of
publishing. Source: AMQP 0-9-1 specification, sections 2.3.5 (frames) and 4.2 (grammar).
"""

import contextlib
from functools import lru_cache
from struct import Struct

import amqp

METHOD, HEADER, BODY, END = 1, 2, 3, b"\xce"
BASIC, PUBLISH, ACK = 60, 40, 80
MANDATORY, OPTIONAL = 1, 0
FRAME_OVERHEAD = 8
SHORT_STRING = 255

_frame = Struct(">BHI").pack
_publish = Struct(">HHH").pack
_content = Struct(">HHQ").pack
_ack = Struct(">HHQB").pack
ACK_BYTES = 13
_short = Struct(">H").pack
_long = Struct(">I").pack

FLAGS = (
    ("content_type", 0x8000),
    ("content_encoding", 0x4000),
    ("headers", 0x2000),
    ("delivery_mode", 0x1000),
    ("correlation_id", 0x0400),
    ("reply_to", 0x0200),
    ("expiration", 0x0100),
    ("message_id", 0x0080),
)
"""The properties that are written here, in the order of the specification; any other is left to py-amqp."""

KNOWN = frozenset(name for name, _ in FLAGS)


class TooLong(ValueError):
    """A routing key, header name or short property is longer than AMQP's 255 bytes."""


def publish_frames(
    channel: int,
    exchange: str,
    routing_key: str,
    body: bytes,
    properties: dict,
    most: int,
    flag: int = MANDATORY,
) -> bytes:
    """Give the frames of one publish; `most` is the connection's largest frame. Raises TooLong.

    What no queue wants comes back, unless `flag` is OPTIONAL.
    """
    content = _content(BASIC, 0, len(body)) + _properties(properties)
    method = _method(channel, exchange, routing_key, flag)
    frames = [method, _frame(HEADER, channel, len(content)), content, END]
    room = most - FRAME_OVERHEAD
    for start in range(0, len(body), room):
        part = body[start : start + room]
        frames += (_frame(BODY, channel, len(part)), part, END)
    return b"".join(frames)


@lru_cache(10_000)
def _method(channel: int, exchange: str, routing_key: str, flag: int) -> bytes:
    method = b"".join(
        (_publish(BASIC, PUBLISH, 0), _shortstr(exchange), _shortstr(routing_key), bytes((flag,)))
    )
    return _frame(METHOD, channel, len(method)) + method + END


def _properties(properties: dict) -> bytes:
    if KNOWN.issuperset(properties):
        # a header that is no text is left to py-amqp as well
        with contextlib.suppress(AttributeError):
            return _plain(properties)
    return to_amqp(b"", properties)._serialize_properties()


def _plain(properties: dict) -> bytes:
    flags, values = 0, [b""]
    for name, flag in FLAGS:
        value = properties.get(name)
        if value is None:
            continue
        flags |= flag
        if name == "headers":
            values.append(_table(value))
        elif name == "delivery_mode":
            values.append(bytes((value,)))
        else:
            values.append(_shortstr(value))
    values[0] = _short(flags)
    return b"".join(values)


def _table(headers: dict[str, str]) -> bytes:
    parts: list[bytes] = []
    for name, value in headers.items():
        text = value.encode()
        parts += (_names.get(name) or _name(name), _long(len(text)), text)
    table = b"".join(parts)
    return _long(len(table)) + table


_names: dict[str, bytes] = {}


def _name(name: str) -> bytes:
    """Give a header's name as it is written, and the mark of a text; there are few, the same in every message."""
    written = _shortstr(name) + b"S"
    if len(_names) < 1000:
        _names[name] = written
    return written


def _shortstr(text: str) -> bytes:
    encoded = text.encode()
    if len(encoded) > SHORT_STRING:
        raise TooLong(f"{text[:40]!r}... is longer than {SHORT_STRING} bytes")
    return bytes((len(encoded),)) + encoded


def to_amqp(body: bytes, properties: dict) -> amqp.Message:
    """Make py-amqp's message; it calls the headers `application_headers`."""
    named = dict(properties)
    headers = named.pop("headers", {})
    return amqp.Message(body, application_headers=headers, **named)


def acknowledging(channel: int, tag: int, multiple: bool) -> bytes:
    """Give the frame that acknowledges a delivery, or with `multiple` all up to it."""
    return _frame(METHOD, channel, ACK_BYTES) + _ack(BASIC, ACK, tag, multiple) + END
