"""Every rule on both sides of its borders: a day before and a day after, with and without each thing that it asks for."""

import csv
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.affairs.matters.catalogue.source import DATA
from services.affairs.matters.fitting.circumstances import AGE_BANDS, HARDSHIP, HOME, PersonalCircumstances
from services.affairs.matters.fitting.rule import RULES
from services.affairs.matters.fitting.suggesting import certainty, fitting
from services.affairs.matters.fitting.terms import all_terms
from services.civic.birthdays import birthday

TODAY = date(2026, 12, 2)
DAY = timedelta(days=1)


def one(*ticked, born=None, band="", today=TODAY) -> PersonalCircumstances:
    return PersonalCircumstances(today, born, band, frozenset(ticked))


def aged(years: int, *ticked) -> PersonalCircumstances:
    """Somebody who is so old since half a year."""
    return one(*ticked, born=date(TODAY.year - years, 6, 2))


def says(name: str, circumstances: PersonalCircumstances) -> bool:
    return RULES[name](circumstances, all_terms()[name]) is not None


OF_AGE = [
    *[("old_age_allowance", 80, ()), ("senior_citizen_card", 60, ()), ("pension_begins", 60, ())],
    *[("family_planning_award", 60, ("one_child_family",)), ("first_identity_card", 16, ())],
    *[("pension_enrolment", 16, ("farm",)), ("own_school_enrolment", 6, ())],
    *[("job_loss_registration", 16, ("lost_job",)), ("destitute_support", 60, ("nobody_supports",))],
]


@pytest.mark.parametrize(("name", "years", "ticked"), OF_AGE)
def test_what_begins_at_an_age_begins_on_the_birthday_and_not_a_day_before(name, years, ticked):
    born = date(TODAY.year - years, 12, 2)
    assert says(name, one(*ticked, born=born))
    assert not says(name, one(*ticked, born=born + DAY))


UNTIL_AN_AGE = [
    *[("pension_enrolment", 60, ("farm",)), ("first_identity_card", 18, ()), ("own_school_enrolment", 8, ())],
    *[("disabled_child_training", 7, ("disabled",)), ("job_loss_registration", 60, ("lost_job",))],
    *[("unemployment_benefit", 60, ("lost_job",)), ("destitute_support", 16, ("nobody_supports",))],
]


@pytest.mark.parametrize(("name", "years", "ticked"), UNTIL_AN_AGE)
def test_what_ends_at_an_age_ends_on_the_birthday_and_not_a_day_before(name, years, ticked):
    born = date(TODAY.year - years, 12, 2)
    assert says(name, one(*ticked, born=born + DAY))
    assert not says(name, one(*ticked, born=born))


@pytest.mark.parametrize(("name", "years", "ticked"), [row for row in OF_AGE if row[2]])
def test_an_age_alone_is_not_enough_where_a_rule_asks_for_more(name, years, ticked):
    assert says(name, aged(years, *ticked)) and not says(name, aged(years))


@pytest.mark.parametrize(
    ("today", "eighty"),
    [
        (date(2024, 2, 28), False),
        (date(2024, 2, 29), True),
    ],
)
def test_who_was_born_on_the_29th_of_february_is_eighty_on_that_day_where_there_is_one(today, eighty):
    assert says("old_age_allowance", one(born=date(1944, 2, 29), today=today)) is eighty


@pytest.mark.parametrize(("today", "sixty"), [(date(2013, 2, 28), False), (date(2013, 3, 1), True)])
def test_and_a_day_later_where_there_is_none(today, sixty):
    born = date(1952, 2, 29)
    assert one(born=born, today=today).is_at_least(61) is sixty
    assert birthday(born, 61) == date(2013, 3, 1)


def test_an_age_that_nobody_told_fits_no_age():
    assert not one().is_at_least(0) and not one().is_below(200)
    assert fitting(one()) == []


@pytest.mark.parametrize(("band", "ages"), AGE_BANDS.items())
def test_a_band_says_what_every_day_of_it_says_and_nothing_else(band, ages):
    youngest, until = ages
    everybody = (*HOME, *HARDSHIP)
    by_band = {terms.rule for terms, _ in fitting(one(*everybody, band=band))}
    by_day = [
        {terms.rule for terms, _ in fitting(aged(years, *everybody))}
        for years in range(youngest, until or youngest + 20)
    ]
    assert by_band == set.intersection(*by_day)


def test_the_ages_of_the_table_are_borders_of_bands_or_say_why_not():
    borders = {years for ages in AGE_BANDS.values() for years in ages}
    off = {
        (terms.rule, years)
        for terms in all_terms().values()
        for years in (terms.from_age, terms.until_age)
        if years is not None and years not in borders
    }
    # six to seven is said by the day of birth alone; who is below six is surely below seven
    assert off == {("own_school_enrolment", 8), ("disabled_child_training", 7)}


