"""What people cannot see is cleaned; what only looks alike is not guessed."""

import pytest
from marshmallow import ValidationError

from services.chassis.core.cleaning import compact, on_one_line, says_something, visible, with_plain_dashes
from services.chassis.core.schemas import Compact, Name, Text


@pytest.mark.parametrize(
    "typed",
    [
        "510183 19850607 0034", "５１０１８３１９８５０６０７００３４", "510183-19850607-0034", "510183–19850607—0034", "510183−198506070034",
        "\u202d510183198506070034\u202c", "\ufeff510183198506070034", "510183\u00a0198506070034", "510183\u3000198506070034",
        "5\u200b1\u200c0\u200d1\u206083198506070034", "510183\ufe0f198506070034", "510183\u00ad198506070034", " 510183198506070034\n",
        "510183\U000e0100198506070034", "510183\u3164198506070034",
    ],
)  # fmt: skip
def test_a_number_is_the_same_however_it_was_typed(typed):
    assert compact(typed) == "510183198506070034"


def test_letters_that_only_look_alike_stay_what_they_are():
    assert compact("51018319850607003х") == "51018319850607003х"
    assert compact("51018319850607003Ⅹ") == "51018319850607003X"


def test_the_dashes_of_a_landline_become_those_of_a_keyboard():
    assert with_plain_dashes(" ０２８—8879 0000") == "028-88790000"


def test_a_pasted_cell_is_one_line():
    assert on_one_line("猕猴桃\r\n一级\t果\u2028大") == "猕猴桃 一级 果 大"


@pytest.mark.parametrize("text", ["\u200b\u200b\u200b", "\u3164", "\u2060\ufeff", "\u180e"])
def test_what_shows_nothing_is_nothing(text):
    assert visible(text) == ""


def test_a_name_has_a_letter_or_an_ideograph():
    assert all(says_something(one) for one in ("张", "𠮷", "Li", "བཀྲ", "نۇر", "㐂"))
    assert not any(says_something(one) for one in ("", "··", "123", " ", "—"))


@pytest.mark.parametrize("wrong", ["\u200b\u200b\u200b", "\u3164", "··", "12", "\u202e", "", " "])
def test_what_names_nobody_is_refused(wrong):
    with pytest.raises(ValidationError) as refused:
        Name(50).deserialize(wrong)
    assert refused.value.messages[0].isascii() is False


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("张\u202e三", "张三"),
        ("欧", "欧"),
        (" 王\u200b五 ", "王五"),
        ("阿依\n古丽", "阿依 古丽"),
        ("买买提·艾力", "买买提·艾力"),
        # what chooses the letters' forms is seen: Mongolian, Persian
        ("\u182a\u1820\u1836\u1820\u1837\u180e\u1820", "\u182a\u1820\u1836\u1820\u1837\u180e\u1820"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u200c\u062e"),
        ("张\u200c三\u180e", "张三"),
    ],
)
def test_a_name_is_kept_as_it_reads(typed, kept):
    assert Name(50).deserialize(typed) == kept


def test_a_line_is_one_line_and_a_text_keeps_its_own():
    assert Text(20).deserialize("甲\r\n乙\t丙") == "甲 乙 丙"
    assert Text(20, lines=True).deserialize("甲\r\n乙") == "甲\n乙"
    with pytest.raises(ValidationError, match="看不见"):
        Text(20, lines=True).deserialize("\u200b\u2060")


def test_capitals_count_unless_they_do_not():
    assert Compact("[A-Za-z]{4}", "不对").deserialize("aB-cD") == "aBcD"
    assert Compact("[A-Z]{4}", "不对", upper=True).deserialize("ａbcd") == "ABCD"
