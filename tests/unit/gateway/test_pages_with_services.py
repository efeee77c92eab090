"""Pages over made-up answers of the services: a clerk's list and cases, departments, powers, and a matter that is applied for already."""

import re

import pytest

from gateway import app as gateway_app
from gateway.cache.reading import PublicReads
from gateway.web.cookies import BrowserSessions
from services.chassis.core.actor import Role
from services.chassis.core.errors import Unavailable
from services.civic.actor import CivicActor
from services.civic.settings import CivicSettings

WHEN, VILLAGE = "2026-12-01T02:00:00+00:00", "510183103204"
GONE = Unavailable("rpc.timeout", "系统处理超时，请稍后再试。")
REASONS = ("new", "came_back", "to_decide", "not_supplied", "overdue", "due_soon", "claimed", "handed")


def row(id: str) -> dict:
    return {
        "id": id,
        "region": VILLAGE,
        "matter_id": "m1",
        "matter_name": "高龄津贴",
        "matter_number": 1,
        "office": "民政局",
        "state": "submitted",
        "applicant_name": "周*燕",
        "applicant_phone": "139****0601",
        "submitted_at": WHEN,
        "due_at": None,
        "provisional": False,
        "legal_due_at": None,
        "legal_provisional": False,
        "suspended_until": None,
        "outcome": None,
        "acted_by": None,
        "visitor_id": None,
        "act_by": WHEN,
        "reasons": ["new"],
        "claimed_by": "",
        "pace": "in_time",
    }


CASE = {
    **row("a1"),
    "state": "decided",
    "outcome": "granted",
    "applicant_name": "周小燕",
    "required": ["身份证", "户口簿"],
    "notice_by": WHEN,
    "accepted_at": WHEN,
    "right_of_review": None,
    "result_due_at": None,
    "result_provisional": False,
    "closed_at": WHEN,
    "stars": None,
    "steps": [
        {"at": WHEN, "by": "applicant", "what": "submitted"},
        {"at": WHEN, "by": "clerk", "what": "accepted"},
        {"at": WHEN, "by": "clerk", "what": "granted"},
    ],
    "formerly": [],
    "materials": [],
    "files": [],
    "verifiable": [],
    "verified": [],
    "originals_opened": [],
    "filled": [],
    "notice": None,
    "first_notice": None,
    "reason": None,
    "comment": None,
    "applicant_born_on": "1946-12-04",
}
HANDLING = {
    **{"application_id": "a1", "state": "decided", "act_by": None, "claimed_by": "", "claimed_at": None},
    **{"handed_by": "", "handing_note": "", "remarks": [], "escalated": 0, "most_days_more": 0},
    **{"extension_unit": "working", "joint": False, "not_counted_grounds": [], "pace": ""},
    "step_officials": [{"step": 2, "official_id": "c1"}, {"step": 3, "official_id": "c2"}],
}
ANSWERS = {
    "read_inbox": {"items": [row("a1"), row("a2")], "next": "C2"},
    "count_inbox": {
        "all": 2,
        "reasons": {**dict.fromkeys(REASONS, 0), "new": 2},
        "matters": [{"matter_id": "m1", "matter_name": "高龄津贴", "office": "民政局", "count": 2}],
    },
    "find_application": CASE,
    "find_handling": HANDLING,
    "list_results": {"items": [], "next": None},
    "list_colleagues": {"items": [{"id": "c2", "login": "li", "name": "李同事", "region": "510183"}]},
}


CLERK = CivicActor("c1", "official", (Role("clerk", "510183"),), session="s1")
CHIEF = CivicActor("a1", "official", (Role("county_administrator", "510183"),), session="s1")


class Services:
    """Stands for the services; what is not made up is not there."""

    connected = True

    def __init__(self, *_):
        """Take what a client is made of."""

    def call(self, _service, name, *_, **__):
        if name not in ANSWERS:
            raise GONE
        return ANSWERS[name]

    def gather(self, requests, *_, **__):
        found = {key: (ANSWERS.get(one[1], GONE), one[2]) for key, one in requests.items()}
        return {key: told(asked) if callable(told) else told for key, (told, asked) in found.items()}

    def begin(self, requests, *_, **__):
        return lambda: self.gather(requests)


@pytest.fixture
def browser(monkeypatch):
    """A clerk's browser, or that of who is named."""
    monkeypatch.setattr(gateway_app, "RpcClient", Services)
    monkeypatch.setattr(PublicReads, "body", lambda self, route, asked, ask: ask())
    client = gateway_app.create_app(CivicSettings(cache_max_age=0)).test_client()

    def get(path, actor=CLERK):
        monkeypatch.setattr(BrowserSessions, "actor_of", lambda *_, **__: actor)
        return client.get(path, headers={"Accept": "text/html"})

    return get


def unescaped(text: str) -> str:
    return text.replace("&amp;", "&")


