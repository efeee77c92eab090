"""The rules of registration and certification."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.core.errors import Conflict, Rejected
from services.civic.id_numbers import check_digit
from services.civic.masking import mask_name
from services.identity.people import papers
from services.identity.people.residents import model

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, tzinfo=UTC)
VECTORS = [
    row
    for row in csv.DictReader((Path(__file__).parents[3] / "data" / "vectors.csv").open(encoding="utf-8"))
    if row["kind"] == "resident_id"
]


def resident(**changes) -> model.Resident:
    values = {
        "id": "r1",
        "region": "510183103204",
        "name": "王秀英",
        "id_number_hash": "h",
        "masked_id_number": "5101**********0010",
        "phone": "13800000001",
        "password_hash": "p",
        "registered_at": NOW,
    }
    return model.Resident(**{**values, **changes})


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: row["note"])
def test_an_id_number_is_judged_by_its_date_and_check_digit_not_by_its_region(row):
    if row["checksum_and_shape_ok"] == "1":
        assert papers.the_id_number_is_valid(row["value"], TODAY) == row["value"]
    else:
        with pytest.raises(Rejected):
            papers.the_id_number_is_valid(row["value"], TODAY)


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999), st.integers(0, 16), st.integers(1, 9))
def test_every_single_wrong_digit_is_noticed(born, serial, place, shift):
    number = f"510183{born:%Y%m%d}{serial:03d}"
    number += check_digit(number)
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    assert papers.the_id_number_is_valid(number, TODAY) == number
    with pytest.raises(Rejected):
        papers.the_id_number_is_valid(wrong, TODAY)


def test_a_small_x_is_taken_as_the_check_digit():
    assert papers.the_id_number_is_valid("11010519491231002x", TODAY) == "11010519491231002X"


@pytest.mark.parametrize("number", ["", "五一零一八三一九九零零三零七零零", "51018319850607003х", "5" * 40])
def test_what_is_no_number_is_refused(number):
    with pytest.raises(Rejected):
        papers.the_id_number_is_valid(number, TODAY)


def test_somebody_who_is_not_born_yet_is_refused():
    number = "51018320261122001"
    with pytest.raises(Rejected, match="出生日期"):
        papers.the_id_number_is_valid(number + check_digit(number), TODAY)


def test_the_village_certifies_a_waiting_resident():
    her = resident()
    events = her.certify("official", NOW)
    assert (her.state, her.assurance, her.decided_by) == ("certified", 1, "official")
    assert events == [
        ("resident.certified", {"resident_id": "r1", "state": "certified", "edition": "", "assurance": 1})
    ]


def test_a_rejection_keeps_its_reason_out_of_the_event():
    her = resident()
    events = her.reject("official", "户口不在本村", NOW, NOW)
    assert her.reason == "户口不在本村"
    assert events == [("resident.rejected", {"resident_id": "r1", "state": "rejected", "edition": ""})]


@pytest.mark.parametrize("state", ["certified", "rejected"])
def test_certification_is_decided_once(state):
    with pytest.raises(Conflict):
        resident(state=state).certify("official", NOW)
    with pytest.raises(Conflict):
        resident(state=state).reject("official", "理由", NOW, NOW)


@pytest.mark.parametrize(
    ("name", "shown"), [("王秀英", "王*英"), ("王英", "王*"), ("欧阳秀英", "欧**英"), ("王", "王*")]
)
def test_names_are_masked(name, shown):
    assert mask_name(name) == shown


def test_numbers_and_phones_are_masked():
    assert papers.mask_id_number("510183199003070013") == "5101**************"
    assert resident().masked_phone == "138****0001"
