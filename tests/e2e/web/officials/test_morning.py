"""A clerk's morning: forty cases through the pages, with how many requests of the browser each one takes."""

import re

import pytest

from deploy.local.story.identity import VILLAGE
from tests.county.takes_applications import takes_applications
from tests.e2e.web.offices import appointed, browser_of
from tests.e2e.web.test_frame import form

TOWN, CASES = VILLAGE[:9], 40
GRANTED, TOLD, DECLINED, CLAIMED = 7, 3, 3, 6
"""Requests of the browser for a case: for each step its page, its form, and the page after it; a decision is asked for once more."""
MOST_PAGES = 60


@pytest.fixture
def forty(certified) -> list[dict]:
    """Forty applications of one person for forty matters, each without the last of its materials."""
    matters, cursor = [], {}
    while len(matters) < CASES:
        page = certified.get("/matters", limit=100, **cursor)
        matters += [one for one in page["items"] if takes_applications(one) and one["materials"]]
        cursor = {"cursor": page["next"]}
    who = {"name": certified.entered["name"], "phone": certified.entered["phone"]}
    made = []
    for matter in matters[:CASES]:
        given = [{"name": one["name"]} for one in matter["materials"][:-1]]
        asked = {**who, "matter_id": matter["id"], "materials": given}
        made.append(certified.post("/applications", asked, expect=201))
    return made


class Morning:
    """A clerk with a browser that counts what it asks for."""

    def __init__(self, base: str, login: str, first: str):
        self.base, self.session, self.asked = base, browser_of(base, login, first), 0
        self.session.hooks["response"].append(self._count)

    def _count(self, *_args, **_more) -> None:
        self.asked += 1

    def inbox(self) -> str:
        """Read the inbox to its end."""
        text, path = "", "/work/inbox"
        for _ in range(MOST_PAGES):
            page = self.session.get(self.base + path).text
            text += page
            following = re.search(r'href="\?([^"]*cursor=[^"]+)"', page)
            if not following:
                return text
            path = "/work/inbox?" + following[1].replace("&amp;", "&")
        raise AssertionError("an inbox without end")

    def act(self, path: str, act: str, **filled) -> str:
        """Open a page, send its form, and read the page after it."""
        sent = form(self.session, self.base, path, act) | filled
        answer = self.session.post(self.base + path, sent)
        if 'value="confirmed"' in answer.text:
            answer = self.session.post(self.base + path, sent | {"step": "confirmed"})
        assert answer.status_code == 200, answer.text
        assert 'role="status"' in answer.text, answer.text
        return answer.text


def test_forty_cases_are_done_through_the_pages_with_few_requests_each(platform, staff, certified, forty):
    clerk = Morning(platform.base, *appointed(staff, "clerk", TOWN))
    waiting = clerk.inbox()
    for one in forty:
        assert f'href="/work/applications/{one["id"]}?back=' in waiting
    took: dict[str, set[int]] = {}
    for number, one in enumerate(forty):
        path, before = f"/work/applications/{one['id']}", clerk.asked
        what = ("granted", "told", "declined", "claimed")[number % 4]
        if what == "granted":
            clerk.act(path, "accept_application")
            clerk.act(path + "?do=decide_application", "decide_application", outcome="granted")
        elif what == "told":
            lacks = one["required"][-1]
            clerk.act(path + "?do=notify_missing", "notify_missing", material=lacks)
        elif what == "declined":
            clerk.act(path + "?do=decline_application", "decline_application", reason="请向镇上申请。")
        else:
            clerk.act(path, "claim_application")
            clerk.act(path + "?do=write_remark", "write_remark", text="下午到村里看。")
        took.setdefault(what, set()).add(clerk.asked - before)
    assert took == {"granted": {GRANTED}, "told": {TOLD}, "declined": {DECLINED}, "claimed": {CLAIMED}}
    left = clerk.inbox()
    still = [one["id"] for one in forty if f'href="/work/applications/{one["id"]}?back=' in left]
    assert still == [one["id"] for number, one in enumerate(forty) if number % 4 == 3]
    states = {certified.get(f"/applications/{one['id']}")["state"] for one in forty}
    assert states == {"decided", "materials_missing", "declined", "submitted"}
