"""What people type everywhere: their names and phones. Cleaned here, so that one person is one person in every service."""

import re
from datetime import date

from marshmallow import ValidationError, validate
from stdnum import luhn

from services.chassis.core import cleaning
from services.chassis.core.schemas import Compact, Id, Name, Plain, described
from services.civic import short_numbers
from services.civic.id_numbers import birth_date, check_digit

MOBILE = "1[3-9][0-9]{9}"
"""Numbers of the People's Republic's mobile networks (电信网编号计划 2017: 13 to 19, eleven digits)."""

_COUNTRY_CODE = re.compile(rf"(?:\+|00)?86({MOBILE})")
_HAN = "[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_BETWEEN_HAN = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
WRONG_NUMBER = "编号有一位不对，请对照 12 位数字再核对一遍。"
WRONG_PHONE = "手机号应为 11 位数字，以 1 开头。"
WRONG_CARD = "银行卡号应为 13 至 19 位数字，请对照卡面核对。"


def national(phone: str) -> str:
    """Write a mobile number as it is dialled at home: without +86, 86 or 0086 in front."""
    abroad = _COUNTRY_CODE.fullmatch(phone)
    return abroad[1] if abroad else phone


class Phone(Compact):
    """A mobile number, eleven digits; `optional` takes an empty one as none."""

    def __init__(self, optional: bool = False, **kwargs):
        form, error = (
            (f"(?:{MOBILE})?", "请填写 11 位手机号码，或不填。") if optional else (MOBILE, WRONG_PHONE)
        )
        super().__init__(form, error, **described("手机号", kwargs))

    def _deserialize(self, value, attr, data, **kwargs):
        return national(super()._deserialize(value, attr, data, **kwargs))


class NumberedId(Id):
    """An id, or the short number of one, read out or copied: blanks, dashes between groups and capitals are no part of either."""

    GIVEN = re.compile("[0-9a-f]{32}")

    def _deserialize(self, value, attr, data, **kwargs):
        text = super()._deserialize(value, attr, data, **kwargs)
        plain = cleaning.compact(text).lower()
        if short_numbers.looks_like_a_number(plain):
            if not short_numbers.is_right(plain):
                raise ValidationError(WRONG_NUMBER)
            return plain
        return plain if self.GIVEN.fullmatch(plain) else cleaning.visible(text).strip()


class PersonId(NumberedId):
    """The id or number by which one person names another; the gateway asks identity whose a number is (`gateway/named_people.py`)."""


class OfficePhone(Plain):
    """A number that an office answers: digits with dashes where they are written, 028-88790000."""

    def __init__(self, description: str = "办公电话", **kwargs):
        right = validate.Regexp(r"\A[0-9][0-9\-]{4,19}\Z", error="请填写办公电话，如 028-88790000。")
        super().__init__(validate=right, **described(description, kwargs))

    def _deserialize(self, value, attr, data, **kwargs):
        return cleaning.with_plain_dashes(super()._deserialize(value, attr, data, **kwargs))


class ContactPhone(Plain):
    """Where somebody is reached: a mobile number, or a landline with its area code."""

    def __init__(self, **kwargs):
        error = "请填写 11 位手机号，或带区号的座机号，如 028-88790000。"
        right = validate.Regexp(rf"\A({MOBILE}|0[0-9]{{2,3}}-?[0-9]{{7,8}})\Z", error=error)
        super().__init__(validate=right, **described("手机号，或带区号的座机号", kwargs))

    def _deserialize(self, value, attr, data, **kwargs):
        text = cleaning.with_plain_dashes(super()._deserialize(value, attr, data, **kwargs))
        mobile = national(cleaning.compact(text))
        return mobile if re.fullmatch(MOBILE, mobile) else text


class PersonName(Name):
    """A person's name, of up to 50 characters; 劉 素 華, as forms are filled in, is 劉素華, and blanks between other letters stay."""

    def __init__(self, description: str = "姓名", **kwargs):
        super().__init__(50, **described(description, kwargs))

    def _deserialize(self, value, attr, data, **kwargs):
        return _BETWEEN_HAN.sub("", super()._deserialize(value, attr, data, **kwargs))


class NationalNumber(Compact):
    """A national number of eighteen characters whose date exists and whose check digit is right (GB 11643-1999)."""

    def __init__(self, description: str = "身份证号", **kwargs):
        super().__init__(
            "[0-9]{17}[0-9X]",
            "身份证号应为 18 位，请核对后重新填写。",
            upper=True,
            **described(description, kwargs),
        )
        self.validators.append(self.is_one_that_was_given)

    @staticmethod
    def is_one_that_was_given(number: str) -> None:
        """Refuse a slip of the pen: what the check digit is for."""
        if birth_date(number) == date.min or check_digit(number) != number[17]:
            raise ValidationError("身份证号有一位不对，请核对后重新填写。")


class BankCard(Compact):
    """The number of a bank card, 13 to 19 digits with a check digit (ISO/IEC 7812-1; JR/T 0008)."""

    def __init__(self, description: str = "银行卡号", **kwargs):
        super().__init__("[0-9]{13,19}", WRONG_CARD, **described(description, kwargs))
        self.validators.append(self.has_its_check_digit)

    @staticmethod
    def has_its_check_digit(number: str) -> None:
        """Refuse a slip of the pen before money goes elsewhere."""
        if not luhn.is_valid(number):
            raise ValidationError(WRONG_CARD)
