"""Wrong credentials cost more and more time, and strangers cannot lock anybody out."""

from datetime import timedelta

import pytest

from services.identity.access.sessions import rules


def test_the_first_failures_are_free_and_then_every_pause_is_twice_the_one_before():
    pauses = [pause.total_seconds() for pause in rules.OF_ACCOUNT_IN_NETWORK.pauses()]
    assert pauses == [0] * 5 + [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900]


def test_of_the_end_of_a_paper_about_twenty_are_tried_in_a_month_of_a_thousand_that_are_possible():
    passed, tries = timedelta(), 0
    for pause in rules.OF_ENDINGS.pauses():
        tries, passed = tries + 1, passed + pause
    while passed < rules.OF_ENDINGS.remembered:
        tries, passed = tries + 1, passed + rules.OF_ENDINGS.longest
    assert tries <= 20 and rules.OF_ENDINGS.pauses()[:5] == [timedelta()] * 5


def test_of_a_second_factor_about_forty_codes_are_tried_in_a_day_of_a_million():
    pauses = rules.OF_CODES.pauses()
    left = rules.OF_CODES.remembered - sum(pauses, timedelta())
    assert len(pauses) + left / rules.OF_CODES.longest < 45


def test_what_strangers_anywhere_get_wrong_slows_an_account_down_by_a_minute_at_most():
    assert max(rules.OF_ACCOUNT.pauses()) == timedelta(minutes=1)


def test_a_device_that_the_account_knows_is_counted_by_itself_alone():
    assert rules.counted("13800000000", "10.1.2.3", "d1") == [(("device", "d1"), rules.OF_DEVICE)]


def test_a_stranger_is_counted_for_account_and_network():
    names = [names for names, _ in rules.counted("admin", "10.1.2.3", None)]
    assert names == [
        ("account in network", "admin", "10.1.2.0/24"),
        ("account", "admin"),
        ("network", "10.1.2.0/24"),
    ]


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.1.2.3", "10.1.2.0/24"),
        ("::ffff:10.1.2.3", "10.1.2.0/24"),
        ("2408:8000:1:2ff:a::1", "2408:8000:1:200::/56"),
        ("2408:8000:1:201::1", "2408:8000:1:200::/56"),
        ("", "unknown"),
        ("not an address", "unknown"),
    ],
)
def test_an_address_counts_for_its_network(address, network):
    assert rules.network_of(address) == network
