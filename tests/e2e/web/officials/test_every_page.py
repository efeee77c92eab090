"""Every page of every office in every size, and that another office's does not exist."""

import re

import pytest
import requests

from deploy.local.story.identity import COUNTY, OTHER_VILLAGE, TOWN, VILLAGE
from services.integrity.openness.powers.shipped import power_id
from tests.e2e.web.offices import applied, appointed, browser_of, newcomer, reported
from tests.e2e.web.reader import SIZES


def test_what_another_office_has_does_not_exist(platform, staff, certified):
    application = applied(certified)
    other = browser_of(platform.base, *appointed(staff, "village_administrator", OTHER_VILLAGE))
    for path in (f"/work/residents/{certified.id}", f"/work/applications/{application['id']}"):
        answer = other.get(platform.base + path)
        nothing = other.get(platform.base + path[:-8] + "00000000")
        assert (answer.status_code, nothing.status_code) == (404, 404), path
        assert sentences(answer) == sentences(nothing)
        assert certified.entered["name"][0] + "*" not in answer.text
    refused = other.get(platform.base + "/my")
    assert refused.status_code == 403
    assert "您登录的是工作人员账号" in refused.text


def sentences(answer: requests.Response) -> str:
    """Give a problem's page without its number."""
    return re.sub(r"这个编号：\w+|back=[^\"]*", "", answer.text)


@pytest.fixture(scope="module")
def things(platform, staff) -> dict[str, str]:
    """One of each that stands on the officials' pages."""
    waiting = newcomer(platform)
    reported(platform)
    report = staff["discipline"].get("/reports")["items"][-1]["id"]
    invited = {"name": "新同事", "role": "clerk", "region": TOWN}
    invitation = staff["county"].post("/invitations", invited, expect=201)["id"]
    asked = {"name": "县卫健局", "contact": "王芳", "purpose": "核对老人补贴", "legal_ground": "依法提供"}
    asked |= {"events": ["affairs.application.*"], "region": COUNTY, "basis": "law"}
    department = platform.person().post("/departments", asked, expect=201)["id"]
    made = {"resident": waiting.id, "report": report, "invitation": invitation}
    return made | {"department": department}


PAGES = {
    ("village_administrator", VILLAGE): (
        "/work",
        "/work/residents",
        "/work/residents?state=certified",
        "/work/residents/{resident}",
        "/work/residents/{resident}?do=reject_resident",
        "/work/residents/{resident}?do=disclose_resident",
        "/work/requests",
        "/work/arrivals",
        "/work/ends?kind=deactivated",
        "/work/find",
        "/work/listings",
        "/work/figures",
        "/work/leaves",
        "/work/applications?state=accepted",
        "/work/households",
        "/work/recorded",
        "/work/mandates",
        "/work/mandates?state=offered&photos_missing=true",
        "/work/mandates/paper",
        "/work/duties",
        "/work/contact",
        "/work/devices",
        "/work/notices",
        "/work/begin",
        "/work/begin?do=choose_own_password",
    ),
    ("clerk", COUNTY): (
        "/work",
        "/work/inbox",
        "/work/inbox?reason=overdue",
        "/work/sentences",
        "/work/applications",
        "/work/disputes",
        "/work/sighting",
        "/work/find",
        "/work/matters",
        "/work/catalogue",
    ),
    ("town_administrator", TOWN): (
        "/work",
        "/work/officials",
        "/work/officials/new",
        "/work/invitations/{invitation}",
        "/work/workload",
        "/work/overdue",
        "/work/figures",
    ),
    ("county_administrator", COUNTY): (
        "/work",
        "/work/calendar",
        "/work/departments",
        "/work/departments/{department}",
        "/work/departments/{department}?do=refuse_subscription",
        "/work/officials",
        "/work/register",
        "/work/doubles",
        "/work/residents/{resident}",
    ),
    ("discipline_officer", COUNTY): (
        "/work",
        "/work/reports",
        "/work/reports/{report}",
        "/work/powers?state=drafting",
        f"/work/powers/{power_id('收益分配')}",
        f"/work/powers/{power_id('收益分配')}?do=write_power",
    ),
    (None, None): (
        "/first-password",
        "/invitation?size={size}",
        "/rules",
        "/rules?group=money",
        "/coverage-map",
        f"/coverage-map?code={TOWN}",
    ),
}
SEEN_AT = {"normal": 1280, "large": 360, "elder": 240}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("who", list(PAGES), ids=lambda who: who[0] or "everybody")
def test_every_page_can_be_read_in_every_size(office, platform, staff, things, who, size):
    if who[0]:
        session = browser_of(platform.base, *appointed(staff, *who))
        cookies = [
            {"name": name, "value": value, "url": platform.base} for name, value in session.cookies.items()
        ]
        office.context.add_cookies(cookies)
    office.page.goto(f"/type-size/{size}?back=/")
    office.page.set_viewport_size({"width": SEEN_AT[size], "height": 700})
    for path in PAGES[who]:
        office.open(path.format(**things, size=size))
        assert office.page.locator("html").get_attribute("class") == size
