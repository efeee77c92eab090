"""Messages come at civil hours, go to who may have them already, and rest where a provider fails."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from services.chassis.core.circuit_breaker import OPENS_AFTER, RESTS_SECONDS, CircuitBreaker
from services.chassis.events.registry import import_all
from services.civic.quiet_hours import QuietHours
from services.identity.notices.messages.model import TextMessage
from services.identity.notices.messages.rules import LONGEST_PAUSE, pause_after, who_is_asked_next
from services.identity.notices.messages.templates import Templates, shipped_templates
from services.identity.notices.notifications.model import TEMPLATES

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
NIGHT = QuietHours.read("21:00-08:00")


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in China."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("now", "end"),
    [
        (at(23, 20, 59), None),
        (at(23, 21), at(24, 8)),
        (at(24, 0), at(24, 8)),
        (at(24, 7, 59), at(24, 8)),
        (at(24, 8), None),
    ],
)
def test_nobody_is_woken_between_nine_in_the_evening_and_eight_in_the_morning(now, end):
    assert NIGHT.end_of(now) == end


def test_quiet_hours_within_a_day_end_the_same_day_and_none_are_none():
    noon = QuietHours.read("12:00-14:00")
    assert noon.end_of(at(23, 13)) == at(23, 14) and noon.end_of(at(23, 14)) is None
    assert QuietHours.read("00:00-00:00").end_of(at(23, 0)) is None


def message(**changes) -> TextMessage:
    made = TextMessage("m", "510183", "w", "k", "a", "t", 1, NOW, NOW, NOW + timedelta(days=1), slot="w|a")
    for name, value in changes.items():
        setattr(made, name, value)
    return made


@pytest.mark.parametrize(
    ("asked", "error", "up", "next"),
    [
        ([], None, ["first", "second"], "first"),
        ([], None, ["second"], "second"),
        ([], None, [], None),
        (["first"], "timeout", ["first", "second"], "first"),
        (["first"], "timeout", ["second"], "second"),
        (["first"] * 3, "timeout", ["first", "second"], "second"),
        (["first"], "status_503", ["first", "second"], "second"),
        (["first"], "status_503", ["first"], "first"),
        (["first"], "no_receipt", ["first", "second"], "second"),
        (["first", "second"], "connection", ["first", "second"], "first"),
    ],
)
def test_who_may_have_a_message_is_asked_again_and_who_failed_is_not(asked, error, up, next):
    assert who_is_asked_next(message(asked=asked, last_error=error), up) == next


def test_a_pause_doubles_up_to_a_longest_and_half_of_it_is_chance():
    assert pause_after(1, 1.0) == timedelta(seconds=2) and pause_after(1, 0.0) == timedelta(seconds=1)
    assert pause_after(3, 1.0) == timedelta(seconds=8) and pause_after(99, 1.0) == LONGEST_PAUSE


def test_the_first_receipt_counts_and_a_message_that_was_given_up_stays_so():
    one = message()
    one.begin("first", NOW)
    assert one.slot is None and one.may_be_on_its_way
    one.taken(NOW)
    one.receipt("delivered", NOW)
    one.receipt("failed", NOW)
    assert (one.state, one.last_error, one.next_at) == ("delivered", None, None)
    gone = message()
    gone.give_up("expired", NOW)
    gone.receipt("delivered", NOW)
    assert gone.state == "given_up"


def test_a_failing_provider_rests_and_is_tried_with_one_message_which_decides():
    clock = SimpleNamespace(now=100.0)
    breaker = CircuitBreaker(lambda: clock.now)
    for _ in range(OPENS_AFTER):
        assert breaker.begin()
        breaker.failed()
    assert not breaker.lets
    clock.now += RESTS_SECONDS
    assert breaker.begin() and not breaker.begin()
    breaker.failed()
    clock.now += RESTS_SECONDS - 1
    assert not breaker.begin()
    clock.now += 1
    assert breaker.begin()
    breaker.succeeded()
    assert breaker.begin() and breaker.begin()


def test_a_new_version_of_a_text_is_for_new_messages_and_old_ones_keep_theirs():
    texts = Templates({("code", 1): "旧 {code}", ("code", 2): "新 {code}"})
    assert texts.newest("code") == 2
    assert texts.text("code", 1, code="123456") == "旧 123456"


def test_every_shipped_text_goes_to_somebody_who_is_also_told_in_the_inbox():
    declared, templates = import_all(), shipped_templates()
    for name, version in templates._texts:
        text = templates.text(name, version, code="123456", link="")
        assert text.startswith("【乡治】") and len(text) <= 70, "longer ones are charged as two"
        if name not in ("code", "invitation"):
            event, _, field = name.rpartition(".")
            assert field in declared[event, 1]._declared_fields
            assert field in [told for told, _ in TEMPLATES[event]]
