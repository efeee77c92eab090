"""The desk of the discipline committee."""

import pytest

from deploy.local.story.identity import COUNTY, PASSWORD
from tests.e2e.web.offices import appointed, enrolled, reported


@pytest.mark.parametrize("desk", ["phone", "office without script"], indirect=True)
def test_a_discipline_officer_enrols_and_handles_a_report(desk, staff, platform):
    text = reported(platform)
    login, first = appointed(staff, "discipline_officer", COUNTY)
    desk.sign_in(login, first)
    assert desk.path == "/work/begin"
    desk.fill("现在的密码", first)
    desk.fill("新密码", "password12345")
    desk.press("换成新密码")
    desk.sees("还没有办成")
    desk.fill("现在的密码", first)
    desk.fill("新密码", PASSWORD)
    desk.press("换成新密码")
    assert desk.path == "/work/begin"
    enrolled(desk)
    desk.sees("待办的举报")
    waiting = staff["discipline"].get("/reports", limit=100)["items"]
    found = next(
        one["id"] for one in waiting if staff["discipline"].get(f"/reports/{one['id']}")["text"] == text
    )
    assert desk.open("/work/reports").headers["cache-control"] == "no-store"
    assert text not in desk.text
    opened = desk.open(f"/work/reports/{found}")
    assert opened.headers["cache-control"] == "no-store"
    desk.sees(text, "某干部", "没有留言")
    desk.press("受理，由我承办")
    desk.sees("由您承办")
    desk.follow("回避")
    recused = desk.page.get_by_label("谁回避").locator("option:checked").inner_text()
    assert login in recused and recused.endswith("我自己")
    desk.follow("不办了，回到上一页")
    desk.follow("给举报人留言")
    desk.fill("留言", "请补充时间和地点。")
    desk.press("留言")
    desk.sees("已留言", "请补充时间和地点。")
    desk.follow("办结")
    desk.press("办结")
    desk.sees("还没有办成")
    desk.choose("无法查实")
    desk.fill("结论", "没有找到可以核实的线索。")
    desk.press("办结")
    desk.sees("已办结", "名单上没有举报的内容")
