"""How an office is reached: told by towns and villages, and told anew."""

from datetime import UTC, datetime

import pytest

from services.chassis.core.errors import Rejected
from services.identity.divisions.contacts.model import Contact, only_a_town_or_a_village_has_a_contact

NOW = datetime(2026, 12, 1, tzinfo=UTC)


@pytest.mark.parametrize("region", ["510183103", "510183103204"])
def test_a_town_and_a_village_have_a_contact(region):
    only_a_town_or_a_village_has_a_contact(region)


def test_a_county_has_none():
    with pytest.raises(Rejected) as refused:
        only_a_town_or_a_village_has_a_contact("510183")
    assert refused.value.code == "contact.no_office"


def test_what_is_not_told_again_is_told_no_more():
    one = Contact("510183103204", "510183103204", "028-1", "3 组", "周一", NOW)
    assert one.tell("028-88790000", None, None, NOW) == [("contact.told", {"phone": "028-88790000"})]
    assert (one.phone, one.address, one.hours) == ("028-88790000", None, None)
