"""Who comes once proves a phone, may give a name, and is known by nothing else: whatever is registered, the answer is the same."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from types import SimpleNamespace

import pytest

from services.chassis.core.calls import Call
from services.chassis.core.errors import Rejected
from services.identity.access.guest_access import usecases
from services.identity.access.guest_access.model import PEOPLE_OF_A_PHONE, UNUSED_KEPT, USED_KEPT
from services.identity.access.second_factor import SecondFactor
from services.identity.access.sessions import usecases as sessions
from services.identity.access.verification_codes.model import TRIES
from services.identity.people.matches.model import Found
from services.identity.wiring.accounts import Accounts
from tests.integration.identity.guest_access_scene import (
    KEY,
    NEXT_DOOR,
    OTHER_PHONE,
    PHONE,
    VILLAGE,
    Scene,
    number,
    person,
)


@pytest.fixture
def visits(database):
    return Scene(database)


def at_once(count, work) -> list:
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(work, range(count)))


def test_a_proved_phone_opens_a_quarter_of_an_hour_without_a_role_and_leaves_nothing_behind(visits):
    visit = visits.begin(visits.code())
    assert (visit["kind"], visit["named"], visit["expires_in"]) == ("visitor", False, 900)
    assert visit["says"]["kind"] == "visitor" and visit["says"]["roles"] == []
    assert visits.visitors.documents.count_documents({}) == 0
    assert "refresh_token" not in visit


def test_nothing_renews_a_visit(visits):
    visit = visits.come()
    session = visits.sessions.get(visit["says"]["sid"])
    assert session.expires_at == visits.now + timedelta(minutes=15)
    forged = f"{session.id}.1.{visits.tokens._proof(session.id, 1)}"
    nobody = SimpleNamespace(find=lambda id: None)
    call = visits.call({"refresh_token": forged})
    assert visits.refused(sessions.refresh, nobody, visits.sessions, visits.tokens, call) == "session.over"


def test_who_gives_a_name_is_a_visitor_of_the_named_village(visits):
    visit = visits.come()
    assert visit["says"]["roles"] == [["named_visitor", VILLAGE]] and visit["says"]["edition"] == "2019"
    assert visits.come(village=NEXT_DOOR)["says"]["roles"] == [["named_visitor", NEXT_DOOR]]


def test_one_phone_and_one_number_are_one_visitor_and_another_phone_sees_nothing_of_it(visits):
    first = visits.come()["person_id"]
    assert visits.come(name="王英")["person_id"] == first
    others = {visits.come(serial=2)["person_id"], visits.come(OTHER_PHONE)["person_id"]}
    assert len({first, *others}) == 3


def test_who_proves_the_phone_only_may_follow_what_was_done_with_it(visits):
    mine, childs = visits.come()["person_id"], visits.come(serial=2)["person_id"]
    visits.come(OTHER_PHONE, serial=3)
    visit = visits.begin(visits.code())
    assert sorted(visit["says"]["merged"]) == sorted([mine, childs])


def test_a_wrong_form_is_told_before_the_code_is_used_up(visits):
    code = visits.code()
    wrong = {**person(), "id_number": number(1)[:-1] + ("0" if number(1)[-1] != "0" else "1")}
    assert visits.refused(visits.begin, code, **wrong) == "resident.id_number_check_digit"

    def outdated(version):
        raise Rejected("consent.notice_outdated", "")

    visits.parts.notice.must_be_shown = outdated
    assert visits.refused(visits.begin, code, **person()) == "consent.notice_outdated"
    visits.parts.notice.must_be_shown = lambda version: None
    assert visits.begin(code, **person())["named"]


def test_a_code_that_is_used_many_times_at_once_is_one_visit(visits):
    code = visits.code()
    outcomes = at_once(TRIES, lambda _: visits.refused(visits.begin, code, **person()))
    assert sorted(outcomes) == ["", *["code.not_proved"] * (TRIES - 1)]
    assert visits.sessions.documents.count_documents({}) == 1


def test_a_wrong_late_or_overtried_code_proves_nothing(visits):
    code = visits.code()
    wrong = {**code, "code": f"{(int(code['code']) + 1) % 1_000_000:06d}"}
    for _ in range(TRIES):
        assert visits.refused(visits.begin, wrong) == "code.not_proved"
    assert visits.refused(visits.begin, code) == "code.not_proved"
    late = visits.code()
    visits.now += timedelta(minutes=5)
    assert visits.refused(visits.begin, late) == "code.not_proved"


def test_a_code_for_signing_in_opens_no_visit(visits):
    visits.resident()
    assert visits.refused(visits.begin, visits.code(purpose="sign_in")) == "code.not_proved"


def test_a_visitors_code_goes_to_the_phone_itself_and_signs_nobody_in(visits):
    visits.resident()
    code = visits.code()
    assert visits.codes.get(code["code_id"]).person == ""
    assert visits.codes.phone_of(code["code_id"]) == PHONE
    assert visits.refused(visits.begin, visits.code(purpose="sign_in")) == "code.not_proved"


def test_nobody_learns_whether_the_phone_or_the_number_is_registered_or_what_the_register_says(visits):
    def shape(answer) -> dict:
        unlike = ("access_token", "person_id", "says")
        says = {k: v for k, v in answer["says"].items() if k not in ("sub", "sid", "iat", "exp")}
        return {**{k: v for k, v in answer.items() if k not in unlike}, "says": says}

    visits.resident()
    registered = shape(visits.come())
    visits.found = Found(False, "register", None)
    assert shape(visits.come(OTHER_PHONE, serial=2)) == registered
    visits.found = Found(True, "register", False)
    assert shape(visits.come(OTHER_PHONE, serial=3)) == registered


def test_what_the_register_says_is_kept_for_the_offices(visits):
    kept = []
    for serial, visits.found in enumerate((None, Found(True, "register"), Found(False, "register")), 1):
        kept.append(visits.visitors.get(visits.come(serial=serial)["person_id"]).compared)
    assert kept == ["unknown", "same", "different"]


def test_neither_name_nor_phone_nor_number_lie_plain_in_the_database(visits):
    visits.come()
    stored = "".join(
        str(list(visits.database[name].find())) for name in visits.database.list_collection_names()
    )
    for secret in (PHONE, "王秀英", number(1)):
        assert secret not in stored


def test_one_phone_speaks_for_a_family_and_of_two_who_want_the_last_place_one_gets_it(visits):
    for serial in range(PEOPLE_OF_A_PHONE - 1):
        visits.come(serial=serial, address=f"10.{serial}.0.1")
    late = [visits.code(address=f"10.{n}.9.9") for n in (50, 51)]
    outcomes = at_once(2, lambda n: visits.refused(visits.begin, late[n], **person(10 + n)))
    assert sorted(outcomes) == ["", "visit.too_many_people"]
    assert visits.refused(visits.come, serial=0, address="10.60.0.1") == ""


def test_the_same_person_who_comes_twice_at_once_is_one_visitor(visits):
    codes = [visits.code() for _ in range(4)]
    found = at_once(4, lambda n: visits.begin(codes[n], **person())["person_id"])
    assert len(set(found)) == 1


def test_a_resident_certified_under_the_same_phone_and_number_takes_over_what_the_visitor_did(visits):
    visitor = visits.come()["person_id"]
    resident = visits.resident()
    visits.hear_of(resident)
    visits.hear_of(resident)
    kept = visits.visitors.get(visitor)
    assert (kept.state, kept.resident_id, kept.forget_at) == ("taken_over", "w", None)
    assert visits.told(visitor) == ["taken_over"]
    people = Accounts(visits.database, SecondFactor(KEY))
    assert people.find("w").merged == (visitor,)


@pytest.mark.parametrize(
    "other", [{"phone": OTHER_PHONE}, {"serial": 2}, {"state": "pending"}], ids=["phone", "number", "waiting"]
)
def test_who_shares_only_one_of_them_or_is_not_certified_takes_over_nothing(visits, other):
    visitor = visits.come()["person_id"]
    visits.hear_of(visits.resident(**other))
    assert visits.visitors.get(visitor).state == "visiting"


def test_what_a_certified_resident_does_as_a_visitor_is_the_residents_at_once(visits):
    visits.resident()
    visitor = visits.come()["person_id"]
    assert visits.come()["person_id"] == visitor
    assert visits.visitors.get(visitor).resident_id == "w" and visits.told(visitor) == ["taken_over"]


def test_the_clock_forgets_whom_nobody_took_over(visits):
    visitor = visits.come()["person_id"]
    assert visits.sweep(days=UNUSED_KEPT.days - 1) == 0
    assert visits.sweep(days=1) == 1 and visits.sweep() == 0
    gone = visits.visitors.get(visitor)
    assert (gone.state, gone.name, gone.phone, gone.id_number_hash) == ("forgotten", "", "", "")
    assert visits.told(visitor) == ["forgotten"]
    document = visits.visitors.documents.find_one({"_id": visitor})
    assert document["gone_at"] == visits.now and not document["phone_hash"] and not document["sealed"]
    assert visits.come()["person_id"] != visitor


def test_who_has_applied_is_kept_longer_and_a_repeat_of_the_event_later_changes_nothing(visits):
    visitor = visits.come()["person_id"]
    call = Call({}, now=visits.now)
    assert visits.visitors.keep_longer(visitor, call) and not visits.visitors.keep_longer("w", call)
    visits.visitors.keep_longer(visitor, Call({}, now=visits.now - timedelta(days=3)))
    assert visits.sweep(days=USED_KEPT.days - 1) == 0
    assert visits.sweep(days=1) == 1


def test_a_visitor_who_came_again_is_not_forgotten_meanwhile(visits):
    visitor = visits.come()["person_id"]
    visits.now += UNUSED_KEPT
    visits.come()
    assert visits.sweep() == 0 and visits.visitors.get(visitor).state == "visiting"


def test_what_an_erased_resident_took_over_is_forgotten_too(visits):
    visitor = visits.come()["person_id"]
    visits.hear_of(visits.resident())
    assert visits.sweep(days=400) == 0
    visits.visitors.forget("w")
    assert visits.sweep() == 1 and visits.visitors.get(visitor).state == "forgotten"


def test_a_visitor_is_told_at_the_proved_phone_and_after_the_take_over_at_the_residents(visits):
    def phone(id):
        return usecases.phone_of(visits.visitors, visits.residents, id)

    visitor = visits.come()["person_id"]
    assert phone(visitor) == PHONE and phone("nobody") is None
    resident = visits.resident()
    visits.hear_of(resident)
    resident.phone = OTHER_PHONE
    visits.residents.save(resident, [], Call({}))
    assert phone(visitor) == OTHER_PHONE
