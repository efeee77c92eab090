"""Rules that go by the family: a birth, school, children without parents, a death, a house, the family planning of former years."""

from services.affairs.matters.fitting.circumstances import PersonalCircumstances
from services.affairs.matters.fitting.rule import Reasons, age_reached, because, of_its_age, rule
from services.affairs.matters.fitting.terms import Terms

BORN = "您家里刚生了孩子"
DIED = "您家里有人刚去世"
BUILDS = "您想在村里建房"


@rule
def birth_certificate(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Of a birth a certificate is issued (母婴保健法 第二十三条)."""
    return because(BORN) if one.has("newborn") else None


@rule
def birth_registration(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """A birth is told to the register within a month (户口登记条例 第七条)."""
    return because(BORN, "出生后一个月以内要申报户口") if one.has("newborn") else None


@rule
def vaccination_card(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """A newborn child has a card of vaccinations (事项名称: the matter's name)."""
    return because(BORN) if one.has("newborn") else None


@rule
def school_enrolment(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """A child goes to school at six, in some places at seven (义务教育法 第十一条)."""
    return because("您家里有孩子要上小学或者初中") if one.has("school_child") else None


@rule
def school_living_subsidy(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Pupils of poor families have a living subsidy (事项名称: 义务教育家庭经济困难学生生活补助)."""
    if not (one.has("school_child") and one.has("minimum_living", "low_income")):
        return None
    return because("您家里有孩子要上小学或者初中", "您家里经济困难")


@rule
def orphan_support(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """A child without parents is supported (事项名称: 孤儿); whether it is one, the office finds."""
    return because("您家里有父母不在或者管不了的孩子") if one.has("without_parents") else None


@rule
def unattended_child_support(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """A child whose parents cannot care for it is supported (事项名称: 事实无人抚养儿童)."""
    return because("您家里有父母不在或者管不了的孩子") if one.has("without_parents") else None


@rule
def death_registration(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """A death is told to the register, in the countryside within a month (户口登记条例 第八条)."""
    return because(DIED, "农村要在一个月以内申报") if one.has("died") else None


@rule
def death_certificate(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Of a death a certificate is written, at home by the town's health centre (国卫规划发〔2013〕57号)."""
    return because(DIED) if one.has("died") else None


@rule
def homestead(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """A household has one homestead; the town approves it (土地管理法 第六十二条)."""
    return because(BUILDS) if one.has("build") else None


@rule
def rural_building_permit(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who builds in a village needs a permit where a plan holds (城乡规划法 第四十一条)."""
    return because(BUILDS) if one.has("build") else None


@rule
def family_planning_award(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Who is 60 and had one child, or two daughters, in the countryside is rewarded (事项名称; 国办发〔2004〕21号)."""
    if not (of_its_age(one, terms) and one.has("one_child_family")):
        return None
    return because(age_reached(terms), "您是农村独生子女或者双女户家庭")


@rule
def family_planning_special(one: PersonalCircumstances, terms: Terms) -> Reasons | None:
    """Whose only child is disabled or has died is supported (事项名称: 计划生育家庭特别扶助)."""
    return because("您的独生子女伤残或者去世") if one.has("lost_only_child") else None
