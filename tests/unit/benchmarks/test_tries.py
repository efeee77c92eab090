"""A measurement that met an error: a peer is started again for a second try, and the run says so; ours does not."""

from types import SimpleNamespace

import pytest

from benchmarks.requests.figures import Measured
from benchmarks.requests.load import Void
from benchmarks.requests.measuring import Measuring
from benchmarks.requests.plan import OURS

ROW = ("all-cores", "login", 16)


class Erring(Measuring):
    """Meets an error in its first so many measurements."""

    def __init__(self, errors: int):
        self.started: list[str] = []
        systems = {OURS: None, "nameko": None}
        super().__init__(SimpleNamespace(), SimpleNamespace(systems=systems, start_again=self.started.append))
        self.errors = errors

    def _one(self, *_):
        self.errors -= 1
        if self.errors >= 0:
            raise Void("1 error of 26")
        return Measured(1.0, 1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    ("system", "errors", "measured", "again", "void"),
    [
        ("nameko", 0, True, 0, 0),
        ("nameko", 1, True, 1, 0),
        ("nameko", 2, False, 1, 1),
        (OURS, 0, True, 0, 0),
        (OURS, 1, False, 0, 1),
    ],
)
def test_a_peer_may_err_once_and_it_is_told(system, errors, measured, again, void):
    measuring = Erring(errors)
    found = measuring._try(*ROW, system, [], 1)
    assert (found is not None, len(measuring.again), len(measuring.void)) == (measured, again, void)
    assert measuring.started == [system] * again
    assert all(f"login 16: {system}" in line for line in measuring.again + measuring.void)
