"""Who acts for another person comes through no door that does not say so, and through none with an old check."""

from datetime import timedelta

import pytest
from marshmallow import fields

from services.chassis.core.calls import Call, utc_now, write_call
from services.chassis.core.schemas import Answer
from services.chassis.events.outbox import EventPlace, entries
from services.chassis.events.registry import import_all
from services.chassis.rpc import rpc
from services.chassis.rpc.answering import RequestHandler
from services.civic.actor import CivicActor, MandateClaim
from services.civic.guards import GUARDS
from services.civic.operation import Operation

SOON = timedelta(seconds=10)


class Told(Answer):
    subject = fields.String()


def helper(ward="elder", holds=SOON, **more) -> CivicActor:
    return CivicActor("helper", "resident", on_behalf_of=MandateClaim("m1", ward, utc_now() + holds, **more))


def through(actor: CivicActor, **declared):
    method = rpc(Operation(None, Told, allow=("resident",), **declared))(
        lambda call: {"subject": call.actor.subject}
    )
    return RequestHandler("test.work", method.operation, GUARDS, CivicActor.from_wire).answer(
        method, {}, {"nameko.actor": actor.to_wire()}, "c"
    )


def test_a_door_that_says_so_works_on_what_is_the_wards():
    assert through(helper(), mandate="orders").result == {"subject": "elder"}


def test_a_door_that_does_not_say_so_refuses_before_anything_is_looked_up():
    assert through(helper()).error.code == "mandate.not_for_this"
    assert through(CivicActor("helper", "resident")).result == {"subject": "helper"}


def test_what_waited_longer_than_the_check_holds_is_not_done():
    assert through(helper(holds=-SOON), mandate="orders").error.code == "mandate.check_over"


@pytest.mark.parametrize("broken", [{"id": "m1"}, "m1", {"id": "m", "ward": "w", "until": "x", "kinds": []}])
def test_a_mandate_that_is_none_of_ours_is_no_mandate(broken):
    wire = {**CivicActor("helper", "resident").to_wire(), "on_behalf_of": broken}
    method = rpc(Operation(None, Told, allow=("resident",), mandate="orders"))(lambda call: {"subject": "x"})
    outcome = RequestHandler("test.work", method.operation, GUARDS, CivicActor.from_wire).answer(
        method, {}, {"nameko.actor": wire}, "c"
    )
    assert outcome.error.code == "rpc.malformed_request"


def test_one_key_for_two_wards_is_two_pieces_of_work_and_none_of_the_helpers_own():
    callers = (helper("elder"), helper("uncle"), CivicActor("helper", "resident"))
    keys = {write_call("m", {}, actor, "k" * 16).key for actor in callers}
    assert len(keys) == 3
    renewed = CivicActor("helper", "resident", on_behalf_of=MandateClaim("m2", "elder", utc_now()))
    assert write_call("m", {}, renewed, "k" * 16).key in keys


def test_every_event_of_an_act_says_who_acted_and_under_which_mandate():
    import_all()
    told = {"application_id": "a", "applicant_id": "elder", "matter_id": "x", "state": "submitted"}
    events = [("application.submitted", told)]

    def data_of(actor):
        return entries("affairs", "application", events, Call({}, actor), "a", EventPlace("510183"), 0)[0][
            "data"
        ]

    assert data_of(helper()) == {**told, "acted_by": "helper", "mandate_id": "m1"}
    assert data_of(CivicActor("elder", "resident")) == told


def test_an_event_that_cannot_be_an_act_is_never_told_as_one():
    import_all()
    told = {"resident_id": "r", "state": "certified", "assurance": 1}
    with pytest.raises(ValueError):
        entries(
            "identity",
            "resident",
            [("resident.certified", told)],
            Call({}, helper()),
            "r",
            EventPlace("510183"),
            0,
        )
