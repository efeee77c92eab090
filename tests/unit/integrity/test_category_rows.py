"""What a row of the taxonomy must be."""

import pytest

from services.chassis.core.errors import Rejected
from services.integrity.reports.categories.model import (
    Category,
    a_row_names_all_three_levels,
    a_row_stands_once,
)


def test_a_category_keeps_its_id_when_its_line_moves():
    path = ("纪检监察", "贪污贿赂", "挪用公款")
    assert Category(path, 2).id == Category(path, 400).id
    assert Category(path, 2).id != Category(("纪检监察", "贪污贿赂", "贪污"), 2).id
    assert len({c.id for c in Category(("其他", "其他", "其他"), 2).with_those_above()}) == 3


def test_a_category_knows_the_one_above():
    top, subject, leaf = Category(("纪检监察", "贪污贿赂", "挪用公款"), 2).with_those_above()
    assert (top.parent, subject.parent, leaf.parent) == (None, top.id, subject.id)
    assert leaf.full_name == "纪检监察/贪污贿赂/挪用公款"


@pytest.mark.parametrize(
    "cells", [[], ["甲", "乙"], ["甲", "", "丙"], ["甲", "乙", " "], ["甲", "乙", "丙", "丁"]]
)
def test_a_row_without_exactly_three_names_is_refused(cells):
    assert a_row_names_all_three_levels([" 甲 ", "乙", "丙"]) == ("甲", "乙", "丙")
    with pytest.raises(Rejected) as refused:
        a_row_names_all_three_levels(cells)
    assert refused.value.code == "category.row_incomplete"


@pytest.mark.parametrize("name", ["长" * 51, "甲/乙"])
def test_a_name_that_is_too_long_or_holds_the_separator_is_refused(name):
    with pytest.raises(Rejected) as refused:
        a_row_names_all_three_levels(["甲", "乙", name])
    assert refused.value.code == "category.name_invalid"


def test_a_repeated_row_is_refused_with_the_line_of_the_first():
    a_row_stands_once(("甲", "乙", "丁"), {("甲", "乙", "丙"): 7})
    with pytest.raises(Rejected) as refused:
        a_row_stands_once(("甲", "乙", "丙"), {("甲", "乙", "丙"): 7})
    assert "7" in refused.value.message
