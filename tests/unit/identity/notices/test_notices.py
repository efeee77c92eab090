"""Everybody concerned is told, in a sentence, and nobody else."""

import pytest

from services.chassis.events.registry import import_all
from services.identity.notices.notifications.acts import ACTS
from services.identity.notices.notifications.listeners import NoticeListeners
from services.identity.notices.notifications.model import (
    OFFICES,
    TEMPLATES,
    every_office_concerned_is_notified,
    everybody_concerned_is_notified,
)
from services.identity.people.mandates.events import ACTS as LISTED

DECLARED = import_all()


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_notice_goes_to_a_person_whom_the_event_names(name):
    fields = DECLARED[name, 1]._declared_fields
    assert [field for field, _ in TEMPLATES[name] if field not in fields] == []


def test_every_event_that_tells_somebody_something_is_heard():
    doors = [getattr(door, "hears", None) for door in vars(NoticeListeners).values()]
    heard = {name for declaration in doors if declaration for name in declaration.names}
    assert {*TEMPLATES, *OFFICES, *ACTS} - heard == set()


def test_an_event_that_tells_of_an_act_under_a_mandate_only_wakes_nobody_else():
    doors = [door.hears for door in vars(NoticeListeners).values() if hasattr(door, "hears")]
    selected = {name for one in doors if one.selector == "mandate_id" for name in one.names}
    assert selected == set(ACTS) - set(TEMPLATES) - set(OFFICES)
    assert {one.queue for one in doors} == {"notifications"}


def test_buyer_and_seller_are_both_told_of_a_payment():
    told = everybody_concerned_is_notified("market.order.paid", {"buyer_id": "b", "seller_id": "s"})
    assert [person for person, _ in told] == ["s", "b"]


def test_an_event_that_concerns_nobody_tells_nobody():
    assert everybody_concerned_is_notified("identity.region.published", {"code": "510183"}) == []


def test_the_data_officers_of_the_region_are_told_of_a_webhook_that_was_disabled():
    asked = []

    def holders(role, region):
        asked.append((role, region))
        return ["o1", "o2"]

    told = every_office_concerned_is_notified("identity.webhook.disabled", {}, "510183103", holders)
    assert [person for person, _ in told] == ["o1", "o2"] and asked == [("data_officer", "510183103")]
    assert every_office_concerned_is_notified("market.order.paid", {}, "510183103", holders) == []
    assert set(OFFICES) <= {name for name, _ in DECLARED}


def test_the_village_that_has_to_accept_is_told_and_not_the_one_that_let_go():
    def holders(role, region):
        return [f"{role} of {region}"]

    told = every_office_concerned_is_notified(
        "identity.resident.released", {"to": "510183103203"}, "510183103204", holders
    )
    assert [person for person, _ in told] == ["village_administrator of 510183103203"]


@pytest.mark.parametrize("name", ACTS)
def test_ward_and_helper_are_both_told_of_every_act(name):
    ward, did = ACTS[name]
    data = {ward: "elder", "acted_by": "helper", "seller_id": "seller"}
    told = dict(everybody_concerned_is_notified(name, data))
    assert did in told["elder"] and did in told["helper"]
    assert len(told) == len(everybody_concerned_is_notified(name, data)), "one notice for one person"
    assert "代您" not in str(everybody_concerned_is_notified(name, {ward: "elder"}))


def test_what_is_listed_for_ever_is_what_both_are_told_of():
    assert set(ACTS) == set(LISTED)
