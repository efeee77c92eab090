"""Events as an operator's lines: what is shown, what never is, which are chosen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.core.ages import age_of, duration
from services.chassis.events.delivery import Delivery
from services.chassis.events.event import Envelope
from services.chassis.operations.event_tail import read_since
from services.chassis.operations.lines import Painter, event_line, unreadable_line
from services.chassis.operations.patterns import NotAPattern, Wanted

AT = datetime(2026, 11, 21, 10, 20, 30, 123000, tzinfo=UTC)
PLAIN, COLOURED = Painter(False), Painter(True)
EVENT = Envelope(
    id="r1:3",
    type="xiangzhi.identity.resident.certified.v1",
    source="/xiangzhi/identity",
    subject="r1",
    time=AT,
    region="510183103204",
    sequence=3,
    data={"state": "certified", "name": "张三"},
)


def test_a_line_tells_time_name_subject_sequence_region_state_and_lag():
    line = event_line(EVENT, AT + timedelta(milliseconds=12), PLAIN)
    shown = [column.strip() for column in line.split("  ") if column.strip()]
    assert shown[1:] == ["identity.resident.certified", "r1 #3", "510183103204", "certified", "12ms"]
    assert shown[0].endswith(":20:30.123")


def test_a_line_never_shows_other_data_than_the_state():
    assert "张三" not in event_line(EVENT, AT, PLAIN)


def test_a_line_has_colours_on_a_terminal_only():
    assert "\x1b[" in event_line(EVENT, AT, COLOURED)
    assert "\x1b[" not in event_line(EVENT, AT, PLAIN)


def test_a_slow_event_is_red_and_one_whose_hour_alone_is_known_is_not_called_slow():
    assert "\x1b[31m11.0s" in event_line(EVENT, AT + timedelta(seconds=11), COLOURED)
    cut = replace(EVENT, time=AT.replace(minute=0, second=0, microsecond=0))
    assert event_line(cut, AT, COLOURED).endswith("<=21m")


def test_an_event_from_the_archive_has_no_lag():
    assert event_line(EVENT, None, PLAIN).endswith("archived")


def test_a_strangers_message_cannot_steer_the_terminal():
    nasty = replace(EVENT, subject="\x1b[2J", data={"state": "\x07\x1b]0;x"})
    assert "\x1b" not in event_line(nasty, AT, PLAIN) and "\x07" not in event_line(nasty, AT, PLAIN)
    assert "\x1b" not in unreadable_line(Delivery(1, b"", {}, {}, fault="NotAnEvent"), "\x1b[2J", PLAIN)


def test_what_is_not_an_event_is_shown_as_such_without_its_body():
    line = unreadable_line(
        Delivery(1, "李四".encode(), {}, {}, fault="NotAnEvent (KeyError)"), "a.b.c", PLAIN
    )
    assert line == "!! NotAnEvent (KeyError), routing key a.b.c, 6 bytes"


@pytest.mark.parametrize(
    ("pattern", "region", "key"),
    [
        ("#", "", "#"),
        ("identity", "", "identity.*.*.#"),
        ("identity.resident.*", "510183103", "identity.resident.*.510183.103.#"),
        ("#.submitted", "510183", "#.submitted.510183.#"),
        ("#", "5101831", "#.510183.#"),
        ("#", "51", "#"),
    ],
)
def test_a_pattern_and_a_region_bind_whole_levels(pattern, region, key):
    assert Wanted(pattern, region).routing_key == key


@pytest.mark.parametrize(
    ("pattern", "covered"),
    [
        ("#", True),
        ("identity", True),
        ("identity.#", True),
        ("#.certified", True),
        ("*.resident.*", True),
        ("identity.resident.certified", True),
        ("identity.resident", True),
        ("ident", False),
        ("resident", False),
        ("*.*.rejected", False),
        ("affairs.#", False),
    ],
)
def test_a_pattern_covers_the_events_that_rabbitmq_would_deliver(pattern, covered):
    assert Wanted(pattern).covers(EVENT) is covered


def test_a_region_covers_what_lies_in_it():
    assert Wanted("#", "5101831").covers(EVENT)
    assert not Wanted("#", "510184").covers(EVENT)


@pytest.mark.parametrize("pattern", ["", "a..b", "a.b.c.d", "a b", "A", "identity.", "ident*"])
def test_a_pattern_that_can_match_nothing_is_refused(pattern):
    with pytest.raises(NotAPattern):
        Wanted(pattern)


@pytest.mark.parametrize("region", ["x", "5101831032041", "五"])
def test_a_region_that_is_no_code_is_refused(region):
    with pytest.raises(NotAPattern):
        Wanted("#", region)


def test_since_takes_a_unit_or_minutes():
    assert [read_since(text).total_seconds() for text in ("90s", "10m", "10", "2h", "1d")] == [
        90, 600, 600, 7200, 86400,
    ]  # fmt: skip
    for wrong in ("", "m", "1w", "-1"):
        with pytest.raises(ValueError):
            read_since(wrong)


def test_an_age_says_how_well_it_is_known():
    assert str(age_of(AT, AT + timedelta(seconds=90))) == "2m"
    estimated = age_of(AT, AT + timedelta(seconds=90), "about")
    assert (str(estimated), estimated.least) == ("~2m", 0.0)
    cut = age_of(AT.replace(minute=0, second=0, microsecond=0), AT + timedelta(hours=1))
    assert (str(cut), round(cut.least)) == ("<=1.3h", 20 * 60 + 30)


def test_durations_are_given_in_their_largest_unit():
    given = [duration(s) for s in (0.012, 3.4, 59.94, 300, 7560, 400_000)]
    assert given == ["12ms", "3.4s", "59.9s", "5m", "2.1h", "5d"]
