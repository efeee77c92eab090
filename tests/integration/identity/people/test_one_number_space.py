"""Eighteen digits are one person's, whatever paper they are read from: also where an entry is older than that rule."""

import pytest

from services.civic.id_numbers import check_digit
from services.identity.people.residents.doubles import NumberTaken
from services.identity.people.residents.numbers import ending_is
from tests.integration.identity.village_scene import Village


def national(first_seventeen: str) -> str:
    return first_seventeen + check_digit(first_seventeen)


PERMIT = national("83000019850607003")
"""Of a resident of Taiwan: written on a residence permit, and often entered as if it were on an ID card."""


@pytest.fixture
def village(database):
    return Village(database)


def certify(village, her):
    return village.certify(her)


def test_a_permit_entered_as_an_id_card_is_a_permit(village):
    assert village.register(id_number=PERMIT, paper="id_card").paper == "residence_permit"


@pytest.mark.parametrize("papers", [("id_card", "residence_permit"), ("residence_permit", "id_card")])
def test_nobody_is_certified_twice_by_naming_another_paper(village, papers):
    first, second = (village.register(id_number=PERMIT, paper=paper) for paper in papers)
    certify(village, first)
    with pytest.raises(NumberTaken):
        certify(village, second)


def test_an_entry_from_before_still_holds_its_number(village):
    older = village.register(id_number=PERMIT, paper="residence_permit")
    kept = {"id_number_hash": f"h residence_permit:{PERMIT}", "ending_hash": ""}
    village.residents.documents.update_one({"_id": older.id}, {"$set": kept})
    certify(village, older)
    for paper in ("id_card", "residence_permit"):
        with pytest.raises(NumberTaken):
            certify(village, village.register(id_number=PERMIT, paper=paper))


def test_numbers_that_are_not_national_stay_apart_by_their_paper(village):
    for paper in ("passport", "temporary_certificate"):
        certify(village, village.register(id_number="E12345678", paper=paper, country="VNM"))


def test_a_sign_in_by_code_takes_the_ending_of_any_paper(village):
    def hashed(text):
        return f"h {text}"

    her = village.register(id_number="e1234 567K", paper="passport", country="vnm")
    assert ending_is(her, "567K", hashed)
    assert not ending_is(her, "**7K", hashed)


def test_the_ending_of_an_entry_from_before_is_read_from_its_mask(village):
    her = village.register(id_number="11010519491231002X")
    village.residents.documents.update_one(
        {"_id": her.id}, {"$unset": {"ending_hash": 1}, "$set": {"masked_id_number": "1101**********002X"}}
    )
    assert ending_is(village.reload(her), "002X", lambda text: f"h {text}")
    assert not ending_is(village.reload(her), "0021", lambda text: f"h {text}")
