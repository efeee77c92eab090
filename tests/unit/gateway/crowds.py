"""What tests of crowds share."""

import time

import gevent

BOUND = 20


def until(check):
    """Look until it is so."""
    end = time.monotonic() + BOUND
    while not check():
        assert time.monotonic() < end
        gevent.sleep(0)


def without_room(gate):
    """Leave no room in a gate's queue."""
    gate._room = len(gate._line)
