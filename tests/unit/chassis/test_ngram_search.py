"""What is found by which words, as the server would decide it from the filter."""

import re

import pytest

from services.chassis.storage.ngram_search import FIELDS, MOST_LETTERS, matching, searchable, words_of

TITLE = "金果猕猴桃（Ａ级）2025"


def is_found(asked: str, *texts: str, wholes=(), stored=()) -> bool:
    """Decide as the server does: all grams, and each pattern in one of the texts."""
    document, where = searchable(*texts, wholes=stored), matching(words_of(asked), wholes)
    patterns = [one.pattern for one in where.get("plain", {"$all": []})["$all"]]
    return set(where["grams"]["$all"]) <= set(document["grams"]) and all(
        any(re.search(pattern, text) for text in document["plain"]) for pattern in patterns
    )


@pytest.mark.parametrize(
    "asked",
    ["猕猴桃", "猴", "金果", "果猕猴", "A级", "a级 猕猴桃", "ａ级", "2025", "２０２５", "桃a", "(A级)"],
)
def test_a_text_is_found_by_any_of_its_parts_whatever_their_case_width_and_brackets(asked):
    assert is_found(asked, TITLE)


@pytest.mark.parametrize("asked", ["猕桃", "红心", "b级", "猕猴桃 红心", "桃猴", "2026"])
def test_a_text_is_not_found_by_what_is_not_in_it(asked):
    assert not is_found(asked, TITLE)


def test_pairs_that_stand_apart_are_no_word():
    apart = "国中药和中国"
    pairs = matching(words_of("中国中药"))["grams"]["$all"]
    assert set(pairs) <= set(searchable(apart)["grams"])
    assert not is_found("中国中药", apart)
    assert is_found("中国中药", "某中国中药店")


def test_a_word_stands_in_one_of_the_texts_and_not_across_two():
    assert not is_found("发放民政", "津贴发放", "民政局")
    assert not is_found("放民", "津贴发放", "民政局")
    assert is_found("发放 民政局", "津贴发放", "民政局")


def test_words_of_nothing_but_signs_are_no_words():
    assert words_of("（、） .* ％") == words_of("") == []
    assert words_of("高龄 （高龄）　民政") == ["民政", "高龄"]


def test_a_sign_is_never_read_as_a_pattern():
    assert not is_found("发.放", "发展开放")
    assert is_found("^发放$", "津贴发放金")


def test_a_whole_value_is_asked_for_as_it_is_and_is_no_word():
    assert is_found("津贴", "高龄津贴", wholes=["20"], stored=["20", "民政局"])
    assert not is_found("津贴", "高龄津贴", wholes=["2"], stored=["20"])
    assert not is_found("20", "高龄津贴", stored=["20"])
    assert not is_found("津贴", "高龄津贴20", wholes=["20"])


def test_the_rarest_grams_come_first_and_only_long_words_are_read_again():
    assert matching(words_of("猕猴桃 茶"))["grams"]["$all"] == ["猕猴", "猴桃", "茶"]
    assert "plain" not in matching(words_of("茶 猕猴"))
    assert set(searchable("茶")) == set(FIELDS)


@pytest.mark.parametrize(
    "asked", ["jinguo", "mht", "jgmht", "mihoutao", "hou", "jin1guo3", "míhóutáo", "金果 mht"]
)
def test_a_text_is_found_by_its_pinyin_and_initials_from_any_syllable_on(asked):
    assert is_found(asked, TITLE)


@pytest.mark.parametrize("asked", ["ihou", "uo", "mt", "jinguomihoutan", "hongxin"])
def test_letters_that_begin_inside_a_syllable_or_go_on_otherwise_find_nothing(asked):
    assert not is_found(asked, TITLE)


@pytest.mark.parametrize("asked", ["lvcha", "lucha", "lücha", "lǜchá", "lv4cha2", "綠茶", "绿茶"])
def test_one_syllable_is_found_however_its_vowel_is_typed(asked):
    assert is_found(asked, "邛崃绿茶") and is_found(asked, "邛崍綠茶")


def test_a_long_text_has_no_more_keys_in_letters_than_its_syllables_allow():
    keys = [gram for gram in searchable("城乡居民基本养老保险参保登记" * 3)["grams"] if gram.startswith("~")]
    assert max(map(len, keys)) == MOST_LETTERS + 1 and len(keys) <= 42 * 2 * MOST_LETTERS


def test_what_a_text_is_also_called_is_found_as_it_is_written_and_not_in_letters():
    def found(asked):
        return set(matching([asked])["grams"]["$all"]) <= set(
            searchable("黑虎村", also=["黑虎村委会"])["grams"]
        )

    assert found("委会") and found("heihu") and not found("weihui")


def test_the_version_before_finds_what_this_one_stores():
    stored = searchable("邛崍綠茶（Ａ級）")
    assert "邛崍綠茶a級" in stored["plain"] and {"崍綠", "a級", "邛"} <= set(stored["grams"])
