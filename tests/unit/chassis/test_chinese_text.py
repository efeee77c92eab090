"""In which form Chinese text is searched, and how it is spelled."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from services.chassis.storage.chinese_text import beginnings, normal, spelled, syllables


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("三河村", "san he cun"),
        ("平乐镇", "ping le zhen"),
        ("临邛街道", "lin qiong jie dao"),
        ("高埂街道", "gao geng jie dao"),
        ("绿城社区", "lv cheng she qu"),
    ],
)
def test_a_name_is_spelled_as_people_say_it(name, spelled):
    assert syllables(name) == spelled.split()


def test_a_name_is_found_by_every_beginning_from_every_syllable_on_and_by_its_initials():
    found = beginnings(["san", "he", "cun"])
    assert {"s", "sanhe", "sanhecun", "hec", "cun", "sh", "shc", "hc"} <= found
    assert not {"anhe", "ecun", "sanc", "sc", ""} & found


def test_a_name_without_syllables_has_no_beginnings():
    assert beginnings([]) == set()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("高齡津貼", "高龄津贴"),
        ("《Ａ级》 ２０２５", "a级2025"),
        ("Sān Hé", "sanhe"),
        ("lǜ lü", "lulu"),
        ("後山里裡", "后山里里"),
        ("（、）", ""),
    ],
)
def test_width_case_tones_signs_and_traditional_characters_make_no_difference(text, folded):
    assert normal(text) == folded


@example("乾", "坤")
@example("瞭", "望")
@given(st.text("乾隆干果後著瞭颱臺台Ａaāǜ县·縣頭发髮", max_size=6), st.text("乾後著aā髮", max_size=6))
def test_a_part_of_a_text_is_a_part_of_its_folded_text(one, other):
    assert normal(one + other) == normal(one) + normal(other)
    assert normal(normal(one)) == normal(one)


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("san1he2", "sanhe"),
        ("lv4cheng2", "lucheng"),
        ("shc", "shc"),
        ("a4", None),
        ("p30", None),
        ("2025", None),
        ("三he", None),
    ],
)
def test_only_a_word_of_letters_is_spelled_and_its_tone_numbers_are_dropped(word, letters):
    assert spelled(word) == letters
