"""A page of the catalogue may end with any of its matters."""

import csv
from pathlib import Path

from gateway.web.pages.everybody import guide
from services.affairs.matters import catalogue
from services.affairs.matters.catalogue.model import KINDS
from services.affairs.matters.catalogue.source import MATTERS, rows
from services.chassis.core.schemas import Page
from services.chassis.storage.paging import _cursor, _opened


def test_wherever_a_page_ends_the_next_one_can_be_asked_for():
    names = [row.values["name"] for row in rows(MATTERS)]
    assert max(map(len, names)) > 100
    for name in names:
        cursor = Page().load({"cursor": _cursor({"name": name, "_id": "m" * 64}, "name", "tag")})["cursor"]
        assert _opened(cursor, "tag") == (name, "m" * 64)


def test_the_events_of_life_and_the_kinds_that_are_linked_are_those_of_the_catalogue():
    with (Path(catalogue.__file__).parent / "data/top169.csv").open(encoding="utf-8-sig") as file:
        listed = [row["life_event"] for row in csv.DictReader(file)]
    assert list(guide.EVENTS) == list(dict.fromkeys(listed))
    assert sorted(guide.KINDS) == sorted(KINDS)
