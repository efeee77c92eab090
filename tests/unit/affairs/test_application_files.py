"""The rules of photos of an application's materials."""

from datetime import UTC, datetime, timedelta

import pytest

from services.affairs.matters.applications import file_rules as rules
from services.affairs.matters.applications.model import Application
from services.affairs.matters.applications.rules import STANDS
from services.chassis.core.errors import Conflict, Forbidden, NotFound, Rejected

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def application(**more) -> Application:
    return Application(
        "a", "510183", "r", "m", "n", "o", 10, ["身份证", "户口簿"], "王英", "1", [], NOW, NOW, **more
    )


@pytest.mark.parametrize("state", STANDS)
def test_materials_come_until_the_office_takes_it_up(state):
    if state in ("submitted", "materials_missing", "supplemented"):
        rules.materials_come_until_the_office_takes_it_up(state)
        return
    with pytest.raises(Conflict) as refused:
        rules.materials_come_until_the_office_takes_it_up(state)
    assert STANDS[state] in refused.value.message


@pytest.mark.parametrize("number", [0, 3, -1])
def test_only_what_the_matter_asks_for_is_handed_in(number):
    assert rules.only_what_the_matter_asks_for_is_handed_in(["身份证", "户口簿"], 2) == "户口簿"
    with pytest.raises(NotFound):
        rules.only_what_the_matter_asks_for_is_handed_in(["身份证", "户口簿"], number)


def test_a_material_and_an_application_take_so_many_files():
    rules.a_material_takes_so_many_files(rules.MOST_OF_A_MATERIAL - 1)
    rules.an_application_takes_so_many_files(rules.MOST_OF_AN_APPLICATION - 1)
    with pytest.raises(Rejected):
        rules.a_material_takes_so_many_files(rules.MOST_OF_A_MATERIAL)
    with pytest.raises(Rejected):
        rules.an_application_takes_so_many_files(rules.MOST_OF_AN_APPLICATION)


@pytest.mark.parametrize(("looked_at", "before"), [(True, False), (False, True)])
def test_what_the_office_has_looked_at_stays(looked_at, before):
    rules.what_the_office_has_looked_at_stays(False, False)
    with pytest.raises(Conflict):
        rules.what_the_office_has_looked_at_stays(looked_at, before)


def test_the_same_file_twice_is_one_and_tells_once():
    one = application()
    assert [name for name, _ in one.add_file("f1", 1, {}, NOW)] == ["application.file_added"]
    assert one.add_file("f1", 1, {}, NOW) == [] and len(one.files) == 1


def test_after_a_notice_the_count_begins_anew_and_what_came_before_stays():
    one = application()
    for number in range(rules.MOST_OF_A_MATERIAL):
        one.add_file(f"f{number}", 1, {}, NOW)
    with pytest.raises(Rejected):
        one.takes_a_file(1)
    one.notice, one.state = {"materials": [], "text": "", "at": NOW, "supply_by": NOW}, "materials_missing"
    assert one.takes_a_file(1) == "身份证"
    with pytest.raises(Conflict):
        one.remove_file("f0")


def test_a_withdrawal_and_an_erasure_leave_no_file():
    for end in (lambda one: one.withdraw(NOW), lambda one: one.erase("r", NOW)):
        one = application()
        one.add_file("f1", 1, {}, NOW)
        end(one)
        assert one.files == []


def until(closed_at=NOW, outcome="granted", years=0, verified=()):
    return rules.a_file_is_kept_until("f1", closed_at, outcome, years, list(verified))


def test_what_was_not_taken_up_is_kept_as_long_as_it_may_be_reviewed_whatever_the_matter_says():
    assert until(outcome=None) == until(outcome=None, years=30) == NOW + rules.KEPT_AFTER_THE_END
    assert until(closed_at=None, outcome=None, years=3) is None


def test_what_was_decided_on_is_kept_for_the_years_that_the_matter_names_and_else_with_the_case():
    for outcome in ("granted", "refused"):
        assert until(outcome=outcome) is None
        assert until(outcome=outcome, years=3) == NOW.replace(year=NOW.year + 3)
    leap = datetime(2028, 2, 29, 9, tzinfo=UTC)
    assert until(leap, years=1) == datetime(2029, 2, 28, 9, tzinfo=UTC)


def test_the_shortest_term_that_a_matter_can_name_outlasts_the_time_in_which_a_court_may_be_asked():
    assert until(years=1) - NOW > rules.KEPT_AFTER_THE_END


def test_a_paper_that_may_be_used_again_stays_until_that_is_over():
    two_years = NOW.replace(year=NOW.year + 2)
    paper = {"files": ["f1"], "valid_until": two_years}
    assert until(years=1, verified=[paper]) == two_years
    assert until(years=5, verified=[paper]) == NOW.replace(year=NOW.year + 5)
    assert until(years=1, verified=[{**paper, "files": ["f2"]}]) == NOW.replace(year=NOW.year + 1)


