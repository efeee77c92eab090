"""The reference pages say what the code says."""

import json
import re

import pytest

from deploy.reference import raised
from deploy.reference.__main__ import FOLDER, write
from deploy.reference.errors import refusals
from deploy.reference.pages import pages
from deploy.reference.settings import settings
from deploy.reference.sources import settings_classes

SEVERAL_STATUSES = {"request.not_json": {400, 415}}
"""A promise of 0.1: a body of another type is 415, JSON that cannot be passed on is 400."""

AGAIN = "run `python -m deploy.reference` and commit what it changed"


@pytest.mark.parametrize("name", sorted(pages()))
def test_a_reference_page_is_what_the_code_says_today(name):
    assert (FOLDER / name).read_text(encoding="utf-8") == pages()[name], f"{name} is out of date: {AGAIN}"


def test_the_codes_of_the_operations_are_what_the_code_says_today():
    assert raised.FILE.read_text(encoding="utf-8") == raised.text(), (
        f"{raised.FILE.name} is out of date: {AGAIN}"
    )


def test_an_operation_is_known_to_refuse_with_the_codes_of_its_rules():
    """One for each way in which they are found: a model's rule, a store, a port, a table of rules, a rule that is handed over."""
    rules = json.loads(raised.text())["rules"]
    assert {"order.own_listing", "order.not_found", "listing.not_found"} <= set(rules["place_order"])
    assert "departure.no_trade" in rules["place_order"]
    assert "resident.passport_number" in rules["register_resident"]
    assert "resident.person_registered" in rules["certify_resident"]
    assert "page.cursor_invalid" in rules["list_orders"]
    assert not {one for one in rules["place_order"] if one.startswith(("region.", "session.", "matter."))}


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


WAY_ON = re.compile("请(?!求)|可以|可在|无需|不用|只能|才能|应|须|重新|改|联系|再试")
TO_MACHINES = {"payment.callback_forged", "receipt.forged", "receipt.of_another", "receipt.replayed"}
"""Answers to a provider's program, which nobody reads but its operators."""


def test_every_refusal_tells_the_person_what_to_do():
    """Sentences that are filled in elsewhere are read where they are made (`tests/contract/test_refusals.py`)."""
    told = json.loads(raised.text())["codes"]
    said = {code: sentence.replace("申请", "") for code, (_, sentence) in told.items()}
    silent = {
        code
        for code, one in said.items()
        if not WAY_ON.search(one) and not one.startswith("(") and "…" not in one
    }
    assert silent == TO_MACHINES
