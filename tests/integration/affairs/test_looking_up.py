"""Following an application without an account on a real MongoDB: what fits, what does not, how often, and when the code has ended."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.affairs.matters.applications import contract, looking_up, usecases
from services.affairs.matters.applications.look_up_limits import LookUpLimits
from services.affairs.matters.applications.look_up_shapes import ApplicationFollowed
from services.chassis.core.calls import Caller
from services.chassis.core.errors import AlreadyAnswered, NotFound, TooMany
from services.civic.actor import ANONYMOUS, CivicActor
from services.civic.short_numbers import number_of
from tests.integration.affairs.conftest import MONDAY

MOST = {"address": 5, "network": 8, "number": 4}
WRONG = "AAAA2222"


def applied(affairs):
    """Apply for a matter as the resident."""
    asked = {"matter_id": "m2", "name": "王秀英", "phone": "13800000013", "materials": [], "answers": {}}
    parts = (affairs.applications, affairs.people, affairs.moves, affairs.matters, affairs.days)
    return usecases.apply_for_matter(*parts, lambda person: None, affairs.call(affairs.resident, **asked))


@pytest.fixture
def window(affairs, database):
    """Who looks up, and who applied."""

    class Window:
        store = affairs.applications

        def __init__(self):
            self.limits = LookUpLimits(database, b"k" * 32, **MOST)
            self.applied = applied(affairs)

        def told(self, actor=affairs.resident):
            call = affairs.call(actor, application_id=self.applied.id)
            return looking_up.code(self.store, call)

        def look(self, number=None, code=None, address="192.0.2.1", now=MONDAY):
            told = self.told()
            asked = {"number": number or told["number"], "code": code or told["code"]}
            call = replace(affairs.call(ANONYMOUS, now=now, **asked), caller=Caller(address))
            return ApplicationFollowed().dump(looking_up.look_up(self.store, self.limits, call))

        def refused(self, **asked):
            with pytest.raises(NotFound) as told:
                self.look(**asked)
            return told.value.code, told.value.message, told.value.detail

        def renew(self, actor=affairs.resident, key=""):
            call = affairs.call(actor, key, application_id=self.applied.id)
            return looking_up.renew(self.store, call)

    return Window()


def test_who_has_number_and_code_is_told_how_far_it_is_and_nothing_else(window):
    told = window.look()
    assert told["state"] == "submitted" and told["matter_name"] == window.applied.matter_name
    assert window.told()["number"] == number_of(window.applied.id)
    written = str(told)
    for hidden in (window.applied.applicant_name, window.applied.applicant_phone, window.applied.id):
        assert hidden not in written


def test_a_wrong_number_and_a_wrong_code_look_the_same(window):
    other = number_of("0" * 31 + "1")
    ways = [{"code": WRONG}, {"number": other}, {"number": other, "code": WRONG}]
    own = window.told()["number"]
    ways.append({"number": f"{own[:-1]}{(int(own[-1]) + 1) % 10}"})
    said = {str(window.refused(**one, address=f"192.0.{at}.1")) for at, one in enumerate(ways)}
    assert len(said) == 1


def test_what_was_erased_is_followed_by_nobody(window, affairs):
    code = window.told()["code"]
    application = affairs.applications.get(window.applied.id)
    affairs.applications.save(
        application, application.erase(application.applicant_id, MONDAY), affairs.call(affairs.resident)
    )
    assert window.refused(number=number_of(window.applied.id), code=code)[0] == "application.not_followed"


def test_a_new_code_ends_the_former_one_and_the_same_ask_twice_gives_one(window):
    before = window.told()["code"]
    after = window.renew(key="one")["code"]
    assert before != after == window.told()["code"]
    with pytest.raises(AlreadyAnswered):
        window.renew(key="one")
    assert window.told()["code"] == after
    assert window.refused(code=before)[0] == "application.not_followed"
    assert window.look()["state"] == "submitted"
    stored = window.store.documents.find_one({"_id": window.applied.id})
    assert after not in str(stored) and before not in str(stored)


def test_a_code_is_shown_to_the_applicant_and_the_window_only(window, affairs):
    assert window.told(affairs.official("clerk", "510183")) == window.told()
    for actor in (
        affairs.official("clerk", "510184"),
        affairs.official("village_administrator", "510183103204"),
        CivicActor("somebody", "resident", assurance=1),
    ):
        with pytest.raises(NotFound):
            window.told(actor)
    with pytest.raises(NotFound):
        window.renew(CivicActor("somebody", "resident", assurance=1))


def test_a_number_is_tried_a_few_times_an_hour_wherever_from_and_then_rests(window):
    for at in range(MOST["number"]):
        window.refused(code=WRONG, address=f"192.0.{at}.1")
    with pytest.raises(TooMany) as told:
        window.look(address="198.51.100.1")
    assert told.value.code == "application.too_many_look_ups"
    assert 0 < told.value.detail["retry_after"] <= 3600
    assert window.look(now=MONDAY + timedelta(minutes=61))["state"] == "submitted"


def test_a_number_that_is_none_rests_as_one_that_is(window):
    for at in range(MOST["number"]):
        window.refused(number=number_of("f" * 32), address=f"192.0.{at}.1")
    with pytest.raises(TooMany):
        window.look(number=number_of("f" * 32), address="198.51.100.1")


@pytest.mark.parametrize(
    ("what", "places"),
    [
        ("address", ["192.0.2.1"] * 30),
        ("network", [f"192.0.2.{at}" for at in range(30)]),
    ],
)
def test_one_address_and_one_network_have_an_end(window, what, places):
    numbers = (number_of(f"{at:09x}" + "0" * 23) for at in range(100, 200))
    for address in places[: MOST[what]]:
        window.refused(number=next(numbers), address=address)
    with pytest.raises(TooMany):
        window.look(number=next(numbers), address=places[MOST[what]])
    assert window.look(address="203.0.113.7")["state"] == "submitted"


def test_who_asks_is_not_kept(window):
    window.look()
    kept = str(list(window.limits.documents.find()))
    for told in ("192.0.2", window.told()["number"], window.told()["code"]):
        assert told not in kept


def test_what_is_missing_is_named_and_until_when(window, affairs):
    clerk = affairs.official("clerk", "510183")
    missing = [{"name": name, "note": "王秀英的"} for name in window.applied.required]
    asked = {"application_id": window.applied.id, "materials": missing, "text": "请带来"}
    loaded = contract.NotifyMissingMaterials().load(asked)
    scope = {"regions": "510183"}
    usecases.notify(affairs.applications, affairs.days, scope, affairs.call(clerk, **loaded))
    told = window.look()
    assert told["missing"] == window.applied.required and told["supply_by"]
    assert "王秀英" not in str(told) and "请带来" not in str(told)
