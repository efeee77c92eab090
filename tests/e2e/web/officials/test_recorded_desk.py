"""Who has no account and was written down by the village: what is wrong of it is corrected."""

import pytest

from deploy.local.story.identity import VILLAGE
from tests.e2e.web.offices import at_work

TWO_SEATS = pytest.mark.parametrize("desk", ["phone", "office without script"], indirect=True)


@TWO_SEATS
def test_what_was_written_down_wrongly_is_corrected(desk, staff):
    written = {"name": "王小明", "village": VILLAGE, "birth_year": 2015}
    id = staff["village"].post("/recorded-people", written, expect=201)["id"]
    at_work(desk, staff, "village_administrator", VILLAGE)
    desk.open(f"/work/recorded/{id}")
    desk.follow("更正登记的内容")
    desk.press("更正")
    desk.sees("还没有办成")
    desk.fill("出生年份", "2999")
    desk.press("更正")
    desk.sees("还没有办成")
    desk.fill("出生年份", "2016")
    desk.press("更正")
    desk.sees("已更正", "2016")
    assert staff["village"].get(f"/recorded-people/{id}")["birth_year"] == 2016
