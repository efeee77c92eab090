"""Who thinks better of an erasure is told the truth, however often it is tapped."""

from datetime import UTC, datetime

import pytest

from services.chassis.core.errors import Conflict
from services.identity.privacy.erasures.model import Erasure

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def erasure(state: str) -> Erasure:
    return Erasure("e", "510183103204", "r1", NOW, NOW, state=state)


def test_a_second_tap_finds_it_cancelled_and_tells_nothing_anew():
    one = erasure("waiting")
    assert [name for name, _ in one.cancel(NOW)] == ["erasure.cancelled"]
    assert one.cancel(NOW) == [] and one.state == "cancelled"


@pytest.mark.parametrize("state", ["leaving", "cleared", "finished"])
def test_what_has_begun_is_not_cancelled_any_more(state):
    with pytest.raises(Conflict, match="重新登记") as refused:
        erasure(state).cancel(NOW)
    assert refused.value.code == "erasure.begun_already"


def test_whose_erasure_came_to_nothing_is_not_sent_to_register_anew():
    with pytest.raises(Conflict, match="账号照常使用") as refused:
        erasure("hindered").cancel(NOW)
    assert refused.value.code == "erasure.came_to_nothing"