def test_a_file_of_several_cases_stays_as_long_as_the_last_of_them_needs_it():
    early, late = NOW - timedelta(days=1), NOW + timedelta(days=1)
    assert rules.the_longest_term_counts([early, None], NOW) is True
    assert rules.the_longest_term_counts([early, late, NOW], NOW) == late
    assert rules.the_longest_term_counts([early, NOW], NOW) is False
    assert rules.the_longest_term_counts([], NOW) is False


def test_what_is_over_is_shown_to_nobody_whether_or_not_the_clock_has_come_by():
    rules.what_is_over_is_shown_to_nobody(None, NOW)
    rules.what_is_over_is_shown_to_nobody(NOW + timedelta(seconds=1), NOW)
    with pytest.raises(NotFound):
        rules.what_is_over_is_shown_to_nobody(NOW, NOW)


def test_the_desk_has_what_was_sent_with_a_reason_only():
    rule = rules.the_original_is_for_who_sent_it_and_for_proof
    rule("original", official=False, opened=False)
    rule("document", official=True, opened=False)
    rule("original", official=True, opened=True)
    with pytest.raises(Forbidden):
        rule("original", official=True, opened=False)


def with_a_pdf() -> Application:
    one = application()
    one.add_file("f1", 1, {"pages": 2}, NOW)
    return one


def test_an_original_is_opened_with_a_reason_by_one_official_for_an_hour_and_told_without_it():
    one = with_a_pdf()
    ((name, told),) = one.open_original("f1", "c1", "signature", "核验签名", NOW)
    assert name == "application.original_opened" and "核验签名" not in str(told)
    assert told["official_id"] == "c1" and told["file_id"] == "f1"
    last = NOW + rules.PROOF_LASTS - timedelta(seconds=1)
    assert one.has_opened("f1", "c1", last) and not one.has_opened("f1", "c1", NOW + rules.PROOF_LASTS)
    assert not one.has_opened("f1", "c2", NOW) and not one.has_opened("f2", "c1", NOW)


def test_what_was_opened_for_proof_was_looked_at_and_stays():
    one = with_a_pdf()
    for _ in range(2):
        one.open_original("f1", "c1", "lacking", "第二页缺章", NOW)
    assert [look["by"] for look in one.files[0]["looks"]] == ["c1"] and len(one.originals_opened) == 2
    with pytest.raises(Conflict):
        one.remove_file("f1")


def test_a_photo_has_no_original_and_originals_are_opened_so_many_times():
    one = with_a_pdf()
    one.add_file("f2", 1, {"pages": 0}, NOW)
    with pytest.raises(Rejected):
        one.open_original("f2", "c1", "court", "法院要求", NOW)
    with pytest.raises(NotFound):
        one.open_original("f3", "c1", "court", "法院要求", NOW)
    rules.originals_are_opened_so_many_times(rules.MOST_OPENINGS - 1)
    with pytest.raises(Rejected):
        rules.originals_are_opened_so_many_times(rules.MOST_OPENINGS)


def test_who_opened_an_original_stays_told_after_a_withdrawal_and_goes_with_an_erasure():
    one = with_a_pdf()
    one.open_original("f1", "c1", "signature", "核验签名", NOW)
    one.withdraw(NOW)
    assert one.files == [] and len(one.originals_opened) == 1
    one.erase("r", NOW)
    assert one.originals_opened == []


def test_what_is_infected_has_not_come_and_takes_no_place():
    one = application()
    for number in range(rules.MOST_OF_A_MATERIAL):
        one.add_file(f"f{number}", 1, {"state": "checking"}, NOW)
    assert [name for name, _ in one.file_was_checked("f0", "infected")] == ["application.file_infected"]
    assert one.file_was_checked("f0", "infected") == []
    assert one.takes_a_file(1) == "身份证"
    for number in range(1, rules.MOST_OF_A_MATERIAL):
        assert one.come_as_files()
        one.file_was_checked(f"f{number}", "infected")
    assert one.come_as_files() == set()


def test_what_was_handed_in_before_there_was_a_scanner_is_kept():
    one = application(files=[{"id": "f", "material": "身份证", "round": 0, "added_at": NOW, "looks": []}])
    (shown,) = one.shown_files
    assert (shown["state"], shown["type"], shown["pages"]) == ("kept", "image/jpeg", 0)


@pytest.mark.parametrize("state", ["declined", "lapsed", "decided"])
def test_an_erasure_of_what_is_closed_leaves_no_file(state):
    one = application()
    one.add_file("f1", 1, {}, NOW)
    one.state, one.closed_at = state, NOW
    one.erase("r", NOW)
    assert one.files == []
