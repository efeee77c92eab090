"""Phones and names, as people type them."""

import pytest
from marshmallow import ValidationError

from services.civic.inputs import ContactPhone, OfficePhone, PersonId, PersonName, Phone


@pytest.mark.parametrize(
    "typed",
    ["13900000001", "139 0000 0001", "+86 139-0000-0001", "86 13900000001", "0086-13900000001", "\u202a139\u202c00000001", "１３９００００0001", "+86–139–0000–0001"],
)  # fmt: skip
def test_a_mobile_is_one_number(typed):
    assert Phone().deserialize(typed) == "13900000001"


@pytest.mark.parametrize(
    "wrong", ["12900000001", "1390000000", "86139000000012", "+1 3900000001", "", "abc", "о13900000001"]
)
def test_what_is_no_mobile_is_refused_in_chinese(wrong):
    with pytest.raises(ValidationError, match="11 位"):
        Phone().deserialize(wrong)


def test_none_is_one_where_it_may_be():
    assert Phone(optional=True).deserialize(" ") == ""
    with pytest.raises(ValidationError, match="或不填"):
        Phone(optional=True).deserialize("139")


def test_an_office_has_a_landline():
    assert OfficePhone().deserialize("028－8879 0000") == "028-88790000"
    with pytest.raises(ValidationError, match="办公电话"):
        OfficePhone().deserialize("-88790000")


def test_a_field_says_what_it_is_called():
    assert PersonName("收货人姓名").metadata["description"] == "收货人姓名"
    assert Phone(metadata={"description": "联系电话"}).metadata["description"] == "联系电话"


def test_who_is_reached_has_a_mobile_or_a_landline():
    field = ContactPhone()
    assert [field.deserialize(one) for one in ("+86 139 0000 0001", "139-0000-0001", "028—8879 0000", "02888790000")] == [
        "13900000001", "13900000001", "028-88790000", "02888790000",
    ]  # fmt: skip
    for wrong in ("88790000", "139", "12900000001"):
        with pytest.raises(ValidationError, match="座机号"):
            field.deserialize(wrong)


@pytest.mark.parametrize("typed", ["劉 素 華", " 劉\u3000素\u3000\u3000華 ", "劉\n素\t華", "劉 \u200b素華"])
def test_a_name_of_han_has_no_blanks_inside(typed):
    assert PersonName().deserialize(typed) == "劉素華"


@pytest.mark.parametrize("name", ["Anna Maria Roth", "阿依古丽 Aygul", "𠮷田 Ichiro", "ཚེ་རིང སྒྲོལ"])
def test_blanks_between_other_letters_stay(name):
    assert PersonName().deserialize(name) == name


def test_rare_han_are_han():
    assert PersonName().deserialize("𠮷 㐂 〇 李") == "𠮷㐂〇李"


@pytest.mark.parametrize(
    "typed",
    ["0123456789abcdef0123456789abcdef", " 0123 4567 89ab cdef 0123 4567 89ab cdef\n", "01234567-89AB-CDEF-0123-456789ABCDEF", "\u200b0123456789ABCDEF\u00a00123456789abcdef"],
)  # fmt: skip
def test_who_is_named_by_a_number_is_one_however_it_is_written(typed):
    assert PersonId().deserialize(typed) == "0123456789abcdef0123456789abcdef"


def test_an_id_that_is_no_such_number_keeps_its_letters():
    assert PersonId().deserialize("Ab-1_c") == "Ab-1_c"
    with pytest.raises(ValidationError, match="编号"):
        PersonId().deserialize("王芳")
