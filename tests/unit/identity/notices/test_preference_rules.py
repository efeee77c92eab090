"""Everybody chooses where they are told what, but for what must be told."""

import pytest

from services.chassis.core.errors import Rejected
from services.identity.notices.notifications.model import OFFICES, TEMPLATES
from services.identity.notices.preferences.model import (
    CHANNELS,
    KINDS,
    Preferences,
    channels_of,
    kind_of,
    kinds_for,
)


def test_what_is_not_chosen_comes_where_it_comes_usually():
    one = Preferences("w")
    one.choose({"orders": "none"}, "resident")
    assert (one.channel("orders"), one.channel("certification")) == ("none", "sms")
    one.choose({}, "resident")
    assert one.channel("orders") == "inbox"


@pytest.mark.parametrize(
    ("choices", "who", "code"),
    [
        ({"applications": "none"}, "resident", "preference.mandatory"),
        ({"certification": "none"}, "resident", "preference.mandatory"),
        ({"duties": "inbox"}, "resident", "preference.not_yours"),
        ({"orders": "inbox"}, "official", "preference.not_yours"),
        ({"digest": "sms"}, "official", "preference.no_phone"),
    ],
)
def test_what_must_be_told_is_told_and_nobody_chooses_what_they_do_not_get(choices, who, code):
    one = Preferences("w", choices={"orders": "none"})
    with pytest.raises(Rejected) as refused:
        one.choose(choices, who)
    assert refused.value.code == code and one.choices == {"orders": "none"}


def test_every_choice_that_is_shown_can_be_made():
    for who in ("resident", "official"):
        for kind in kinds_for(who):
            for channel in CHANNELS:
                one = Preferences("w")
                if channel in channels_of(kind, who):
                    one.choose({kind: channel}, who)
                    assert one.channel(kind) == channel
                else:
                    with pytest.raises(Rejected):
                        one.choose({kind: channel}, who)


def test_every_event_that_makes_a_notice_has_a_kind_of_those_who_get_it():
    assert {KINDS[kind_of(event)].to for event in TEMPLATES} <= {"resident", "both"}
    assert {KINDS[kind_of(event, for_office=True)].to for event in OFFICES} <= {"official", "both"}
    assert kind_of("affairs.unheard.of") == "others"
