"""Pages beside their slowest parts: each is compared with its own parts only."""

import pytest

from benchmarks.requests import parts
from gateway.overviews import MINE

SEEN = dict.fromkeys(MINE.parts, 4.0) | {
    "orders": 5.0,
    "notices": 8.0,
    parts.FOUR: 7.0,
    parts.ALL_PARTS: 14.0,
}


def test_the_smaller_page_asks_one_part_of_each_service():
    services = [MINE.parts[name].service for name in parts.one_of_each()]
    assert sorted(services) == ["affairs", "identity", "integrity", "market"]
    path = parts.paths("resident-1")[parts.FOUR]
    assert path == "/overview?parts=profile,applications,orders,report_categories"


@pytest.mark.parametrize(
    ("page", "names", "came", "met", "slowest"),
    [
        (parts.FOUR, parts.one_of_each(), 1.4, True, "orders, 5.0 ms"),
        (parts.ALL_PARTS, [*MINE.parts], 1.75, False, "notices, 8.0 ms"),
    ],
)
def test_a_page_is_compared_with_the_slowest_of_its_own_parts(page, names, came, met, slowest):
    aim = parts._aim(SEEN, page, names)
    assert (
        (aim.came, aim.met) == (came, met) and slowest in aim.says and "1 of them from the cache" in aim.says
    )
