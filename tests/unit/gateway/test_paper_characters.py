"""Which characters are shown on paper, and which are written as their code."""

import pytest

from services.civic.paper import fonts
from services.civic.paper.characters import shown
from services.civic.settings import CivicSettings

SHOWN = [
    "王秀英",
    "𠮷𫰡㐂",
    "ئەلىم ئابدۇللا",
    "བོད་ཡིག",
    "ꆈꌠꉙ",
    "ᠮᠣᠩᠭᠣᠯ᠋",
    "할머니",
    "e\u0301 é",
    "ه\u200dـ",
    "一行\n下一行",
    "　、。①《》—…￥",
    "",
]
WRITTEN = [
    ("王\U00030000", "王〔U+30000〕"),
    ("王\u200b秀英", "王〔U+200B〕秀英"),
    ("王\u200d秀英", "王〔U+200D〕秀英"),
    ("葛\U000e0100", "葛〔U+E0100〕"),
    ("王\u3164", "王〔U+3164〕"),
    ("\u202e张三", "〔U+202E〕张三"),
    ("\ue000", "〔U+E000〕"),
    ("\ud842", "〔U+D842〕"),
    ("\U0010ffff", "〔U+10FFFF〕"),
    ("a\x00b\x1bc\x7f", "a〔U+0000〕b〔U+001B〕c〔U+007F〕"),
    ("一\u2028二", "一〔U+2028〕二"),
    # no font has both: the mark would stand beside the letter, or in a box
    ("ꆈ\u0301", "ꆈ〔U+0301〕"),
    ("\U00030000\u0301", "〔U+30000〕〔U+0301〕"),
    ("\u0301王", "〔U+0301〕王"),
    ("\u064b\u200d", "〔U+064B〕〔U+200D〕"),
    ("a\tb\r\nc\rd", "a b\nc〔U+000D〕d"),
]


@pytest.fixture(scope="module")
def found():
    return fonts.load(CivicSettings.from_environment().paper_fonts)


@pytest.mark.parametrize("text", SHOWN)
def test_what_a_font_has_is_shown_as_it_is(text, found):
    assert shown(text, found) == text


@pytest.mark.parametrize(("text", "written"), WRITTEN)
def test_what_no_font_has_and_what_is_not_seen_is_written_as_its_code(text, written, found):
    assert shown(text, found) == written


def test_texts_are_found_at_any_depth_and_everything_else_stays(found):
    data = {"rows": [["\U00030000", 1, None, True, 0.5]], "名": {"a": ("\ue000",)}}
    assert shown(data, found) == {"rows": [["〔U+30000〕", 1, None, True, 0.5]], "名": {"a": ["〔U+E000〕"]}}


def test_nearly_all_han_of_the_extensions_a_to_f_are_had(found):
    def share(first, last):
        return sum(found.having[code] > 0 for code in range(first, last)) / (last - first)

    assert share(0x3400, 0x4DB6) == 1 and share(0x4E00, 0x9FA6) == 1
    for first, last in (
        (0x20000, 0x2A6D7),
        (0x2A700, 0x2B735),
        (0x2B740, 0x2B81E),
        (0x2B820, 0x2CEA2),
        (0x2CEB0, 0x2EBE1),
    ):
        assert share(first, last) > 0.99
    # of G, as the documentation says, next to none
    assert share(0x30000, 0x3134B) < 0.01
