"""How old somebody is, where the number of a paper tells, and what is not done before.

Of an adult nothing is kept; of somebody under 18 the day of coming of age, encrypted, for what is decided later. Who is 16 and lives on
the own work counts as an adult (民法典 art. 18), which no number tells: for those the village office is the way, as for children.
Other papers, and entries from before, tell no age.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from services.chassis.core.clock import day_of, moment_of
from services.chassis.core.errors import Rejected
from services.civic.birthdays import birthday
from services.civic.id_numbers import birth_date
from services.identity.people.papers import IdentityDocument, is_national

CONSENTS_ALONE, ADULT = 14, 18
"""Years: 个人信息保护法 art. 31; 民法典 art. 17."""


class Aged(Protocol):
    """Somebody of whom the platform knows until when they are under age, None where they are not, or nobody knows."""

    @property
    def of_age_at(self) -> datetime | None: ...


def of_age_at(paper: IdentityDocument, now: datetime) -> datetime | None:
    """When the person on the paper comes of age; None where that has been, or the number does not tell."""
    if not is_national(paper.number):
        return None
    moment = moment_of(birthday(birth_date(paper.number), ADULT))
    return moment if now < moment else None


def of_age_in_the_year(birth_year: int | None) -> datetime | None:
    """When somebody is of age at the earliest, as far as the year of birth tells."""
    return moment_of(date(birth_year + ADULT, 1, 1)) if birth_year else None


def is_under_age(one: Aged, now: datetime) -> bool:
    """Whether somebody is known to be under 18."""
    return one.of_age_at is not None and now < one.of_age_at


def who_is_under_fourteen_registers_with_a_guardian(paper: IdentityDocument, now: datetime) -> None:
    """What a child's data is used for, a parent or another guardian consents to (个人信息保护法 art. 28, 31)."""
    if not is_national(paper.number):
        return
    if day_of(now) < birthday(birth_date(paper.number), CONSENTS_ALONE):
        raise Rejected(
            "resident.under_fourteen",
            "未满 14 周岁不能自己注册，请由父母或其他监护人带户口簿到村委会（社区）办理。",
            from_age=CONSENTS_ALONE,
        )


def only_adults_give_mandates(ward: Aged, now: datetime) -> None:
    """For who is under 18 the guardian acts by law, and nobody whom they would choose (民法典 art. 17-20, 23)."""
    if is_under_age(ward, now):
        raise Rejected(
            "mandate.ward_under_age",
            "未满 18 周岁不能委托他人代办，请由父母或其他监护人到村委会（社区）办理。",
            from_age=ADULT,
        )


def only_adults_help(helper: Aged, now: datetime) -> None:
    """Who acts for another is fully able to act (民法典 art. 17-20; for art. 144 and 145 what a minor did would be void or open)."""
    if is_under_age(helper, now):
        raise Rejected(
            "mandate.helper_under_age", "代办人应年满 18 周岁，请另请一位成年人代办。", from_age=ADULT
        )


def only_adults_head_a_household_alone(members: Sequence[Aged], now: datetime) -> None:
    """Who is under 18 lives under somebody's guardianship (民法典 art. 26, 27, 34): in a household there is an adult."""
    if members and all(is_under_age(one, now) for one in members):
        raise Rejected(
            "household.no_adult",
            "未满 18 周岁不能单独立户，请登记到父母或其他监护人的户里。",
            from_age=ADULT,
        )
