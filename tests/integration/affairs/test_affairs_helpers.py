"""A helper applies for an elder: within the kinds of the mandate, and the elder's own papers stay hers."""

from datetime import timedelta

import pytest

from services.affairs.matters.applications import contract, files, usecases, views
from services.chassis.core.calls import Call, utc_now
from services.chassis.core.errors import Conflict, Forbidden, NotFound
from services.civic.actor import CivicActor, MandateClaim

PAPERS = [{"name": "居民身份证", "note": "5101"}, {"name": "居民户口簿", "note": ""}]


def helper(*kinds: str) -> CivicActor:
    mandate = MandateClaim("mandate-1", "r1", utc_now() + timedelta(seconds=10), kinds)
    return CivicActor("r2", "resident", assurance=1, on_behalf_of=mandate)


@pytest.fixture
def apply(affairs):
    def run(actor, matter="m1"):
        asked = {
            "matter_id": matter,
            "name": "王秀英",
            "phone": "13800000013",
            "materials": PAPERS[:1],
            "answers": {},
        }
        call = affairs.call(actor, render=contract.Application().dump, **asked)
        parts = (affairs.applications, affairs.people, affairs.moves, affairs.matters, affairs.days)
        return usecases.apply_for_matter(*parts, lambda person: None, call)

    return run


def own(affairs, actor) -> list[str]:
    call = Call({"limit": 20}, actor)
    return [one.id for one in views.own(affairs.applications, call)["items"]]


def events(affairs, id) -> list[dict]:
    return [one["data"] for one in affairs.applications.documents.find_one(id)["outbox"]]


def test_an_application_by_a_helper_is_the_elders_and_its_event_says_who_acted(affairs, apply):
    made = apply(helper())
    assert (made.applicant_id, made.acted_by, made.steps[0]["acted_by"]) == ("r1", "r2", "r2")
    (told,) = events(affairs, made.id)
    assert (told["acted_by"], told["mandate_id"]) == ("r2", "mandate-1")
    assert own(affairs, affairs.resident) == own(affairs, helper()) == [made.id]
    assert own(affairs, affairs.other_resident) == []


def test_the_elder_and_her_helper_cannot_both_apply_for_one_matter(affairs, apply):
    apply(affairs.resident)
    with pytest.raises(Conflict):
        apply(helper())
    assert apply(affairs.other_resident).applicant_id == "r2"


def test_a_mandate_for_some_kinds_covers_and_shows_these_only(affairs, apply):
    made = apply(affairs.resident)
    with pytest.raises(Forbidden):
        apply(helper("5"), "m2")
    assert own(affairs, helper("5")) == [] and own(affairs, helper("5", "20")) == [made.id]
    call = affairs.call(helper("5"), application_id=made.id)
    with pytest.raises(NotFound):
        files.withdraw(affairs.applications, affairs.files, call)


def test_a_step_by_the_elder_herself_names_no_helper(affairs, apply):
    made = apply(helper())
    call = affairs.call(affairs.resident, application_id=made.id)
    files.withdraw(affairs.applications, affairs.files, call)
    submitted, withdrawn = events(affairs, made.id)
    assert submitted["acted_by"] == "r2" and "acted_by" not in withdrawn
    steps = affairs.applications.get(made.id).steps
    assert "acted_by" not in steps[1]
