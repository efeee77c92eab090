"""Somebody without an account applies where the office lets them, follows it with the phone, and keeps it after registering."""

import pytest

from services.affairs.matters.applications import contract, files, usecases, views
from services.affairs.service import Service
from services.chassis.core.actor import Role
from services.chassis.core.calls import Call, event_call
from services.chassis.core.errors import Conflict, DomainError, NotFound
from services.chassis.events.event import Envelope
from services.civic.actor import CivicActor
from tests.integration.affairs.conftest import MONDAY, VILLAGE

VISITOR = CivicActor("v1", "visitor", (Role("named_visitor", VILLAGE),), edition="2019")
OTHER_VISITOR = CivicActor("v2", "visitor", (Role("named_visitor", VILLAGE),), edition="2019")
PHONE_ONLY = CivicActor("p1", "visitor", merged=("v1",))
RESIDENT = CivicActor("r1", "resident", assurance=1, merged=("v1",))
"""Who registered later and has taken over what the visitor did."""


@pytest.fixture
def open_matter(affairs):
    """m1 takes visitors, m2 does not."""
    matter = affairs.matters.get("m1")
    affairs.matters.save(matter, matter.change({"visitors": True}, MONDAY), affairs.call(affairs.clerk))


@pytest.fixture
def apply(affairs, open_matter):
    def run(actor, matter="m1", key=""):
        asked = {
            "matter_id": matter,
            "name": "王秀英",
            "phone": "13800000013",
            "materials": [],
            "answers": {},
        }
        call = affairs.call(actor, key, render=contract.Application().dump, **asked)
        parts = (affairs.applications, affairs.people, affairs.moves, affairs.matters, affairs.days)
        return usecases.apply_for_matter(*parts, lambda person: None, call)

    return run


def seen(affairs, actor, id, view=views.one):
    try:
        return view(affairs.applications, Call({"application_id": id}, actor))
    except NotFound:
        return None


def refused(work, *args) -> str:
    with pytest.raises(DomainError) as refusal:
        work(*args)
    return refusal.value.code


def test_a_visitor_applies_in_the_named_village_and_the_office_sees_that_it_is_one(affairs, apply):
    made = apply(VISITOR)
    assert (made.region, made.edition, made.applicant_id, made.visitor_id) == (VILLAGE, "2019", "v1", "v1")
    assert seen(affairs, affairs.clerk, made.id)["visitor_id"] == "v1"
    assert apply(affairs.resident).visitor_id is None


def test_a_visitor_applies_only_for_what_the_office_has_opened_to_visitors(affairs, apply):
    assert refused(apply, VISITOR, "m2") == "application.not_for_visitors"
    assert apply(affairs.resident, "m2").applicant_id == "r1"


def test_a_village_that_has_moved_since_the_visit_began_is_the_one_of_today(affairs, apply):
    affairs.moves.documents.insert_one(
        {
            "_id": "x",
            "code": VILLAGE,
            "earlier": "2019",
            "later": "2020",
            "new": ["510183103299"],
            "adoption": "a",
        }
    )
    assert apply(VISITOR).region == "510183103299"


def test_a_visitor_has_one_open_application_for_one_matter(apply):
    apply(VISITOR)
    with pytest.raises(Conflict):
        apply(VISITOR)
    assert apply(OTHER_VISITOR).applicant_id == "v2"


def test_another_visitor_sees_nothing_and_the_phone_alone_shows_how_far_it_is(affairs, apply):
    made = apply(VISITOR)
    assert seen(affairs, OTHER_VISITOR, made.id) is None
    assert seen(affairs, OTHER_VISITOR, made.id, views.progress) is None
    shown = contract.ApplicationProgress().dump(seen(affairs, PHONE_ONLY, made.id, views.progress))
    assert shown["state"] == "submitted" and shown["applicant_name"] == "王*英"
    assert not {"materials", "notice", "reason", "comment"} & shown.keys()


def test_a_visitor_withdraws_the_own_application_and_nobody_elses(affairs, apply):
    made = apply(VISITOR)

    def withdraw(actor):
        call = affairs.call(actor, application_id=made.id)
        return files.withdraw(affairs.applications, affairs.files, call)

    assert refused(withdraw, OTHER_VISITOR) == "application.not_found"
    assert withdraw(VISITOR).state == "withdrawn"


def test_who_has_taken_over_reads_and_goes_on_with_what_the_visitor_began(affairs, apply):
    made = apply(VISITOR)
    assert [one.id for one in views.own(affairs.applications, Call({"limit": 20}, RESIDENT))["items"]] == [
        made.id
    ]
    call = affairs.call(RESIDENT, application_id=made.id)
    assert files.withdraw(affairs.applications, affairs.files, call).state == "withdrawn"
    assert seen(affairs, affairs.resident, made.id) is None


def test_what_a_forgotten_visitor_applied_for_is_erased_however_often_it_is_told(affairs, apply):
    made, other = apply(VISITOR), apply(OTHER_VISITOR)
    service = Service()
    service.held_of_a_person = Service.held_of_a_person.make(affairs.applications.database)
    told = {"visitor_id": "v1", "state": "forgotten"}
    event = Envelope("e1", "xiangzhi.identity.visitor.forgotten.v1", "/t", "v1", MONDAY, VILLAGE, 2, told, "")
    for _ in range(2):
        service.on_identity_visitor_forgotten(event, event_call("e1", told, MONDAY))
    gone = affairs.applications.get(made.id)
    assert (gone.erased, gone.applicant_phone, gone.state) == (True, "", "withdrawn")
    assert not affairs.applications.get(other.id).erased
