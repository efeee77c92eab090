"""A short number becomes the id that it is of, wherever a request names somebody; nobody's stays as it was typed."""

import pytest

from gateway import named_people
from gateway.routes import ALL
from services.chassis.core.actor import Role
from services.chassis.core.calls import Caller
from services.chassis.core.errors import NotFound, TooMany
from services.civic.actor import SYSTEM, CivicActor
from services.civic.short_numbers import number_of
from services.identity.people.households.contract import form_household
from services.identity.people.mandates.contract import offer_mandate, record_mandate
from services.market.selling.listings.contract import offer_produce

HELPER, WARD = "e27a1bb4693a5db494e9bb67c1c5f0e8", "0f7a1bb4693a5db494e9bb67c1c5f0e8"
NOBODY = "1" * 32
VILLAGE = CivicActor("o1", "official", (Role("village_administrator", "510183103204"),))
RESIDENT = CivicActor("r1", "resident", assurance=1)


class Identity:
    """Knows two people, and keeps what it was asked."""

    def __init__(self):
        self.asked = []

    def call(self, service, method, request, actor, caller=None):
        self.asked.append((f"{service}.{method}", request["number"], actor))
        self.told = (request["asked_by"], caller)
        for one in (HELPER, WARD):
            if number_of(one) == request["number"]:
                return {"id": one}
        raise NotFound("resident.not_found", "")


def test_each_number_of_a_request_is_asked_for_and_ids_are_not():
    identity = Identity()
    asked = {
        "helper_id": f" {number_of(HELPER)[:6]} {number_of(HELPER)[6:]}",
        "ward_id": WARD,
        "witness_id": number_of(NOBODY),
    }
    told = named_people.by_id(identity, record_mandate, asked, VILLAGE)
    assert told == {**asked, "helper_id": HELPER}
    assert {one[1:] for one in identity.asked} == {(number_of(HELPER), SYSTEM), (number_of(NOBODY), SYSTEM)}


def test_also_inside_a_list():
    members = [{"resident_id": number_of(WARD), "relation": "head"}, "no row"]
    told = named_people.by_id(Identity(), form_household, {"members": members}, VILLAGE)
    assert told["members"] == [{"resident_id": WARD, "relation": "head"}, "no row"]


def test_what_is_no_number_or_a_wrong_one_is_left_to_the_service():
    identity = Identity()
    for given in (12, None, "王芳", "123456789012", HELPER):
        assert named_people.by_id(identity, offer_mandate, {"helper_id": given}, RESIDENT) == {
            "helper_id": given
        }
    assert named_people.by_id(identity, offer_produce, {"title": number_of(HELPER)}, RESIDENT) == {
        "title": number_of(HELPER)
    }
    assert identity.asked == []


def test_nothing_is_asked_for_who_may_not_do_it_and_no_more_than_people_are_ever_named():
    identity = Identity()
    members = [{"resident_id": number_of(HELPER), "relation": "other"}] * 500
    for actor in (RESIDENT, CivicActor("", "anonymous")):
        assert named_people.by_id(identity, form_household, {"members": members}, actor) == {
            "members": members
        }
    assert identity.asked == []
    named_people.by_id(identity, form_household, {"members": members}, VILLAGE)
    assert len(identity.asked) == named_people.MOST


def test_identity_hears_who_names_somebody_and_where_from_so_that_guesses_are_counted():
    identity, caller = Identity(), Caller("192.0.2.7")
    named_people.by_id(identity, offer_mandate, {"helper_id": number_of(NOBODY)}, RESIDENT, caller)
    assert identity.told == ("r1", caller)
    assert named_people.asks_where_from(offer_mandate)
    assert not named_people.asks_where_from(offer_produce)


def test_who_has_guessed_too_often_is_told_so_and_the_operation_is_not_asked():
    class Tired(Identity):
        def call(self, *asked, **more):
            raise TooMany("resident.too_many_numbers", "", retry_after=60)

    with pytest.raises(TooMany):
        named_people.by_id(Tired(), offer_mandate, {"helper_id": number_of(HELPER)}, RESIDENT)


def test_the_operation_itself_is_not_told_where_a_request_comes_from_unless_it_asks():
    class Gateway(Identity):
        def call(self, service, method, request, actor, *, caller=None, key=None):
            self.asked.append((method, caller))
            return {"id": HELPER} if method == "whose_number" else {}

    identity, caller = Gateway(), Caller("192.0.2.7")
    route = next(one for one in ALL if one.name == "offer_mandate" and not one.moved_to)
    route.ask(identity, {"helper_id": number_of(HELPER)}, RESIDENT, "k" * 16, caller)
    assert identity.asked == [("whose_number", caller), ("offer_mandate", None)]
