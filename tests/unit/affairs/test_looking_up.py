"""The code by which an application is followed, and how little is told of it."""

from services.affairs.matters.applications.events import STATES
from services.affairs.matters.applications.look_up_rules import (
    CODE_LENGTH,
    code_of,
    state_that_is_told,
    what_is_asked_next,
)
from services.affairs.matters.applications.look_up_shapes import TOLD, ApplicationFollowed, LookUpProgress
from services.civic.hourly_limits import network_of
from services.civic.readable_codes import CHARACTERS, readable


def test_a_code_is_long_enough_and_of_letters_that_nobody_confuses():
    codes = {code_of(f"application {number}") for number in range(2000)}
    assert len(codes) == 2000 and {len(one) for one in codes} == {CODE_LENGTH}
    assert set("".join(codes)) == set(CHARACTERS)
    assert not set(CHARACTERS) & set("IO01")


def test_what_is_of_another_purpose_gives_another_code():
    assert code_of("one") != readable("check of a paper\none", CODE_LENGTH)
    assert code_of("one") == code_of("one")


def test_number_and_code_are_read_as_people_copy_them():
    typed = {"number": " 4092 1453-0517", "code": "abcd 2345"}
    assert LookUpProgress().load(typed) == {"number": "409214530517", "code": "ABCD2345"}
    assert set(LookUpProgress().validate({"number": "12", "code": "A"})) == {"number", "code"}


def test_only_while_materials_are_missing_something_is_asked_for_and_without_what_the_office_wrote():
    notice = {"materials": [{"name": "户口簿", "note": "王秀英的"}], "text": "请带来", "supply_by": "day"}
    assert what_is_asked_next("materials_missing", notice) == (["户口簿"], "day")
    for state in ("submitted", "supplemented", "accepted", "decided", "declined", "withdrawn", "lapsed"):
        assert what_is_asked_next(state, notice) == ([], None)
    assert what_is_asked_next("submitted", None) == ([], None)


def test_whether_it_was_rated_is_told_to_nobody_else():
    assert state_that_is_told("rated", "granted") == state_that_is_told("rated", "refused") == "decided"
    assert state_that_is_told("rated", None) == "declined"
    assert {state_that_is_told(one, "granted") for one in STATES} == set(TOLD)
    assert ApplicationFollowed().fields["state"].validate.choices == TOLD


def test_the_answer_names_nobody_and_nothing_that_was_written():
    told = set(ApplicationFollowed().fields)
    hidden = ("name", "phone", "answers", "filled", "files", "materials", "reason", "outcome", "steps", "id")
    assert not told & {*hidden, "applicant_name", "applicant_phone", "region", "notice", "acted_by"}


def test_what_is_no_address_is_one_network_of_its_own():
    assert network_of("somewhere") == "unknown"
    assert network_of("::ffff:192.0.2.9") == network_of("192.0.2.200") == "192.0.2.0/24"
