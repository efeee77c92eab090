"""An endpoint that fails rests longer and longer and ends after two days; an event that fails alone goes its own way."""

from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.core.errors import Conflict, Rejected
from services.identity.subscribers.webhooks.deliveries import FailedDelivery
from services.identity.subscribers.webhooks.model import Webhook, one_beginning_is_named
from services.identity.subscribers.webhooks.posting import PostingFailure
from services.identity.subscribers.webhooks.schedule import (
    GIVEN_UP_AFTER,
    LONGEST_PAUSE,
    LONGEST_RETRY,
    OPEN_AFTER,
    pause_of_endpoint,
    pause_of_event,
)

NOW = datetime(2026, 11, 21, tzinfo=UTC)
DAY = timedelta(days=1)


def failing(times: int, now=NOW, event="e1") -> Webhook:
    webhook = Webhook("d", "510183", NOW)
    for _ in range(times):
        webhook.failed(event, "connection", now, 0.5)
    return webhook


@pytest.mark.parametrize(
    ("pause", "longest"), [(pause_of_endpoint, LONGEST_PAUSE), (pause_of_event, LONGEST_RETRY)]
)
def test_pauses_double_up_to_a_bound_and_chance_moves_them_by_half(pause, longest):
    whole = [pause(times, 1.0) for times in range(1, 30)]
    assert whole[1] == 2 * whole[0] and whole[2] == 4 * whole[0]
    assert whole == sorted(whole) and whole[-1] == longest == pause(10**6, 1.0)
    assert [pause(times, 0.0) for times in range(1, 30)] == [one / 2 for one in whole]


def test_an_endpoint_rests_after_several_failures_in_a_row_and_wakes_at_the_first_success():
    webhook = failing(OPEN_AFTER - 1)
    assert webhook.state == "active"
    webhook.failed("e1", "status_500", NOW, 0.5)
    assert (webhook.state, webhook.since, webhook.last_error) == ("resting", NOW, "status_500")
    webhook.took(NOW + DAY)
    assert (webhook.state, webhook.since, webhook.failures, webhook.next_try_at) == (
        "active",
        NOW + DAY,
        0,
        None,
    )


def test_nothing_is_sent_before_the_pause_is_over():
    webhook = failing(3)
    assert webhook.next_try_at == NOW + pause_of_endpoint(3, 0.5)
    assert not webhook.may_try(webhook.next_try_at - timedelta(milliseconds=1))
    assert webhook.may_try(webhook.next_try_at)


def test_failures_that_are_not_in_a_row_never_make_it_rest():
    webhook = Webhook("d", "510183", NOW)
    for _ in range(50):
        webhook.failed("e", "status_500", NOW, 0.5)
        webhook.took(NOW)
    assert webhook.healthy


def test_an_endpoint_that_fails_wholly_for_two_days_is_disabled_and_says_so_once():
    webhook, now, told, probes = failing(OPEN_AFTER), NOW, [], 0
    while not told:
        now, probes = webhook.next_try_at, probes + 1
        told = webhook.failed("e1", "connection", now, 0.5)
        assert webhook.state == ("disabled" if told else "resting")
    assert GIVEN_UP_AFTER <= now - NOW <= GIVEN_UP_AFTER + LONGEST_PAUSE
    assert told == [("webhook.disabled", {"department_id": "d", "state": "disabled"})]
    assert 40 < probes < 120
    assert not webhook.may_try(now + 365 * DAY)


def test_long_silence_is_no_failure():
    webhook = failing(OPEN_AFTER - 1)
    told = webhook.failed("e2", "connection", NOW + 30 * DAY, 0.5)
    assert told == [("webhook.rested", {"department_id": "d", "state": "resting"})]
    assert (webhook.state, webhook.since) == ("resting", NOW + 30 * DAY)


def test_a_department_enables_what_rests_or_is_disabled_and_nothing_else():
    webhook = failing(OPEN_AFTER)
    webhook.failed("e1", "connection", NOW + 3 * DAY, 0.5)
    assert webhook.state == "disabled"
    assert webhook.enable(NOW + 4 * DAY) == [("webhook.enabled", {"department_id": "d", "state": "active"})]
    assert webhook.healthy and webhook.may_try(NOW) and webhook.since == NOW + 4 * DAY
    with pytest.raises(Conflict):
        webhook.enable(NOW + 4 * DAY)


@pytest.mark.parametrize(
    ("kind", "patience"),
    [
        ("connection", None),
        ("name", None),
        ("address", None),
        ("tls", None),
        ("status_429", None),
        ("status_503", 10),
        ("status_500", 3),
        ("redirect", 3),
        ("timeout", 3),
        ("answer", 3),
    ],
)
def test_an_event_is_set_aside_only_for_what_it_can_be_to_blame_for(kind, patience):
    assert PostingFailure(kind).patience == patience
    webhook = failing(patience - 1 if patience else 1000)
    assert not webhook.has_tried_enough("e1", patience)
    if patience:
        webhook.failed("e1", kind, NOW, 0.5)
        assert webhook.has_tried_enough("e1", patience)
        assert not webhook.has_tried_enough("e2", patience)


def test_the_event_behind_one_that_is_set_aside_is_tried_at_once_unless_the_endpoint_rests():
    active, resting = failing(3), failing(OPEN_AFTER)
    active.set_aside(NOW)
    resting.set_aside(NOW)
    assert active.may_try(NOW) and not resting.may_try(NOW)
    assert (active.trying, active.tries, active.failures) == (None, 0, 3)


def failed_delivery() -> FailedDelivery:
    return FailedDelivery("f", "510183", "d", "e1", "a.b.c", 7, 3, NOW, NOW, "status_500", NOW)


def test_an_event_that_was_set_aside_is_retried_for_two_days_and_then_given_up():
    failed, times = failed_delivery(), []
    while failed.state == "waiting":
        times.append(failed.next_try_at)
        failed.failed("status_500", failed.next_try_at, 0.5)
    assert times == sorted(set(times)) and times[-1] == NOW + GIVEN_UP_AFTER
    assert 10 < len(times) < 30
    assert (failed.state, failed.next_try_at) == ("given_up", None) and failed.forget_at > NOW + 30 * DAY


def test_what_was_given_up_is_sent_again_by_hand_and_what_arrived_is_not():
    failed = failed_delivery()
    failed.give_up("status_500", NOW)
    failed.resend(NOW + 9 * DAY)
    assert (failed.state, failed.next_try_at, failed.forget_at) == ("waiting", NOW + 9 * DAY, None)
    failed.taken(NOW + 9 * DAY)
    assert failed.state == "delivered" and failed.forget_at
    with pytest.raises(Conflict):
        failed.resend(NOW + 9 * DAY)


def test_a_replay_begins_a_new_epoch_and_skips_nothing_that_is_not_delivered():
    webhook = Webhook("d", "510183", NOW, starts_at=5)
    webhook.replay(3, reached=9)
    assert (webhook.epoch, webhook.starts_at) == (1, 3)
    webhook.replay(10**12, reached=9)
    assert (webhook.epoch, webhook.starts_at) == (2, 9)


def test_a_replay_names_exactly_one_beginning():
    nothing = {"since": None, "from_event": None, "after": None, "beginning": False}
    assert one_beginning_is_named({**nothing, "after": 0}) == "after"
    assert one_beginning_is_named({**nothing, "beginning": True}) == "beginning"
    for wrong in (nothing, {**nothing, "after": 0, "beginning": True}, {**nothing, "since": NOW, "after": 3}):
        with pytest.raises(Rejected):
            one_beginning_is_named(wrong)
