"""The reference pages say what the code says."""

import pytest

from deploy.reference.__main__ import FOLDER, write
from deploy.reference.cards import HEADINGS, card
from deploy.reference.errors import refusals
from deploy.reference.pages import pages
from deploy.reference.settings import settings
from deploy.reference.sources import capabilities, operations, settings_classes

SEVERAL_STATUSES = {"request.not_json": {400, 415}}
"""A promise of 0.1: a body of another type is 415, JSON that cannot be passed on is 400."""

AGAIN = "run `python -m deploy.reference` and commit what it changed"


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_reference_page_is_what_the_code_says_today(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == pages()[name], f"{name} is out of date: {AGAIN}"


def test_writing_a_second_time_changes_nothing(tmp_path):
    assert set(write(tmp_path)) == set(pages())
    assert write(tmp_path) == []


def test_every_setting_has_a_comment_and_a_row():
    rows = [name for one in settings() for name in one.names]
    declared = [name.upper() for name in settings_classes()[-1].__dataclass_fields__]
    assert sorted(rows) == sorted(declared)
    assert [one.names for one in settings() if not one.comment] == []


def test_every_code_has_one_status():
    of_code = {}
    for one in refusals():
        of_code.setdefault(one.code, set()).add(one.status)
    assert len(of_code) > 300
    assert {code: statuses for code, statuses in of_code.items() if len(statuses) > 1} == SEVERAL_STATUSES


def test_every_capability_and_every_operation_is_found():
    assert {name: len(found) for name, found in capabilities().items() if len(found) < 3} == {}
    assert len(operations()) > 200
    assert all(
        set(card(one)) == {name.lower() for name in HEADINGS}
        for found in capabilities().values()
        for one in found
    )
