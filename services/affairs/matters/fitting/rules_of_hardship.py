"""Rules that go by disability and hardship."""

from services.affairs.matters.fitting.circumstances import CARDS, PersonalCircumstances
from services.affairs.matters.fitting.rule import Reasons, because, of_its_age, rule
from services.affairs.matters.fitting.terms import Terms

SEVERE = "您有一级或者二级残疾证"
POOR = ("minimum_living", "low_income")
OLD, CHILD = 60, 16
"""Years: 社会救助暂行办法 counts old people (from 60, 老年人权益保障法 第二条), disabled people and children below 16."""


def _card(one: PersonalCircumstances) -> str:
    return SEVERE if one.has("severely_disabled") else "您有残疾证"


def _poor(one: PersonalCircumstances) -> str:
    return "您家里在吃低保" if one.has("minimum_living") else "您家里收入很低"


@rule
def disabled_care_subsidy(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who is disabled in grade 1 or 2 and needs care has the care subsidy (事项名称: 重度残疾人; 国发〔2015〕52号)."""
    return because(SEVERE) if one.has("severely_disabled") else None


@rule
def disabled_living_subsidy(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Disabled people of families on 低保 have the living subsidy (事项名称: 困难残疾人; 国发〔2015〕52号); others only where the county says so."""
    if not (one.has(*CARDS) and one.has(*POOR)):
        return None
    stays_open = () if one.has("minimum_living") else ("还没有吃低保的，能不能领以本县规定为准。",)
    return because(_card(one), _poor(one), open=stays_open)


@rule
def disability_certificate(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who is disabled and has no certificate may ask for one (事项名称: 残疾人证新办)."""
    return because("您有残疾，还没有残疾证") if one.has("disabled_without_card") else None


@rule
def disability_aids(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who has a certificate may ask for basic aids (事项名称: 残疾人基本型辅助器具适配)."""
    return because(_card(one)) if one.has(*CARDS) else None


@rule
def barrier_free_home(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """The home of a poor and severely disabled person is made free of barriers (事项名称: 困难重度残疾人家庭无障碍改造)."""
    if not (one.has("severely_disabled") and one.has(*POOR)):
        return None
    return because(SEVERE, _poor(one))


@rule
def disabled_child_training(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """A disabled child below seven is trained (事项名称; 国发〔2018〕20号: 0-6 years); whether older ones are, the office says."""
    if not (of_its_age(one, terms) and one.has(*CARDS, "disabled_without_card")):
        return None
    return because(f"您不满{terms.until_age}周岁", "您有残疾")


@rule
def minimum_living(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """A household of low income asks in the town for the minimum living allowance (社会救助暂行办法 第十一条); who has it needs no hint."""
    if not one.has("low_income") or one.has("minimum_living"):
        return None
    return because(_poor(one))


@rule
def destitute_support(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who is old, disabled or below 16, without income and without anybody to support them, is supported (社会救助暂行办法 第十六条)."""
    if not one.has("nobody_supports"):
        return None
    alone = "您没有收入，也没有人赡养、抚养"
    if one.is_at_least(OLD):
        return because(f"您满{OLD}周岁", alone)
    if one.has(*CARDS):
        return because(_card(one), alone)
    return because(f"您不满{CHILD}周岁", alone) if one.is_below(CHILD) else None


@rule
def temporary_assistance(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who is in sudden need asks in the town for temporary assistance (社会救助暂行办法 第四十八条)."""
    return because("您家里突然遇到急难") if one.has("sudden") else None


@rule
def disaster_relief(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who suffered from a natural disaster is helped (自然灾害救助条例)."""
    return because("您家里遭了灾") if one.has("disaster") else None


@rule
def medical_assistance(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who is on 低保 and ill may have medical costs reimbursed by hand (事项名称: 医疗救助对象)."""
    if not (one.has("minimum_living") and one.has("chronic")):
        return None
    return because(_poor(one), "您有要长期吃药的病")


@rule
def insurance_contribution(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Whom the law assists pays less for the residents' medical insurance (事项名称: 符合资助条件的救助对象)."""
    return because(_poor(one)) if one.has("minimum_living") else None


@rule
def chronic_illness(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who needs medicine for a long time may have the illness recognised (事项名称: 门诊慢特病)."""
    return because("您有要长期吃药的慢性病或者特殊病") if one.has("chronic") else None
