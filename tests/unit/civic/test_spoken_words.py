"""What a search asks for when a villager asks it, and what else a committee is called."""

import pytest

from services.civic.spoken_words import asked_words, called


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("怎么申请低保", ["低保"]),
        ("我要办低保", ["低保"]),
        ("我想办理 低保 手续", ["低保"]),
        ("高龄津贴怎么领", ["高龄津贴"]),
        ("残疾证补办", ["残疾证补办"]),
        ("申请", ["申请"]),
        ("怎么办", ["怎么办"]),
        ("（？）", []),
    ],
)
def test_what_says_nothing_is_dropped_around_a_word_and_stays_where_nothing_else_is_asked(asked, words):
    assert asked_words(asked) == words


@pytest.mark.parametrize("name", ["黑虎村民委员会", "黑虎村村民委员会", "黑虎村委会", "黑虎村村委会"])
def test_the_committee_of_a_village_is_one_however_it_is_written(name):
    assert {name, *called(name)} == {
        "黑虎村民委员会",
        "黑虎村村民委员会",
        "黑虎村委会",
        "黑虎村村委会",
    }


def test_the_committee_of_residents_has_two_names_and_other_names_have_one():
    assert called("花园巷社区居委会") == ["花园巷社区居民委员会"]
    assert called("花园巷社区居民委员会") == ["花园巷社区居委会"]
    assert called("三河村") == called("县卫生健康委员会") == []
