"""Somebody without an account follows an application by its number and its code; who has neither learns nothing."""

import pytest
import requests

from deploy.local.story.identity import COUNTY
from tests.e2e.web.offices import OFFICE, applied, at_work
from tests.e2e.web.reader import Reader
from tests.e2e.web.test_frame import browser, form


@pytest.fixture
def application(certified):
    """An application of the resident; withdrawn in the end, so that the next test can apply again."""
    made = applied(certified)
    yield made
    certified.post(f"/applications/{made['id']}/withdrawal", expect=200)


def in_hand(reader: Reader) -> tuple[str, str]:
    """Read number and code off the applicant's page, as somebody copies them."""
    section = reader.page.locator("dl", has_text="进度码").last
    return tuple(one.inner_text() for one in section.locator("dd").all())


def looks(reader: Reader, number: str, code: str) -> None:
    """Open the page that everybody can open, and ask."""
    reader.open("/guide")
    reader.follow("查办件进度")
    reader.fill("申请编号", number)
    reader.fill("进度码", code)
    reader.press("查进度")


def test_a_relative_follows_it_by_what_the_applicant_copied_until_the_code_is_ended(
    reader, chromium, platform, certified, application, staff
):
    owner = Reader.on(chromium, platform.base)
    try:
        owner.sign_in(certified.entered["phone"], certified.entered["password"])
        owner.open(f"/my/applications/{application['id']}")
        number, code = in_hand(owner)
        assert len(number.replace(" ", "")) == 12 and len(code.replace(" ", "")) == 8

        looks(reader, number, code.lower().replace(" ", ""))
        reader.sees("高龄津贴", "等单位看材料齐不齐", "受理单位", "提交时间")
        name, phone = certified.entered["name"], certified.entered["phone"]
        for hidden in (name, name[0] + "*", phone, phone[:3] + "****", application["id"]):
            assert hidden not in reader.page.content()
        assert reader.context.cookies() == []

        materials = [{"name": one["name"], "note": "写了名字"} for one in application["missing"]]
        staff["clerk"].post(f"/applications/{application['id']}/notice", {"materials": materials}, expect=200)
        looks(reader, number, code)
        reader.sees("请申请人补材料", "要补的材料", materials[0]["name"], "前补")
        assert "写了名字" not in reader.text

        owner.press("换一个进度码")
        owner.sees("进度码已经换了")
        assert in_hand(owner)[0] == number
        looks(reader, number, code)
        reader.sees("还没有办成", "对不上")
        assert reader.page.get_by_label("申请编号").input_value() == number
        looks(reader, *in_hand(owner))
        reader.sees("请申请人补材料")
    finally:
        owner.close()


def test_a_wrong_number_a_wrong_code_and_both_look_the_same_and_leave_nothing_behind(
    platform, certified, application
):
    told = certified.get(f"/applications/{application['id']}/look-up-code")
    session, base = requests.Session(), platform.base
    session.headers.update({"Accept": "text/html", "Origin": base})
    seen = set()
    other = "000000000008"
    for number, code in ((told["number"], "AAAA2222"), (other, told["code"]), (other, "AAAA2222")):
        sent = form(session, base, "/progress", "look_up_progress") | {"number": number, "code": code}
        answer = session.post(base + "/progress", sent)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")
        assert "Set-Cookie" not in answer.headers
        seen.add(answer.text.replace(number, "").replace(code, "").replace(sent["stamp"], "")[:2000])
    said = {one.partition("对不上")[0][-30:] for one in seen}
    assert len(said) == 1
    sent = form(session, base, "/progress", "look_up_progress") | {"number": "12", "code": "短"}
    answer = session.post(base + "/progress", sent)
    assert "申请编号是 12 位数字" in answer.text and "进度码是 8 个字母和数字" in answer.text


def test_the_window_copies_number_and_code_for_who_stands_there(chromium, platform, application, staff):
    desk = Reader.on(chromium, platform.base, viewport=OFFICE)
    told = None
    try:
        at_work(desk, staff, "clerk", COUNTY)
        desk.open(f"/work/applications/{application['id']}")
        told = staff["clerk"].get(f"/applications/{application['id']}/look-up-code")["code"]
        desk.sees("进度码", f"{told[:4]} {told[4:]}")
    finally:
        desk.close()


def test_who_changes_the_code_twice_with_one_form_has_changed_it_once(platform, certified, application):
    session, base = browser(platform.base, certified), platform.base
    path = f"/my/applications/{application['id']}"
    sent = form(session, base, path, "renew_look_up_code")
    codes = []
    for _ in range(2):
        answer = session.post(base + path, sent, allow_redirects=False)
        assert answer.headers["Location"].endswith("?done=renew_look_up_code"), answer.text
        codes.append(certified.get(f"/applications/{application['id']}/look-up-code")["code"])
    assert codes[0] == codes[1]
