"""By what letters a division is found."""

import pytest

from services.identity.divisions.regions.model import beginnings
from services.identity.divisions.regions.spelling import syllables


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
