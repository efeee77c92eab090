"""Who may have lost the account is warned at once, at the phone that was theirs, and no other matter takes the warning's place."""

from datetime import UTC, datetime, timedelta

import pytest

from services.chassis.core.calls import Call, event_call
from services.chassis.events.event import Envelope
from services.civic.actor import CivicActor
from services.civic.quiet_hours import QuietHours
from services.identity.notices.messages import usecases, views
from services.identity.notices.messages.ports import SmsOrder
from services.identity.notices.messages.templates import shipped_templates
from services.identity.notices.preferences.model import WARNINGS
from tests.integration.identity.sms_scene import WINDOW

PASSWORD, PHONE, WECHAT = WARNINGS
CERTIFIED = "identity.resident.certified"


@pytest.fixture
def hear(sms):
    """Let an event about the resident be heard, each time the next one."""
    heard = []

    def hear(name: str) -> None:
        heard.append(name)
        subject = f"{sms.mark}-w"
        event = Envelope(
            f"{subject}:{len(heard)}", f"xiangzhi.{name}.v1", "/xiangzhi/identity", subject, sms.now(),
            "510183103204", len(heard), {"resident_id": "w"},
        )  # fmt: skip
        call = event_call(event.id, event.data, event.time)
        warns = name in WARNINGS
        order = SmsOrder("w", "certification", event, call, warns)
        usecases.tell_all(sms.messages, shipped_templates(), WINDOW, [order])

    return hear


def said(sms, phone: str) -> list[str]:
    """What stands in the messages to a phone, in a word each."""
    words = {"绑定": WECHAT, "密码": PASSWORD, "手机号": PHONE, "认证": CERTIFIED}
    return [next(name for word, name in words.items() if word in text) for text in sms.first.texts(phone)]


def test_a_warning_comes_at_once_and_takes_no_other_messages_place(sms, hear):
    phone = sms.person("w")
    hear(CERTIFIED)
    sms.later(minutes=3)
    hear(PASSWORD)
    sms.settle()
    assert said(sms, phone) == [PASSWORD]
    sms.later(seconds=WINDOW.total_seconds())
    assert said(sms, phone) == [PASSWORD, CERTIFIED]


@pytest.mark.parametrize("warning", WARNINGS)
def test_a_warning_waits_for_no_morning(sms, hear, warning):
    phone = sms.person("w")
    sms.parts.quiet = QuietHours.read("21:00-08:00")
    sms.stopped = datetime(2026, 11, 23, 14, 30, tzinfo=UTC)  # 22:30 in China
    hear(warning)
    sms.settle()
    assert said(sms, phone) == [warning]


def test_warnings_go_to_the_phone_that_was_the_persons_when_it_happened(sms, hear):
    old, new = sms.person("before"), sms.person("w")
    changed_at = sms.now() + timedelta(seconds=1)
    sms.parts.phone_at = lambda person, at: old if at <= changed_at else new
    hear(PASSWORD)
    sms.pass_time(seconds=1)
    hear(PHONE)
    sms.pass_time(seconds=1)
    sms.settle()
    assert (sorted(said(sms, old)), said(sms, new)) == (sorted([PASSWORD, PHONE]), [])
    assert new not in str(sms.first.texts(old))


def test_whoever_changes_it_again_and_again_floods_no_phone(sms, hear):
    phone = sms.person("w")
    for _ in range(5):
        hear(PASSWORD)
        sms.settle()
    assert said(sms, phone) == [PASSWORD]
    sms.later(seconds=WINDOW.total_seconds())
    assert said(sms, phone) == [PASSWORD] * 2


def test_a_person_finds_the_warnings_among_the_own_messages_and_no_codes(sms, hear):
    sms.person("w")
    hear(PASSWORD)
    sms.send_code("w")
    call = Call({"limit": 20}, CivicActor("w", "resident"))
    assert ["密码" in one["text"] for one in views.own(sms.messages, call)["items"]] == [True]
