"""Everybody concerned is told, in a sentence, and nobody else."""

import pytest

from services.chassis.contracts import import_all
from services.identity.notifications.model import TEMPLATES, everybody_concerned_is_told

DECLARED = import_all()


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_notice_goes_to_a_person_whom_the_event_names(name):
    fields = DECLARED[name, 1]._declared_fields
    assert [field for field, _ in TEMPLATES[name] if field not in fields] == []


def test_buyer_and_seller_are_both_told_of_a_payment():
    told = everybody_concerned_is_told("market.order.paid", {"buyer_id": "b", "seller_id": "s"})
    assert [person for person, _ in told] == ["s", "b"]


def test_an_event_that_concerns_nobody_tells_nobody():
    assert everybody_concerned_is_told("identity.region.published", {"code": "510183"}) == []
