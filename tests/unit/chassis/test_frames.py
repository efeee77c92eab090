"""Frames that are made here are, byte for byte, those that py-amqp makes; acknowledgements cover only what is done."""

from types import SimpleNamespace

import pytest
from amqp.method_framing import frame_writer
from amqp.serialization import dumps

from services.chassis.amqp.frames import MANDATORY, OPTIONAL, TooLong, acknowledging, publish_frames, to_amqp
from services.chassis.listeners.subscription import Subscription

MOST = 4096
PLAIN = {"content_type": "application/json", "message_id": "a:1", "delivery_mode": 2}
PROPERTIES = [
    {
        **PLAIN,
        "content_encoding": "utf-8",
        "headers": {"cloudEvents:id": "a:1", "cloudEvents:region": "彭州"},
    },
    {**PLAIN, "headers": {}},
    {**PLAIN, "headers": {"x-attempt": 3, "cloudEvents:id": "a:1"}},
    {**PLAIN, "expiration": "500", "headers": {"a": "b"}},
    {**PLAIN, "correlation_id": "c-1", "reply_to": "r", "expiration": "500", "headers": {"a": "b"}},
    {**PLAIN, "priority": 3, "headers": {"a": "b"}},
]


def by_amqp(signature: tuple, arguments: bytes, content=None) -> bytes:
    """Give what py-amqp would write on channel 3."""
    written = []
    connection = SimpleNamespace(frame_max=MOST, bytes_sent=0)
    transport = SimpleNamespace(write=lambda data: written.append(bytes(data)))
    frame_writer(connection, transport)(1, 3, signature, arguments, content)
    return b"".join(written)


@pytest.mark.parametrize("flag", [MANDATORY, OPTIONAL])
@pytest.mark.parametrize("properties", PROPERTIES)
@pytest.mark.parametrize("length", [0, 20, MOST - 8, MOST - 7, 3 * MOST])
def test_a_published_message_is_framed_as_py_amqp_frames_it(properties, length, flag):
    body = b"x" * length
    arguments = dumps("Bssbb", (0, "the.exchange", "a.b.510183", flag == MANDATORY, False))
    wanted = by_amqp((60, 40), arguments, to_amqp(body, properties))
    made = publish_frames(3, "the.exchange", "a.b.510183", body, properties, MOST, flag)
    # for an empty body py-amqp sends no body frame, and neither do we
    assert made == wanted


def test_a_routing_key_that_amqp_cannot_carry_is_refused():
    with pytest.raises(TooLong):
        publish_frames(3, "", "x" * 256, b"", PLAIN, MOST)


@pytest.mark.parametrize("multiple", [False, True])
def test_an_acknowledgement_is_framed_as_py_amqp_frames_it(multiple):
    assert acknowledging(3, 2**40, multiple) == by_amqp((60, 80), dumps("Lb", (2**40, multiple)))


def test_an_acknowledgement_never_covers_what_is_still_in_hand():
    subscription = Subscription.__new__(Subscription)
    subscription.number = 3
    subscription.unanswered = {1: True, 2: True, 3: False, 4: True, 5: False}
    subscription.happened = {}
    assert subscription._answers() == acknowledging(3, 2, True) + acknowledging(3, 4, False)
    assert subscription._answers() == b""
    subscription.unanswered[3] = True
    assert subscription._answers() == acknowledging(3, 3, True)
    assert subscription.unanswered == {5: False}
