"""What somebody has filled in and not sent: theirs alone, as they left it, for a while, and gone with them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from services.affairs.matters.applications import draft_shapes, drafting, scopes, usecases
from services.affairs.matters.applications.draft_model import KEPT
from services.affairs.matters.catalogue import usecases as catalogue
from services.chassis.core.calls import Call, utc_now
from services.chassis.core.errors import AlreadyAnswered, Conflict, DomainError, NotFound, Rejected
from services.civic.actor import MandateClaim
from tests.integration.affairs.test_forms_of_matters import KNOWN
from tests.unit.affairs.matter_forms import ELDER, allowance

HALF = {"elder": {"number": "5101", "way": "社保卡"}, "cash": {}}


def save(affairs, actor=None, now=None, leave=lambda person: None, **asked):
    told = draft_shapes.SaveApplicationDraft().load({"matter_id": "m1", **asked})
    call = affairs.call(actor or affairs.resident, now=now or utc_now(), **told)
    stores = (affairs.drafts, affairs.applications, affairs.people, affairs.moves, affairs.matters)
    return drafting.save(*stores, leave, call)


def own(affairs, actor=None):
    call = Call({"limit": 20, "cursor": None}, actor or affairs.resident)
    return draft_shapes.ApplicationDraftPage().dump(drafting.own(affairs.drafts, affairs.matters, call))[
        "items"
    ]


def one(affairs, actor=None):
    return drafting.one(affairs.drafts, affairs.matters, Call({"matter_id": "m1"}, actor or affairs.resident))


def change(affairs, **asked):
    scope = scopes.only_the_office_of_the_region(affairs.clerk)
    catalogue.change(
        affairs.matters, affairs.versions, scope, affairs.call(affairs.clerk, matter_id="m1", **asked)
    )


@pytest.fixture
def with_form(affairs):
    change(affairs, form=allowance())
    return affairs


def test_what_is_kept_is_what_was_filled_in_unchecked_and_the_database_holds_no_word_of_it(with_form):
    save(with_form, name="张", phone="138", materials=[{"name": "户口簿", "note": "在家"}], answers=HALF)
    found = one(with_form)
    assert (found.name, found.phone, found.answers) == ("张", "138", HALF)
    [row] = own(with_form)
    assert (row["pages"], row["pages_filled"], row["standing"]) == (3, 1, "current")
    kept = str(with_form.drafts.documents.find_one())
    assert "5101" not in kept.replace("510183", "") and "在家" not in kept


def test_there_is_one_for_a_matter_and_it_begins_its_time_anew(with_form):
    first = save(with_form, answers=HALF)
    later = save(with_form, now=utc_now() + timedelta(days=1), answers={"elder": {"way": "现金"}})
    assert with_form.drafts.documents.count_documents({}) == 1
    assert later.ends_at - first.ends_at >= timedelta(hours=23)
    assert one(with_form).answers == {"elder": {"way": "现金"}}


def test_it_says_when_the_matter_has_another_version_or_takes_no_applications(with_form):
    began = save(with_form, answers=HALF).matter_number
    change(with_form, promise_days=3)
    assert [(row["standing"], row["matter_number"]) for row in own(with_form)] == [("revised", began)]
    assert save(with_form, answers=HALF).matter_number == began
    scope = scopes.only_the_office_of_the_region(with_form.clerk)
    closed = with_form.call(with_form.clerk, matter_id="m1", reason="名额已满", withdrawn_to="")
    catalogue.withdraw(with_form.matters, scope, closed)
    assert one(with_form).standing == "withdrawn"
    with pytest.raises(Rejected):
        save(with_form, answers=HALF)


def test_nobody_else_finds_it_and_a_helper_only_within_the_mandate(with_form):
    save(with_form, answers=HALF)
    kind = with_form.matters.get("m1").kind
    within = replace(
        with_form.other_resident,
        on_behalf_of=MandateClaim("d1", "r1", utc_now() + timedelta(days=1), (kind,)),
    )
    beyond = replace(within, on_behalf_of=replace(within.on_behalf_of, kinds=("none",)))
    assert one(with_form, within).answers == HALF
    for stranger in (with_form.other_resident, beyond):
        assert own(with_form, stranger) == []
        with pytest.raises(NotFound):
            one(with_form, stranger)
        drafting.discard(with_form.drafts, with_form.call(stranger, matter_id="m1"))
    with pytest.raises(DomainError):
        save(with_form, beyond, answers=HALF)
    assert len(own(with_form)) == 1


def test_one_whose_time_is_over_is_gone_and_makes_room(with_form):
    save(with_form, now=utc_now() - KEPT - timedelta(seconds=1), answers=HALF)
    with pytest.raises(NotFound):
        one(with_form)
    save(with_form, answers={})
    assert one(with_form).answers == {}


def test_who_is_leaving_keeps_nothing_and_an_erasure_deletes_all(with_form):
    def leave(person):
        raise Conflict("departure.no_application", "")

    with pytest.raises(Conflict):
        save(with_form, answers=HALF, leave=leave)
    assert with_form.drafts.documents.count_documents({}) == 0
    save(with_form, answers=HALF)
    save(with_form, with_form.other_resident, answers=HALF)
    with_form.drafts.forget("r1")
    assert own(with_form) == [] and len(own(with_form, with_form.other_resident)) == 1


def test_what_was_sent_leaves_no_draft_nor_does_a_second_tab_or_a_repeat(with_form):
    answers = {"elder": {"number": ELDER, "way": "社保卡"}, "cash": {"somebody": False}}
    asked = {"matter_id": "m1", "name": None, "phone": "13800000013", "materials": [], "answers": answers}
    call = with_form.call(replace(with_form.resident, facts=KNOWN), **asked)
    stores = (with_form.applications, with_form.people, with_form.moves, with_form.matters)

    def send():
        with drafting.ended_when_sent(with_form.drafts, call):
            return usecases.apply_for_matter(*stores, with_form.days, lambda person: None, call)

    draft = save(with_form, answers=HALF)
    sent = send()
    assert own(with_form) == []
    with pytest.raises(Conflict) as refused:
        save(with_form, answers=HALF)
    assert refused.value.code == "application.open_already" and own(with_form) == []
    with_form.drafts.add(
        draft, [], call.without_key()
    )  # as if the first time had ended between the two writes
    with pytest.raises(AlreadyAnswered):
        send()
    assert own(with_form) == []
    with_form.applications.save(sent, sent.withdraw(utc_now()), call.without_key())
    save(with_form, answers=HALF)
    assert len(own(with_form)) == 1


def test_two_devices_at_once_keep_one_and_two_that_send_it_make_one_application(with_form):
    def kept(number):
        try:
            return save(with_form, answers={"elder": {"number": str(number)}})
        except Conflict as refused:
            return refused.code

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(kept, range(8)))
    assert with_form.drafts.documents.count_documents({}) == 1
    assert any(not isinstance(made, str) for made in done)

    answers = {"elder": {"number": ELDER, "way": "社保卡"}, "cash": {"somebody": False}}
    actor = replace(with_form.resident, facts=KNOWN)
    asked = {"matter_id": "m1", "name": None, "phone": "13800000013", "materials": [], "answers": answers}

    def sent(_number):
        stores = (with_form.applications, with_form.people, with_form.moves, with_form.matters)
        call = with_form.call(actor, **asked)
        try:
            return usecases.apply_for_matter(*stores, with_form.days, lambda person: None, call).id
        except Conflict as refused:
            return refused.code

    with ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(sent, range(4)))
    assert ends.count("application.open_already") == 3
    assert with_form.applications.documents.count_documents({}) == 1
