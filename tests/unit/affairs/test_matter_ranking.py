"""Which matters a question means: by what is written, by what is said of doing something, by sound; or none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.affairs.matters.catalogue.finder import entry_of
from services.affairs.matters.catalogue.vocabulary import actions
from services.civic.searching.ranking import Ranking
from services.civic.searching.vain import may_be_kept
from services.civic.spoken_words import asked_words

NAMES = {
    "card-lost": ("残疾人证挂失补办", ("残疾证",), "残疾"),
    "card-new": ("残疾人证新办", ("残疾证",), "残疾"),
    "old": ("80周岁以上老年人高龄津贴发放", ("高龄补贴",), "变老"),
    "low": ("最低生活保障", ("低保",), "家庭困难"),
    "dog": ("犬类准养证核发", ("狗证",), ""),
    "trader": ("个体工商户注销登记", (), "开店"),
    "firm": ("公司注销登记", (), ""),
    "bees": ("养蜂证申领", (), ""),
}


def made(names=NAMES) -> Ranking:
    documents = (
        {
            **{"_id": id, "version": 1, "state": "open", "kind": "20", "life_event": event, "name": name},
            **{"spoken": called, "office": "邛崃市残联" if "card" in id else "邛崃市民政局"},
        }
        for id, (name, called, event) in names.items()
    )
    return Ranking(map(entry_of, documents), actions())


RANKING = made()


def found(text: str) -> list[str]:
    return [id for _, id in RANKING.find(asked_words(text))]


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("低保", "low"),
        ("我想办低保", "low"),
        ("底保", "low"),
        ("dibao", "low"),
        ("db", "low"),
        ("zuidishenghuo", "low"),
        ("残疾证丢了", "card-lost"),
        ("高齡補貼", "old"),
        ("高岭津贴", "old"),
        ("残联 新办", "card-new"),
        ("个体户注销", "trader"),
        ("蜂证", "bees"),
    ],
)
def test_a_question_finds_what_it_means_first(question, meant):
    assert found(question)[0] == meant


@pytest.mark.parametrize(
    "question", ["准生证", "火化证", "asdfgh", "今天天气", "我爱你", "怎么办", "很", "企业上市辅导登记备案"]
)
def test_no_answer_is_better_than_a_wrong_one(question):
    assert found(question) == []


def test_what_holds_every_word_stands_alone_and_what_villagers_ask_for_most_comes_first():
    assert found("注销登记") == ["trader", "firm"]
    assert set(found("残疾证")) == {"card-lost", "card-new"}


def test_the_better_one_stays_the_better_one_whatever_order_they_were_read_in():
    turned = made(dict(reversed(NAMES.items())))
    for question in ("注销登记", "残疾证", "证", "登记"):
        assert turned.find([question]) == RANKING.find([question])


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_whatever_is_asked_is_answered(text):
    for rank, id in RANKING.find(asked_words(text)):
        assert isinstance(rank, int) and id in NAMES


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("养老院", True),
        ("80岁补贴", True),
        ("13800000000", False),
        ("王某 51018319", False),
        ("证", False),
        ("长" * 21, False),
    ],
)
def test_words_with_a_number_that_could_be_a_persons_are_not_kept(asked, kept):
    assert may_be_kept(asked) is kept
