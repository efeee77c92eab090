"""Who has an application in hand: every rule of it with its refusal."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from services.affairs.matters.applications import in_hand
from services.affairs.matters.applications.hands import hands_of
from services.affairs.matters.applications.inbox import Today, reasons_of
from services.affairs.matters.applications.model import Application
from services.chassis.core.actor import Role
from services.chassis.core.errors import DomainError
from services.civic.actor import CivicActor
from services.civic.working_days import published_working_days

DAYS = published_working_days()
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
ME = frozenset({"o1"})


def application():
    notice_by = DAYS.after(NOW, 5).at
    made = Application("a1", "510183", "r1", "m1", "n", "o", 10, ["户口簿"], "王英", "1", [], NOW, notice_by)
    made.submit()
    return made


def claimed(by="o1"):
    made = application()
    made.claim(by, NOW)
    return made


def refusal(act, *args):
    with pytest.raises(DomainError) as refused:
        act(*args)
    return refused.value


def test_anybody_of_the_office_acts_on_what_nobody_has_and_who_has_it_on_the_rest():
    in_hand.only_who_has_it_in_hand_acts("", {"o2"})
    in_hand.only_who_has_it_in_hand_acts("o2", {"o2"})
    refused = refusal(in_hand.only_who_has_it_in_hand_acts, "o1", {"o2"})
    assert (refused.code, refused.detail) == ("application.claimed_by_another", {"claimed_by": "o1"})


def test_who_stands_in_has_the_hands_of_the_absent_clerk_too():
    stand_in = CivicActor("o2", "official", (Role("clerk", "510183"), Role("clerk", "510183", "o1")))
    assert hands_of(stand_in) == {"o1", "o2"}
    in_hand.only_who_has_it_in_hand_acts("o1", hands_of(stand_in))
    head = CivicActor("o3", "official", (Role("county_administrator", "510183", "o1"),))
    assert hands_of(head) == {"o3"}


def test_a_claim_tells_who_has_it_and_is_not_taken_twice():
    one = application()
    assert one.claim("o1", NOW)[0][1]["official_id"] == "o1"
    assert refusal(one.claim, "o2", NOW).code == "application.claimed_by_another"


def test_what_a_colleague_has_is_taken_over_with_a_reason_and_both_are_told():
    one = claimed("o2")
    [(name, told)] = one.take_over("o1", ME, "同事出差", NOW)
    assert (name, told["official_id"], told["previous_id"]) == ("application.claimed", "o1", "o2")
    assert (one.claimed_by, one.handing_note) == ("o1", "同事出差")
    assert "同事出差" not in str(told)
    assert refusal(one.take_over, "o1", ME, "再接", NOW).code == "application.in_your_hands"
    assert refusal(application().take_over, "o1", ME, "接", NOW).code == "application.nobody_has_it"


def test_it_is_handed_to_somebody_else_and_put_back():
    one = claimed()
    [(name, told)] = one.hand_to("o2", "o1", "材料已看过", NOW)
    assert (name, told["official_id"], told["by_id"], told["previous_id"]) == (
        "application.handed",
        "o2",
        "o1",
        "o1",
    )
    assert refusal(one.hand_to, "o2", "o1", "", NOW).code == "application.in_those_hands"
    [(name, told)] = one.put_back("left_office")
    assert (name, told["official_id"], told["why"]) == ("application.released", "o2", "left_office")
    assert (one.handed_by, one.handing_note) == ("", ""), (
        "it was said to who had it, not to who claims it next"
    )
    assert refusal(one.put_back, "released").code == "application.nobody_has_it_to_put_back"


def test_a_clerk_gives_away_the_own_and_the_head_anything():
    in_hand.only_who_has_it_or_the_head_gives_it_away("o1", ME, False)
    in_hand.only_who_has_it_or_the_head_gives_it_away("o2", ME, True)
    refused = refusal(in_hand.only_who_has_it_or_the_head_gives_it_away, "o2", ME, False)
    assert refused.code == "application.claimed_by_another"
    stranger = refusal(in_hand.only_a_colleague_who_handles_the_place_is_given_it, False)
    assert stranger.code == "application.no_such_colleague"


def test_what_is_closed_is_in_nobodys_hands():
    one = application()
    one.withdraw(NOW)
    for act, args in (
        (one.claim, ("o1", NOW)),
        (one.take_over, ("o1", ME, "n", NOW)),
        (one.hand_to, ("o2", "o1", "", NOW)),
        (one.put_back, ("released",)),
    ):
        assert refusal(act, *args).code == "application.step_does_not_fit"


def today(now):
    return Today.of(DAYS, SimpleNamespace(now=now, actor=SimpleNamespace(roles=())))


def reasons(one, hands, now):
    return reasons_of(one, hands, today(now).pace_of(one.act_by))


def test_a_time_is_yellow_in_its_last_three_working_days_and_red_after():
    by = datetime(2026, 10, 8, 15, 59, 59, tzinfo=UTC)
    paces = {day: today(datetime(2026, 9, day, 2, tzinfo=UTC)).pace_of(by) for day in (28, 29, 30)}
    assert paces == {28: "in_time", 29: "soon", 30: "soon"}
    assert today(by).pace_of(by) == "soon" and today(by + timedelta(seconds=1)).pace_of(by) == "late"
    assert today(by).pace_of(None) == ""


def test_the_reasons_say_why_it_waits_for_me():
    one = application()
    assert reasons(one, ME, NOW) == ["new"]
    assert reasons(one, ME, one.notice_by - timedelta(days=2)) == ["new", "due_soon"]
    assert reasons(one, ME, one.notice_by) == ["new", "due_soon"]
    assert reasons(one, ME, one.notice_by + timedelta(seconds=1)) == ["new", "overdue"]
    one.claim("o1", NOW)
    assert reasons(one, ME, NOW) == ["new", "claimed"]
    one.hand_to("o2", "o1", "", NOW)
    assert reasons(one, ME, NOW) == []
    assert reasons(one, frozenset({"o2"}), NOW) == ["new", "handed"]
    one.put_back("released")
    missing = [{"name": "户口簿", "note": ""}]
    one.notify(missing, "", DAYS.after(NOW, 15), NOW)
    assert reasons(one, ME, NOW) == []
    assert reasons(one, ME, one.act_by + timedelta(seconds=1)) == ["not_supplied"]
    one.supply(missing, DAYS.after(NOW, 5).at, NOW)
    assert reasons(one, ME, NOW) == ["came_back"]
    one.accept(DAYS, NOW)
    assert reasons(one, ME, NOW) == ["to_decide"]
    one.decide("granted", None, NOW)
    assert reasons(one, ME, NOW) == []
