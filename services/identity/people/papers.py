"""The papers by which a person is known, each with a form of its own; what is wrong is said before anybody waits."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from services.chassis.core.cleaning import compact, is_number
from services.chassis.core.errors import Rejected
from services.civic.id_numbers import birth_date, check_digit
from services.civic.masking import ASKED_AT_THE_END, mask_id_number

ID_CARD = "id_card"
EARLIEST_BIRTH = date(1900, 1, 1)
NATIONAL = re.compile(r"[0-9]{17}[0-9X]")
PERMANENT = re.compile(r"[A-Z]{3}[0-9]{12}")
PASSPORT = re.compile(r"[A-Z0-9]{5,9}")
CERTIFICATE = re.compile(r"[A-Z0-9]{6,20}")


@dataclass(frozen=True)
class IdentityDocument:
    """One person's paper; `country` is the issuer of a passport (ISO 3166-1, three letters)."""

    kind: str
    number: str
    country: str | None = None

    @property
    def key(self) -> str:
        """What one person is recognised by: the national number alone, whatever paper it stands on; other numbers with their kind."""
        return self.number if is_national(self.number) else self.key_of_its_kind

    @property
    def key_of_its_kind(self) -> str:
        """What releases before 0.2.0 recognised a person by: there a number on two kinds of paper was two people's."""
        if self.kind == ID_CARD:
            return self.number
        return ":".join(part for part in (self.kind, self.country, self.number) if part)

    @property
    def ending(self) -> str:
        """The last four characters, under a name of its own: what a sign-in by code asks for."""
        return named_ending(self.number[-ASKED_AT_THE_END:])

    @property
    def masked(self) -> str:
        """The number as it is shown."""
        return mask_id_number(self.number)


def the_paper_is_valid(kind: str, number: str, country: str | None, today: date) -> IdentityDocument:
    """The paper with its number in standard form; raises Rejected where the number is not one of its kind.

    Who calls a residence permit an ID card has still only one number: the number says which paper it stands on.
    """
    a_passport_names_its_country(kind, country)
    standard = FORMS[kind](number, today)
    if kind == ID_CARD:
        kind = kind_of_national(standard)
    return IdentityDocument(kind, standard, country if kind == "passport" else None)


def wrong_by_field(kind: str, number: str, country: str | None, today: date) -> dict[str, str]:
    """Say by field what is wrong with a paper, for who fills in a form and is told before the next screen."""
    try:
        the_paper_is_valid(kind, number, country, today)
    except Rejected as refused:
        return {"country" if refused.code == "resident.passport_country" else "id_number": refused.message}
    return {}


def is_national(number: str) -> bool:
    """Whether it is of the one space of eighteen digits in which every number is one person's (GB 11643-1999; 公安部公告 2018)."""
    return NATIONAL.fullmatch(number) is not None and check_digit(number) == number[17]


def kind_of_national(number: str) -> str:
    """Tell which paper a national number stands on: 81 to 83 of residents of Hong Kong, Macao and Taiwan, 9 of foreigners."""
    if number[:2] in ("81", "82", "83"):
        return "residence_permit"
    return "foreign_permanent_resident_card" if number[0] == "9" else ID_CARD


def named_ending(ending: str) -> str:
    """Keep the hash of four characters apart from that of any number."""
    return f"ending:{ending}"


def a_passport_names_its_country(kind: str, country: str | None) -> None:
    """Numbers of passports are unique within their country only (ICAO Doc 9303)."""
    if kind == "passport" and not country:
        raise Rejected("resident.passport_country", "请填写护照签发国的三位字母代码，如 VNM。")


def the_id_number_is_valid(id_number: str, today: date) -> str:
    """The ID number in its standard form; its date and check digit must be right (GB 11643-1999).

    The region inside is not checked: it is where the number was first issued, often under an older code.
    """
    number = _tidy(id_number)
    if len(number) != 18 or not is_number(number[:17]):
        raise Rejected("resident.id_number_length", "身份证号应为 18 位，请核对后重新填写。")
    if not EARLIEST_BIRTH <= birth_date(number) <= today:
        raise Rejected("resident.id_number_date", "身份证号中的出生日期不存在，请核对后重新填写。")
    if check_digit(number) != number[17]:
        raise Rejected(
            "resident.id_number_check_digit",
            "身份证号写错了，请照证件逐位核对（最后一位可能是字母 X），再填一次。",
        )
    return number


def the_residence_permit_is_valid(number: str, today: date) -> str:
    """A residence permit of Hong Kong, Macao or Taiwan residents has an ID number that begins with 81, 82 or 83."""
    standard = the_id_number_is_valid(number, today)
    if standard[:2] not in ("81", "82", "83"):
        raise Rejected("resident.permit_number", "港澳台居民居住证号应以 81、82 或 83 开头，请核对。")
    return standard


def the_permanent_residence_number_is_valid(number: str, today: date) -> str:
    """The card of 2023 has 18 digits that begin with 9, the ones before three letters and twelve digits."""
    standard = _tidy(number)
    if PERMANENT.fullmatch(standard):
        return standard
    if not standard.startswith("9"):
        raise Rejected(
            "resident.permanent_residence_number",
            "外国人永久居留身份证号应为以 9 开头的 18 位数字，或 3 个字母加 12 位数字，请核对。",
        )
    return the_id_number_is_valid(standard, today)


def the_passport_number_is_valid(number: str, today: date) -> str:
    """A passport's number has 5 to 9 letters and digits (ICAO Doc 9303: nine at most)."""
    standard = _tidy(number)
    if not PASSPORT.fullmatch(standard):
        raise Rejected("resident.passport_number", "护照号应为 5 至 9 位字母或数字，请核对后重新填写。")
    return standard


def the_certificate_number_is_valid(number: str, today: date) -> str:
    """A temporary certificate carries whatever number its office gave it: 6 to 20 letters and digits."""
    standard = _tidy(number)
    if not CERTIFICATE.fullmatch(standard):
        raise Rejected("resident.certificate_number", "临时证明的编号应为 6 至 20 位字母或数字，请核对。")
    return standard


def hint_of(kind: str, masked: str, region: str) -> str | None:
    """Whether an ID number was first issued in this prefecture: a hint, because people move and codes change."""
    if kind != ID_CARD:
        return None
    return "here" if masked[:4] == region[:4] else "elsewhere"


def _tidy(number: str) -> str:
    return compact(number).upper()


FORMS: dict[str, Callable[[str, date], str]] = {
    ID_CARD: the_id_number_is_valid,
    "residence_permit": the_residence_permit_is_valid,
    "foreign_permanent_resident_card": the_permanent_residence_number_is_valid,
    "passport": the_passport_number_is_valid,
    "temporary_certificate": the_certificate_number_is_valid,
}
"""What each kind's number must be like."""

PAPERS = tuple(FORMS)
"""The kinds of papers that can be entered."""
