"""What an endpoint says about being asked again counts; its secret changes without a gap."""

from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.core.errors import Conflict
from services.identity.access.keys import Keys
from services.identity.subscribers.departments.model import (
    Department,
)
from services.identity.subscribers.webhooks.model import OLD_SECRET_SIGNS, Webhook
from services.identity.subscribers.webhooks.posting import PostingFailure
from services.identity.subscribers.webhooks.schedule import LONGEST_ASKED, asked_pause, pause_of_endpoint

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("header", "pause"),
    [
        ("120", timedelta(minutes=2)),
        (" 0 ", timedelta()),
        ("Sat, 21 Nov 2026 09:00:00 GMT", HOUR),
        ("Saturday, 21-Nov-26 09:00:00 GMT", HOUR),
        ("Sat Nov 21 09:00:00 2026", HOUR),
        ("Sat, 21 Nov 2026 07:00:00 GMT", timedelta()),
        ("99999999999999999999", LONGEST_ASKED),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_ASKED),
    ],
)
def test_retry_after_is_seconds_or_a_date_and_bounded(header, pause):
    assert asked_pause(header, NOW) == pause


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "soon",
        "-5",
        "1.5",
        "٣",
        "1e9",
        "Sat, 99 Foo 2026 25:00:00 GMT",
        "1 Jan 99999999999 00:00:00 GMT",
    ],
)
def test_retry_after_that_says_nothing_is_as_none(header):
    assert asked_pause(header, NOW) is None


def test_an_endpoint_is_left_alone_as_long_as_it_asks_but_never_shorter_than_otherwise():
    webhook = Webhook("d", "510183", NOW)
    webhook.failed("e", "status_429", NOW, 1.0, HOUR)
    assert webhook.next_try_at == NOW + HOUR
    webhook.failed("e", "status_429", NOW, 1.0, timedelta())
    assert webhook.next_try_at == NOW + pause_of_endpoint(2, 1.0)


def test_no_event_is_to_blame_for_an_endpoint_that_asks_for_time_or_is_gone():
    assert PostingFailure("status_503", HOUR).patience is None
    assert PostingFailure("status_503").patience == PostingFailure("status_503", timedelta()).patience == 10
    assert PostingFailure("status_410").patience is None


def test_an_endpoint_that_says_that_it_is_gone_is_disabled_at_once_and_says_so_once():
    webhook = Webhook("d", "510183", NOW)
    told = webhook.failed("e", "status_410", NOW, 0.5)
    assert told == [("webhook.disabled", {"department_id": "d", "state": "disabled"})]
    assert not webhook.may_try(NOW + 365 * 24 * HOUR) and webhook.last_error == "status_410"
    assert webhook.failed("e", "status_410", NOW, 0.5) == []
    webhook.enable(NOW)
    assert webhook.may_try(NOW) and webhook.healthy


def test_the_secret_before_signs_beside_the_new_one_for_a_day():
    webhook = Webhook("d", "510183", NOW)
    assert (webhook.signs_with(NOW), webhook.old_secret_until) == ([0], None)
    ((name, told),) = webhook.rotate_secret(NOW)
    assert name == "webhook.secret_rotated"
    assert datetime.fromisoformat(told["old_secret_until"]) == NOW + OLD_SECRET_SIGNS
    assert webhook.signs_with(NOW) == [1, 0]
    assert webhook.signs_with(NOW + OLD_SECRET_SIGNS - timedelta(seconds=1)) == [1, 0]
    assert webhook.signs_with(NOW + OLD_SECRET_SIGNS) == [1]


def test_every_rotation_gives_another_secret_and_the_first_one_stays_as_it_was_told():
    keys, one, other = Keys(b"k" * 32), department("1"), department("2")
    secrets = [keys.of_webhook(one, number) for number in range(20)] + [keys.of_webhook(other, 1)]
    assert len(set(secrets)) == 21 and keys.of_webhook(one) == secrets[0]


def department(id="d", **changes) -> Department:
    values = {"delivery": "webhook", "state": "connected", "expires_at": NOW + HOUR, **changes}
    return Department(
        id, "510183", "n", "c", "p", "l", ["#"], password_hash="h", applied_at=NOW,
        webhook_url="https://example.org/old", **values,
    )  # fmt: skip


def test_a_department_moves_its_webhook_and_the_event_does_not_tell_where():
    one = department()
    told = one.move_webhook("https://example.org/new?key=1", NOW)
    assert told == [("department.webhook_moved", {"department_id": "d", "state": "connected"})]
    assert one.webhook_url == "https://example.org/new?key=1"
    assert one.move_webhook("https://example.org/new?key=1", NOW) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"delivery": "pull"},
        {"expires_at": NOW},
        *({"state": s} for s in ("applied", "refused", "revoked", "expired")),
    ],
)
def test_what_is_not_granted_or_has_ended_is_not_moved(changes):
    one = department(**changes)
    with pytest.raises(Conflict):
        one.move_webhook("https://example.org/new", NOW)
    assert one.webhook_url == "https://example.org/old"