def test_the_list_shows_number_office_and_arrival_and_keeps_its_filter_in_every_link(browser):
    text = unescaped(browser("/work/inbox?office=民政局&reason=new&cursor=C1").text)
    assert "收到" in text and "民政局" in text and "12月1日" in text
    office = "office=%E6%B0%91%E6%94%BF%E5%B1%80"
    assert f'href="/work/inbox?{office}">全部 2</a>' in text
    ways = re.findall(r'href="/work/applications/(\w+)\?back=([^"]+)"', text)
    assert [id for id, _ in ways] == ["a1", "a2"]
    assert all("reason%3Dnew" in back and "cursor%3DC1" in back and "office" in back for _, back in ways)
    assert ways[0][1].endswith("then%3Da2") and ways[1][1].endswith("then%3Dpage")


def test_the_next_case_is_opened_by_an_address_alone_and_after_the_last_the_next_page(browser):
    listed = "/work/inbox?reason=new&cursor=C1"
    onward = browser(f"{listed}&then=a2&open=1")
    assert onward.status_code == 303
    assert onward.location.startswith("/work/applications/a2?back=%2Fwork%2Finbox")
    over = browser(f"{listed}&then=page&open=1").location
    assert over == "/work/inbox?reason=new&cursor=C2&then=first&open=1"
    assert browser(over).location.startswith("/work/applications/a1?")
    assert browser(f"{listed}&then=gone&open=1").location == listed


def test_of_what_was_decided_meanwhile_the_page_says_what_when_and_by_whom_and_has_no_form(browser):
    back = "/work/inbox?reason=new%26then%3Da2"
    text = unescaped(browser(f"/work/applications/a1?do=decide_application&back={back}").text)
    assert "不用再办：批准，" in text and "李同事办理" in text and 'name="outcome"' not in text
    steps = text.partition("办理过程")[2]
    assert steps.index("您") < steps.index("李同事")
    assert 'href="/work/inbox?reason=new&then=a2&open=1">下一件' in text
    assert "1946年12月4日，今天" in text and "村里实名认证过" in text


def test_departments_open_in_the_first_state_in_which_one_is(browser, monkeypatch):
    one = {"id": "d1", "region": "510183", "name": "县卫健局", "purpose": "核对", "applied_at": WHEN}

    def listed(asked):
        found = asked.get("state") == "connected" and not asked.get("change_asked")
        return {"items": [{**one, "expires_at": None}] if found else [], "next": None}

    monkeypatch.setitem(ANSWERS, "list_departments", listed)
    assert browser("/work/departments", CHIEF).location == "/work/departments?state=connected"
    assert "县卫健局" in browser("/work/departments?state=connected", CHIEF).text
    assert "这里没有部门" in browser("/work/departments?state=applied", CHIEF).text


def test_drafts_of_powers_are_found_by_a_part_of_their_name_in_whichever_state(browser, monkeypatch):
    more = {
        "group": "assets",
        "by": "system",
        "at": WHEN,
        "note": "",
        "returned": "",
        "number": 0,
        "version": 1,
    }

    def listed(asked):
        one = {**more, "id": f"p-{asked.get('state')}", "state": asked.get("state", "in_review")}
        return {
            "items": [{**one, "name": f"集体收益{asked.get('state')}"}, {**one, "name": "别的"}],
            "next": None,
        }

    monkeypatch.setitem(ANSWERS, "list_power_drafts", listed)
    text = browser("/work/powers?text=集体收益", CHIEF).text.partition("草稿里面")[2].partition("<h2>")[0]
    assert text.count("集体收益") == 3 and "别的" not in text


def test_who_has_applied_reads_so_on_the_page_of_the_matter(browser, monkeypatch):
    matter = {
        **{"id": "m1", "name": "高龄津贴", "office": "民政局", "state": "open", "elsewhere": ""},
        **{"only_by_appointment": False, "confirmed": True, "promise_days": 5, "statutory_days": 9},
        **{"days_unit": "working", "materials": [], "kind_name": "给付", "number": 1, "kind": "20"},
        **{"withdrawn": "", "withdrawn_at": None, "withdrawn_to": "", "with_form": False},
        **{"files_kept_years": 5},
    }
    resident = CivicActor("r1", "resident", session="s1")
    monkeypatch.setitem(ANSWERS, "find_matter", matter)
    monkeypatch.setitem(ANSWERS, "list_my_applications", {"items": [row("a1")], "next": None})
    text = browser("/guide/m1", resident).text
    assert "不用再申请" in text and 'href="/my/applications/a1"' in text and ">网上申请<" not in text
    monkeypatch.setitem(
        ANSWERS, "list_my_applications", {"items": [{**row("a1"), "state": "decided"}], "next": None}
    )
    assert ">网上申请<" in browser("/guide/m1", resident).text
