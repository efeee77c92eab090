"""The start page beside its slowest part: compared with what it gives itself."""

import pytest

from benchmarks.requests import parts
from gateway.start_pages import MINE

SEEN = dict.fromkeys(MINE.first, 4.0) | {"orders": 5.0}


def test_the_start_page_is_one_part_of_each_service():
    assert sorted(MINE.parts[name].named.service for name in MINE.first) == [
        "affairs",
        "identity",
        "integrity",
        "market",
    ]


def test_each_part_is_asked_by_its_own_route_as_the_page_asks_it():
    paths = parts.paths("resident-1")
    assert paths.keys() == {parts.PAGE, *MINE.first} and paths[parts.PAGE] == "/overview"
    assert paths["notices"] == "/notices?limit=5&unread=true"
    assert paths["report_categories"] == "/complaint-categories?"


@pytest.mark.parametrize(("page", "came", "met"), [(7.0, 1.4, True), (7.5, 1.5, True), (8.0, 1.6, False)])
def test_the_page_is_compared_with_the_slowest_of_its_parts(page, came, met):
    aim = parts._aim(SEEN | {parts.PAGE: page})
    assert (aim.came, aim.met) == (came, met)
    assert "orders, 5.0 ms" in aim.says and "4 parts of 4 services, 1 of them from the cache" in aim.says
