"""Reading frames from whatever pieces the socket gives."""

import pytest
from amqp.exceptions import RecoverableConnectionError, UnexpectedFrame

from services.chassis.amqp.transport import HEADER, BufferedTransport, Connection

FRAMES = [(1, 0, b"method"), (2, 1, b""), (3, 1, bytes(range(256)) * 20), (8, 0, b"")]
STREAM = b"".join(HEADER.pack(k, c, len(p)) + p + b"\xce" for k, c, p in FRAMES)


def transport_over(pieces):
    """Make a transport whose socket gives these pieces; an exception in them is raised."""
    transport = BufferedTransport("127.0.0.1:1")
    transport._held, transport._start = b"", 0
    transport.connected = True
    left = list(pieces)

    def receive(most):
        piece = left.pop(0)
        if isinstance(piece, Exception):
            raise piece
        assert len(piece) <= most
        return piece

    transport._quick_recv = receive
    return transport


@pytest.mark.parametrize("size", [1, 2, 7, 8, 9, 100, 5000, len(STREAM)])
def test_frames_come_whole_from_pieces_of_any_size(size):
    transport = transport_over([STREAM[i : i + size] for i in range(0, len(STREAM), size)])
    assert [transport.read_frame() for _ in FRAMES] == FRAMES


def test_a_timeout_in_the_middle_of_a_frame_loses_nothing():
    transport = transport_over([STREAM[:10], TimeoutError(), STREAM[10:]])
    with pytest.raises(TimeoutError):
        transport.read_frame()
    assert transport.connected
    assert [transport.read_frame() for _ in FRAMES] == FRAMES


@pytest.mark.parametrize("end", [b"", ConnectionResetError(104, "reset")])
def test_the_end_of_the_connection_is_an_error_and_noted(end):
    transport = transport_over([STREAM[:3], end])
    with pytest.raises(OSError):
        transport.read_frame()
    assert not transport.connected


def test_a_frame_with_a_wrong_end_is_refused():
    transport = transport_over([HEADER.pack(1, 0, 2) + b"ab" + b"\x00"])
    with pytest.raises(UnexpectedFrame):
        transport.read_frame()


def test_a_closed_connection_is_not_opened_again_behind_our_back():
    with pytest.raises(RecoverableConnectionError):
        Connection("127.0.0.1:1").transport  # noqa: B018


def test_the_connection_does_not_ask_for_blocked_notices():
    assert "connection.blocked" not in Connection.negotiate_capabilities
    assert "consumer_cancel_notify" in Connection.negotiate_capabilities
