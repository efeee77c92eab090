"""What villagers ask, as they ask it, leads to the matters that they mean: how often, measured over tests/data/matter_queries.csv.

The questions were written without usage figures and the synonyms with these questions at hand: the floor holds what there is, it does
not promise the same for questions that nobody has tried.
"""

import csv
from pathlib import Path

import pytest

from services.affairs.matters.catalogue import views
from tests.integration.affairs.test_affairs_catalogue import asked, names

QUESTIONS = Path(__file__).parents[2] / "data" / "matter_queries.csv"
ALL, FIRST, AMONG_THREE = 42, 26, 28
"""How many questions have an answer in the list; for how many it comes first, and among the first three."""


def questions() -> list[tuple[str, set[str]]]:
    """Give each question with the names of the matters that it means; none where no matter of the list is meant."""
    with QUESTIONS.open(encoding="utf-8", newline="") as file:
        return [
            (row["query"], set(filter(None, row["expected_names"].split(";"))))
            for row in csv.DictReader(file)
        ]


def first_three(catalogue, question: str) -> list[str]:
    return names(views.listed(catalogue, asked(text=question, limit=3)))


def test_most_questions_lead_to_the_matter_that_they_mean(catalogue):
    found = {question: (meant, first_three(catalogue, question)) for question, meant in questions() if meant}
    first = [question for question, (meant, three) in found.items() if meant & set(three[:1])]
    among = [question for question, (meant, three) in found.items() if meant & set(three)]
    assert len(found) == ALL
    assert len(first) >= FIRST and len(among) >= AMONG_THREE, sorted(found.keys() - set(among))


def test_a_question_that_means_no_matter_of_the_list_finds_none(catalogue):
    none_meant = [question for question, meant in questions() if not meant]
    assert none_meant == ["准生证", "火化证", "房产证", "asdfgh"]
    assert [first_three(catalogue, question) for question in none_meant] == [[], [], [], []]


@pytest.mark.parametrize(
    "asking",
    [
        "低保",
        "办低保",
        "我要办低保",
        "怎么申请低保",
        "dibao",
        "db",
        "dībǎo",
        "di1bao3",
        "zdshbz",
        "最低生活保障",
    ],
)
def test_one_matter_is_found_however_it_is_asked_for(catalogue, asking):
    assert "最低生活保障" in names(views.listed(catalogue, asked(text=asking, limit=20)))


def test_the_whole_name_of_a_matter_is_not_cut_down_to_what_is_spoken_of_in_it(catalogue):
    name = "农民专业合作社（联合社）设立登记"
    assert names(views.listed(catalogue, asked(text=name))) == [name]


def test_what_is_cut_down_to_a_spoken_name_leads_through_all_its_pages(catalogue):
    seen, cursor = [], None
    for _ in range(20):
        found = views.listed(catalogue, asked(text="换社保卡", limit=2, cursor=cursor))
        seen += names(found)
        cursor = found["next"]
        if cursor is None:
            break
    assert seen == names(views.listed(catalogue, asked(text="社保卡", limit=100))) and len(seen) > 4


def test_a_question_goes_by_an_index_and_sorts_nothing(catalogue, plans):
    def every_kind():
        for asking in ("残疾证丢了", "dibao", "zuidishenghuobaozhang"):
            views.listed(catalogue, asked(text=asking))

    seen = plans(catalogue.documents, every_kind)
    assert len(seen) >= 6
    for plan in seen:
        assert plan["planSummary"].startswith("IXSCAN { state: 1, grams: 1"), plan
        assert not plan.get("hasSortStage"), plan
