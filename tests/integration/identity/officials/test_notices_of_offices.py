"""The officers whose role an event concerns find a notice in their inbox, once."""

from services.chassis.core.calls import Call, event_call, utc_now
from services.chassis.events.event import Envelope
from services.identity.notices.notifications import usecases
from services.identity.notices.notifications.store import NoticeStore
from services.identity.officials.staff.model import Official
from services.identity.officials.staff.store import OfficialStore


def test_active_data_officers_above_a_disabled_webhook_are_told_once_and_nobody_else(database):
    officials, notices = OfficialStore(database), NoticeStore(database)
    for id, role, region, active in (
        ("here", "data_officer", "510183", True),
        ("elsewhere", "data_officer", "510184", True),
        ("gone", "data_officer", "510183", False),
        ("clerk", "clerk", "510183", True),
    ):
        official = Official(id, region, id, "测试", role, "h", "chief", utc_now(), active=active)
        officials.add(official, [], Call({}))
    data = {"department_id": "d", "state": "disabled"}
    event = Envelope(
        "webhook:d:1", "xiangzhi.identity.webhook.disabled.v1", "/xiangzhi/identity", "d", utc_now(),
        "510183103", 1, data,
    )  # fmt: skip
    for _ in range(2):
        heard = [(event, event_call(event.id, data, event.time))]
        usecases.notify_offices(notices, officials.holders, heard)
    assert [notice["person"] for notice in notices.documents.find()] == ["here"]
