"""A page of the catalogue may end with any of its matters."""

from services.affairs.matters.catalogue.source import MATTERS, rows
from services.chassis.core.schemas import Page
from services.chassis.storage.paging import _cursor, _opened


def test_wherever_a_page_ends_the_next_one_can_be_asked_for():
    names = [row.values["name"] for row in rows(MATTERS)]
    assert max(map(len, names)) > 100
    for name in names:
        cursor = Page().load({"cursor": _cursor({"name": name, "_id": "m" * 64}, "name", "tag")})["cursor"]
        assert _opened(cursor, "tag") == (name, "m" * 64)
