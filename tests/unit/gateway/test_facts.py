"""What an account says comes from identity, once it is needed, for who acts; nobody sends it, and no log shows it."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from gateway import facts
from gateway.routing import Named, Route
from services.affairs.matters.applications import contract
from services.chassis.core.calls import utc_now
from services.chassis.core.errors import Conflict, DomainError
from services.civic.actor import SYSTEM, CivicActor, MandateClaim
from services.civic.forms.facts import NUMBER_UNASKED

WHO = CivicActor("r1", "resident")
HELPER = replace(WHO, on_behalf_of=MandateClaim("m1", "ward", utc_now()))
WANTED = {"id_number": [["elder", "number"], ["spouse", "own"]]}
NEEDED = Conflict(facts.NEEDED, "", wanted=WANTED)
SAYS = {"name": "张素芳", "phone": None, "number_fits": True}


class Services:
    """Answers in turn, and keeps what was asked."""

    def __init__(self, *answers):
        self.answers, self.asked = list(answers), []

    def call(self, service, method, request, actor, **more):
        self.asked.append((f"{service}.{method}", request, actor, more.get("key")))
        answer = self.answers.pop(0)
        if isinstance(answer, DomainError):
            raise answer
        return answer


def route(**more) -> Route:
    named = Named("affairs", "apply_for_matter", contract.apply_for_matter)
    return Route("POST", "/applications", named, "", **more)


@pytest.mark.parametrize(
    ("answers", "number"),
    [
        ({"elder": {"number": " 1 "}}, " 1 "),
        ({"elder": {"number": ""}, "spouse": {"own": "2"}}, "2"),
        ({"elder": [{"number": "1"}]}, None),
        ({"elder": {"number": 1}}, None),
        ("elder", None),
        (None, None),
    ],
)
def test_identity_is_told_the_number_that_was_typed_and_nothing_else(answers, number):
    services = Services(NEEDED, SAYS, "done")
    asked = {"matter_id": "m1", "answers": answers, "facts": [["name", "别人"]]}
    assert route(facts=True).ask(services, asked, HELPER, "key", None) == "done"
    first, second, third = services.asked
    assert second == ("identity.account_facts", {"resident_id": "ward", "id_number": number}, SYSTEM, None)
    assert (first[2].facts, third[:2], third[3]) == (None, first[:2], "key")
    assert dict(third[2].facts) == {"name": "张素芳"} | ({"id_number": number} if number else {})


def test_a_number_that_is_not_the_accounts_is_no_fact():
    services = Services({**SAYS, "number_fits": False})
    told = facts.told(services, WHO, NEEDED, {"answers": {"elder": {"number": "1"}}})
    assert told.facts == (("name", "张素芳"),)


@pytest.mark.parametrize("refusal", [NEEDED, Conflict("application.open_already", "")])
def test_only_a_route_that_takes_facts_asks_for_them_and_only_where_they_are_needed(refusal):
    services = Services(refusal)
    with pytest.raises(Conflict):
        route(facts=refusal is not NEEDED).ask(services, {}, WHO, "key", None)
    assert len(services.asked) == 1


def test_whom_the_village_vouches_for_applies_under_that_name_and_the_number_is_compared_once_it_is_wanted():
    services = Services(SAYS, "done")
    assert route(by_account=True).ask(services, {}, HELPER, "key", None) == "done"
    first, second = services.asked
    assert first == ("identity.account_facts", {"resident_id": "ward", "id_number": None}, SYSTEM, None)
    assert dict(second[2].facts) == {"name": "张素芳", NUMBER_UNASKED: "yes"}
    services = Services(SAYS, NEEDED, SAYS, "done")
    asked = {"answers": {"elder": {"number": "1"}}}
    assert route(facts=True, by_account=True).ask(services, asked, WHO, "key", None) == "done"
    assert dict(services.asked[3][2].facts) == {"name": "张素芳", "id_number": "1"}


def test_whom_no_village_vouches_for_is_refused_by_the_operation_and_who_has_no_account_is_not_asked_about():
    services = Services(Conflict("resident.not_vouched_for", ""), "refused")
    assert route(by_account=True).ask(services, {}, WHO, "key", None) == "refused"
    assert services.asked[1][2].facts == ()
    services = Services("done")
    assert route(by_account=True).ask(services, {}, CivicActor("v1", "visitor"), "key", None) == "done"


def test_facts_travel_with_the_actor_and_stand_in_no_log():
    told = CivicActor("r1", "resident", facts=(("name", "张素芳"),))
    assert CivicActor.from_wire(told.to_wire()) == told
    assert CivicActor.from_wire(WHO.to_wire()).facts is None
    assert "张素芳" not in repr(SimpleNamespace(actor=told))


ENTERED = {"agreed": True, "born_on": None, "disability_grade": 2, "away": False}


@pytest.mark.parametrize(
    ("entered", "known"),
    [
        (ENTERED, (("agreed", "yes"), ("disability_grade", "2"))),
        (dict.fromkeys(ENTERED), ()),
    ],
)
def test_what_the_village_has_entered_of_the_ward_is_asked_for_where_that_is_needed(entered, known):
    services = Services(Conflict(facts.FITTING, ""), entered, "done")
    assert route(facts=True).ask(services, {"known": True}, HELPER, None, None) == "done"
    assert services.asked[1][:3] == ("identity.fitting_facts", {"resident_id": "ward"}, SYSTEM)
    assert services.asked[2][2].facts == known
