"""A question that waits for another office's register: asked once, for whom it was meant, and by somebody if a clock is killed."""

import logging
from datetime import timedelta

import pytest

from services.chassis.core.calls import Call
from services.identity.notices.notifications.sentences import MATCHES
from services.identity.people.matches.model import LEASE, PATIENCE, PAUSES
from services.identity.people.matches.provider import RegisterProvider
from services.identity.people.names import plain_name
from tests.integration.identity.register_provider import at_once, found, known_as, stored
from tests.integration.identity.register_scene import CHIEF, VILLAGER, number


def test_who_asks_while_the_question_waits_meets_it_and_no_second_try_is_counted(county, office):
    her = county.resident(1)
    first = county.match(her, 1)
    assert county.match(her, 1, by=VILLAGER) == first
    assert county.ask(CHIEF, "list_matches", state="waiting")["items"] == [first]
    assert len(stored(county, her).asks) == 1
    county.sweep()
    assert len(office.asked) == 1


def test_two_who_ask_at_once_ask_one_question(county, office):
    office.enter(1)
    her, states = county.resident(1), []
    at_once(*[lambda by=by: states.append(county.match(her, 1, by=by)["state"]) for by in (her, VILLAGER)])
    assert states == ["waiting", "waiting"] and len(stored(county, her).asks) == 1
    county.sweep()
    assert (office.asked, county.level(her)) == ([known_as(1)], 2)


def test_two_clocks_at_once_ask_once_and_raise_once(county, office):
    office.enter(1)
    office.behave(slow_ms=200)
    her = county.resident(1)
    county.match(her, 1)
    at_once(county.sweep, county.sweep, county.sweep)
    assert office.asked == [known_as(1)] and county.level(her) == 2
    assert len(county.database.residents.find_one({"_id": "r1"})["outbox"]) == 1


def test_a_clock_that_was_killed_in_the_middle_leaves_the_question_to_another_one(
    county, office, monkeypatch
):
    office.enter(1)
    her, asking = county.resident(1), county.service.register_provider
    county.match(her, 1)

    def killed(fingerprint):
        raise KeyboardInterrupt

    monkeypatch.setattr(asking, "knows", killed)
    with pytest.raises(KeyboardInterrupt):
        county.sweep()
    monkeypatch.undo()
    assert county.sweep() == 0
    county.sweep(minutes=LEASE / timedelta(minutes=1))
    assert county.level(her) == 2


def corrected(county, who, name: str) -> None:
    """Let the village correct a name."""
    one = county.service.residents.get(who.id)
    one.ask_correction("name", {"name": name}, county.now())
    one.approve_correction("v1", True, county.now())
    county.service.residents.save(one, [], Call({}))


def test_a_yes_to_the_old_name_raises_nobody_whose_name_was_corrected_meanwhile(county, office):
    office.enter(1)
    her = county.resident(1)
    county.match(her, 1)
    corrected(county, her, "王秀兰")
    county.sweep()
    assert (found(county, her)["state"], county.level(her), office.asked) == ("unavailable", 1, [])
    assert county.inbox(her) == [MATCHES["unavailable"]]


def test_a_name_that_is_corrected_while_the_office_answers_is_not_raised_by_that_answer(
    county, office, monkeypatch
):
    office.enter(1)
    her, asking = county.resident(1), county.service.register_provider
    county.match(her, 1)
    knows = asking.knows

    def meanwhile(fingerprint):
        known = knows(fingerprint)
        corrected(county, her, "王秀兰")
        return known

    monkeypatch.setattr(asking, "knows", meanwhile)
    assert county.sweep() == 0
    assert county.level(her) == 1
    county.sweep(minutes=1)
    assert (found(county, her)["state"], county.level(her)) == ("unavailable", 1)


def test_who_asks_anew_under_the_corrected_name_has_a_new_question(county, office):
    office.enter(1, name="王秀兰")
    her = county.resident(1)
    county.match(her, 1)
    corrected(county, her, "王秀兰")
    county.match(her, 1)
    county.sweep()
    assert (office.asked, county.level(her)) == ([known_as(1, "王秀兰")], 2)


def test_a_question_from_before_the_secret_was_replaced_is_asked_anew(county, office):
    office.enter(1)
    her, now = county.resident(1), county.service.register_provider
    county.service.register_provider = RegisterProvider(office.url, "the secret before")
    county.match(her, 1)
    county.service.register_provider = now
    county.sweep()
    assert (found(county, her)["state"], office.asked) == ("unavailable", [])
    county.match(her, 1)
    county.sweep()
    assert county.level(her) == 2


def test_of_who_was_erased_nothing_is_asked_any_more(county, office):
    her = county.resident(1)
    county.match(her, 1)
    county.service.matches.forget(her.id)
    kept = stored(county, her)
    assert (kept.question, kept.state, len(kept.asks)) == (None, "unavailable", 1)
    assert county.sweep(days=1) == 0 and office.asked == []


def test_neither_the_database_nor_the_log_tells_number_name_or_fingerprint_and_the_office_hears_a_fingerprint_only(
    county, office, caplog
):
    caplog.set_level(logging.DEBUG)
    office.behave(fail_first_n=1)
    her = county.resident(1)
    county.match(her, 1)
    county.sweep()
    raw = str(list(county.database.register_matches.find())) + str(list(county.database.notices.find()))
    logged = " ".join(str(vars(one)) for one in caplog.records)
    for secret in (number(1), "王秀英", plain_name("王秀英"), known_as(1)):
        assert secret not in raw and secret not in logged
    assert stored(county, her).question["fingerprint"] == known_as(1) == office.asked[0]


def test_the_clock_finds_what_is_due_by_its_index(county, office):
    assert sum(PAUSES, timedelta()) < PATIENCE
    plan = county.database.register_matches.find(
        {"next_at": {"$gt": county.now() - timedelta(days=1), "$lte": county.now()}}, {"_id": 1}
    ).sort("next_at", 1)
    assert "due_first" in str(plan.explain()["queryPlanner"]["winningPlan"])