NEEDS: dict[str, list[tuple[str, ...]]] = {
    "birth_certificate": [("newborn",)],
    "birth_registration": [("newborn",)],
    "vaccination_card": [("newborn",)],
    "school_enrolment": [("school_child",)],
    "school_living_subsidy": [("school_child", "low_income"), ("school_child", "minimum_living")],
    "orphan_support": [("without_parents",)],
    "unattended_child_support": [("without_parents",)],
    "death_registration": [("died",)],
    "death_certificate": [("died",)],
    "homestead": [("build",)],
    "rural_building_permit": [("build",)],
    "family_planning_special": [("lost_only_child",)],
    "disabled_care_subsidy": [("severely_disabled",)],
    "disabled_living_subsidy": [
        (card, poor)
        for card in ("disabled", "severely_disabled")
        for poor in ("low_income", "minimum_living")
    ],
    "disability_certificate": [("disabled_without_card",)],
    "disability_aids": [("disabled",), ("severely_disabled",)],
    "barrier_free_home": [("severely_disabled", "low_income"), ("severely_disabled", "minimum_living")],
    "minimum_living": [("low_income",)],
    "temporary_assistance": [("sudden",)],
    "disaster_relief": [("disaster",)],
    "medical_assistance": [("minimum_living", "chronic")],
    "insurance_contribution": [("minimum_living",)],
    "chronic_illness": [("chronic",)],
    "livestock_farm": [("livestock",)],
    "working_away_treatment": [("away",)],
    "veteran_report": [("veteran",)],
    "veteran_allowance": [("veteran",)],
}
ALSO_AN_AGE = {name for name, *_ in (*OF_AGE, *UNTIL_AN_AGE)}


def test_every_rule_is_looked_at_from_both_sides():
    assert set(NEEDS) | ALSO_AN_AGE == set(RULES) == set(all_terms())


@pytest.mark.parametrize(("name", "needed"), [(name, each) for name, sets in NEEDS.items() for each in sets])
def test_a_rule_speaks_for_what_it_needs_and_is_silent_where_a_part_lacks(name, needed):
    assert says(name, one(*needed))
    for left_out in needed:
        assert not says(name, one(*(tick for tick in needed if tick != left_out)))


@pytest.mark.parametrize("name", NEEDS)
def test_a_rule_needs_no_more_than_that_and_nothing_else_makes_it_speak(name):
    touched = {tick for needed in NEEDS[name] for tick in needed}
    assert not says(name, one(*(tick for tick in (*HOME, *HARDSHIP) if tick not in touched)))


def test_who_has_the_minimum_living_allowance_is_not_told_to_ask_for_it():
    assert not says("minimum_living", one("low_income", "minimum_living"))


@pytest.mark.parametrize(
    ("who", "supported"),
    [
        (aged(60, "nobody_supports"), True),
        (aged(30, "nobody_supports", "disabled"), True),
        (aged(30, "nobody_supports"), False),
        (aged(15, "nobody_supports"), True),
        (one("nobody_supports"), False),
        (aged(80), False),
    ],
)
def test_only_old_disabled_and_young_people_without_support_are_told_of_it(who, supported):
    assert says("destitute_support", who) is supported


def test_what_is_certain_comes_first_and_what_more_reasons_speak_for_before_others():
    found = fitting(aged(80, "disabled", "minimum_living"))
    order = [(certainty(*each), -len(each[1].because)) for each in found]
    assert order == sorted(order) and found[0][0].rule == "disabled_living_subsidy"
    assert {"fits", "maybe"} == {certain for certain, _ in order}


def test_a_condition_that_only_the_county_can_say_makes_it_less_certain():
    [(terms, reasons)] = [
        each for each in fitting(one("disabled", "low_income")) if each[0].rule == "disabled_living_subsidy"
    ]
    assert terms.certainty == "fits" and certainty(terms, reasons) == "maybe" and "本县" in reasons.open[0]


def test_what_the_village_has_entered_goes_before_what_was_answered():
    told = one("disabled_without_card", band="from_80").known_by_the_village(
        {"disability_grade": "2", "born_on": "2015-03-01", "away": "yes"}
    )
    assert told.has("severely_disabled", "away") and not told.has("disabled_without_card")
    assert told.is_below(12) and told.from_the_village == {"severely_disabled", "born_on", "away"}
    assert one("severely_disabled").known_by_the_village({"disability_grade": "3"}).ticked == {"disabled"}
    assert one("farm").known_by_the_village({}) == one("farm")


@pytest.mark.parametrize(("grade", "severe"), [("1", True), ("2", True), ("3", False), ("4", False)])
def test_grades_one_and_two_are_severe(grade, severe):
    assert one().known_by_the_village({"disability_grade": grade}).has("severely_disabled") is severe


@settings(max_examples=200, deadline=None)
@given(
    st.dates(date(1900, 1, 1), date(2026, 12, 2)),
    st.sets(st.sampled_from((*HOME, *HARDSHIP))),
)
def test_whatever_is_answered_every_suggestion_says_why_and_what_is_open(born, ticked):
    for terms, reasons in fitting(one(*ticked, born=born)):
        assert reasons.because and terms.office_says.endswith("。")
        assert all(len(said) > 3 and not said.endswith("。") for said in reasons.because)


def _table(name):
    with (DATA / name).open(encoding="utf-8-sig") as file:
        return list(csv.reader(line for line in file if not line.startswith("#")))


def test_every_rule_has_its_matter_in_the_catalogue_under_its_name():
    header, *listed = _table("guangan_qu_511602_matters.csv")
    names = {row[header.index("item_code")]: row[header.index("name")] for row in listed}
    names |= {row[0]: row[1] for row in _table("elsewhere.csv")[1:]}
    for terms in all_terms().values():
        assert names[terms.item_code] == terms.matter


def test_a_source_that_is_called_checked_stands_in_the_tables_of_the_catalogue():
    told = "".join(
        "".join("".join(row) for row in _table(name))
        for name in ("law.csv", "steps.csv", "synonyms.csv", "elsewhere.csv")
    ).replace(" ", "")
    for terms in all_terms().values():
        if terms.checked == "law":
            assert terms.source.split("；")[-1].replace(" ", "") in told, terms


def test_every_rule_names_its_source_where_it_stands():
    for name, rule in RULES.items():
        last = all_terms()[name].source.split("；")[-1].split(" ")[0]
        assert last in rule.__doc__, name
