"""A name compares equal however it was typed, and the hashes that are stored stay good."""

import re
import unicodedata

import pytest

from services.chassis.core.cleaning import visible
from services.identity.people.names import ASSIGNED, plain_name

NEW_DOTS = "⋅∘●◦⚫⬤⦁⸰⸱⸳ꞏᐧ᛫\u119e。"
OLD_DOTS = "·•・‧∙．."


def as_stored(name: str) -> str:
    """What the stored hashes were made of."""
    return re.sub(r"[\s·•・‧∙．.]", "", unicodedata.normalize("NFKC", name)).upper()


@pytest.mark.parametrize("dot", [*OLD_DOTS, *NEW_DOTS, "ㆍ", "･", "﹒", "｡", " ", "\u3000", ""])
def test_every_dot_that_people_type_is_the_same_dot(dot):
    assert plain_name(f"阿依古丽{dot}买买提") == "阿依古丽买买提"


@pytest.mark.parametrize(
    "mark",
    [
        "\u200b", "\u200d", "\u200e", "\u202c", "\u2060", "\ufeff", "\u00ad", "\u061c", "\u034f", "\u115f", "\u3164",
        "\uffa0", "\ufe00", "\ufe0f", "\U000e0100", "\U000e01ef", "\U000e0041", "\x00", "\x1f", "\x7f", "\u180e",
    ],
)  # fmt: skip
def test_a_mark_that_nobody_sees_makes_no_other_name(mark):
    assert plain_name(f"{mark}王{mark}秀英{mark}") == "王秀英"


@pytest.mark.parametrize(
    ("private", "assigned"),
    [
        ("王\ue863", "王䶮"),
        ("\ue815", "⺁"),  # the first of the table
        ("\ue864", "龻"),  # the last, assigned in Unicode 4.1
        ("\ue81e", "\u9fb4"),
        ("\ue831", "\U000215d7"),
        ("\ue85a", "䱷"),
        ("\ue7c7", "\u1e3e"),
        ("\ue7c8", "\u01f8"),
        ("王\ue5e5秀英", "王秀英"),
    ],
)
def test_a_private_code_of_gbk_is_the_character_that_it_stood_for(private, assigned):
    assert plain_name(private) == assigned == plain_name(assigned)


def test_the_table_says_the_same_as_the_codec_wherever_the_codec_knows_the_character():
    trails = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
    told = {0xE815 + place: ord(bytes((0xFE, trail)).decode("gb18030")) for place, trail in enumerate(trails)}
    unknown = {private for private, one in told.items() if one == private}
    assert len(told) == 80 and len(unknown) == 14 and told.keys() < ASSIGNED.keys()
    assert {private: ASSIGNED[private] for private in told.keys() - unknown} == {
        private: one for private, one in told.items() if private not in unknown
    }
    assert not any(unicodedata.category(chr(one)) in ("Co", "Cn") for one in ASSIGNED.values())
    assert len(set(ASSIGNED.values())) == len(ASSIGNED)


def test_a_name_without_such_signs_has_the_hash_that_it_always_had():
    changed = set(NEW_DOTS) | {chr(one) for one in ASSIGNED}
    kept = [
        char
        for char in map(chr, [*range(0xD800), *range(0xE000, 0x30000)])
        if unicodedata.category(char) != "Cc"
        and visible(char)
        and changed.isdisjoint(unicodedata.normalize("NFKC", char))
    ]
    assert [char for char in kept if plain_name(f"王{char}a") != as_stored(f"王{char}a")] == []
    assert len(kept) > 190_000
    for name in ("阿依古丽·买买提", "欧阳 Ｘｉｕ", "Nguyễn Văn An", "王.秀", "〇王"):
        assert plain_name(name) == as_stored(name)
