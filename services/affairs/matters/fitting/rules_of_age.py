"""Rules that go by the age: what begins at 6, 16, 60 and 80."""

from services.affairs.matters.fitting.circumstances import PersonalCircumstances
from services.affairs.matters.fitting.rule import Reasons, age_reached, because, of_its_age, rule
from services.affairs.matters.fitting.terms import Terms


@rule
def old_age_allowance(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who is 80 may have the old-age allowance (高龄津贴): the matter's name says from 80.

    老年人权益保障法 第三十三条 encourages places to pay it to those of low income; whom and how much is the county's to say.
    """
    return because(age_reached(terms)) if of_its_age(one, terms) else None


@rule
def senior_citizen_card(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who is 60 is an old person (老年人权益保障法 第二条), and may ask for the card of the province (优待证)."""
    return because(age_reached(terms)) if of_its_age(one, terms) else None


@rule
def pension_begins(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """The residents' pension begins at 60 for who has paid long enough and draws no other one (国发〔2014〕8号)."""
    return because(age_reached(terms)) if of_its_age(one, terms) else None


@rule
def pension_enrolment(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who is 16 to 59, no pupil and not in the employees' pension may enrol (国发〔2014〕8号): only said to who farms at home."""
    if not (of_its_age(one, terms) and one.has("farm", "livestock")):
        return None
    return because(f"{age_reached(terms)}、不满{terms.until_age}周岁", "您在家种地或者养殖")


@rule
def first_identity_card(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who is 16 applies for an identity card (居民身份证法 第二条); of who is 18 it is taken that there is one."""
    return because(age_reached(terms)) if of_its_age(one, terms) else None


@rule
def own_school_enrolment(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """A child of six goes to school, in some places one of seven (义务教育法 第十一条)."""
    return because(age_reached(terms)) if of_its_age(one, terms) else None
