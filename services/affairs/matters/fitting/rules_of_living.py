"""Rules that go by how somebody lives: animals, work at home and away, the army."""

from services.affairs.matters.fitting.circumstances import PersonalCircumstances
from services.affairs.matters.fitting.rule import Reasons, age_reached, because, of_its_age, rule
from services.affairs.matters.fitting.terms import Terms

OF_PENSION_AGE = 60
"""Below it somebody is surely still looking for work: above, the age of retirement is another one for each."""


@rule
def livestock_farm(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """A farm of some size is put on file (事项名称: 养殖场、养殖小区); the size is the province's to say."""
    return because("您在家搞养殖") if one.has("livestock") else None


@rule
def job_loss_registration(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who has lost the work registers as unemployed (事项名称: 失业登记), from 16."""
    if not (one.has("lost_job") and of_its_age(one, terms) and one.is_below(OF_PENSION_AGE)):
        return None
    return because(age_reached(terms), "您丢了工作")


@rule
def unemployment_benefit(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who was insured and lost the work against their will has the benefit (社会保险法 第四十五条)."""
    if not (one.has("lost_job") and one.is_below(OF_PENSION_AGE)):
        return None
    return because("您丢了工作")


@rule
def working_away_treatment(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who works away puts it on file to be treated there (事项名称: 常驻异地工作人员备案)."""
    return because("您在外地打工") if one.has("away") else None


@rule
def veteran_report(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who leaves the army reports at home (退役军人保障法)."""
    return because("您刚从部队退役") if one.has("veteran") else None


@rule
def veteran_allowance(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """A soldier who finds work by himself has a single allowance (事项名称: 退役士兵自主就业一次性经济补助金)."""
    return because("您刚从部队退役") if one.has("veteran") else None
