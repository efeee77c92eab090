"""What the village has entered of a person, for finding the matters that fit: told with their leave only, and nothing of others."""

from datetime import date

from marshmallow import fields

from services.chassis.core.clock import day_of
from services.chassis.core.schemas import Answer, Id, Shape
from services.civic.calls import Call
from services.identity.people.ages import ADULT, is_under_age
from services.identity.people.residents.ports import ConsentsToFitting, InHousehold
from services.identity.people.residents.store import ResidentStore


class AskFittingFacts(Shape):
    """What is entered of somebody, asked by the gateway alone, for who looks for matters or for the ward."""

    resident_id = Id(required=True)


class FittingFacts(Answer):
    """What is entered; without leave only that there is none."""

    agreed = fields.Boolean(required=True, metadata={"description": "本人同意使用"})
    born_on = fields.Date(
        required=True, allow_none=True, metadata={"description": "出生日期，只有未成年人的"}
    )
    disability_grade = fields.Integer(required=True, allow_none=True)
    away = fields.Boolean(required=True, metadata={"description": "登记为外出务工"})


def facts(
    residents: ResidentStore, consents_to_fitting: ConsentsToFitting, in_household: InHousehold, call: Call
) -> dict:
    """Give what is entered of somebody for whom a village vouches; raises NotFound for nobody.

    Leave is looked at each time, so that a withdrawal holds at once. Of adults no age is kept (`people/ages.py`).
    """
    person = call.data["resident_id"]
    one = residents.get(person)
    nothing = {"agreed": False, "born_on": None, "disability_grade": None, "away": False}
    if not consents_to_fitting(person):
        return nothing
    if one.state != "certified":
        return {**nothing, "agreed": True}
    entry = in_household(person)
    return {
        "agreed": True,
        "born_on": _birthday(day_of(one.of_age_at))
        if one.of_age_at and is_under_age(one, call.now)
        else None,
        "disability_grade": entry.disability_grade if entry else None,
        "away": bool(entry and entry.away),
    }


def _birthday(of_age_on: date) -> date:
    """The day of birth of who comes of age on a day; whoever was born on 29 February counts from the day after, 1 March, as the law does."""
    return of_age_on.replace(year=of_age_on.year - ADULT)
