"""A department's own endpoint gets its events signed, whatever happens to it meanwhile."""

import pytest

from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import new_resident
from tests.e2e.test_departments import APPLICATION, applied, granted
from tests.receiver import receiving


@pytest.fixture
def receiver():
    with receiving() as receiver:
        yield receiver


def subscribed(platform, staff, receiver, **changes):
    """A department that gets its events at the receiver."""
    asked = {"delivery": "webhook", "webhook_url": receiver.url, "events": ["identity.resident.certified"]}
    # until its secret is known it takes every ping: one refused would count as a failure of the endpoint
    department = granted(platform, staff, **{**asked, **changes})
    receiver.secret = department.get("/departments/own")["webhook_secret"]
    return department


def certify(platform, staff, times=1) -> list[str]:
    """Certify new residents; gives their ids."""
    ids = []
    for _ in range(times):
        resident = platform.person().post("/residents", new_resident(VILLAGE), expect=201)
        staff["village"].post(f"/residents/{resident['id']}/certification")
        ids.append(resident["id"])
    return ids


def test_a_department_gets_its_events_signed_and_everything_after_it_was_down(platform, staff, receiver):
    department = subscribed(platform, staff, receiver)
    first = certify(platform, staff, 2)
    platform.wait_for(lambda: receiver.subjects == first, 60)
    receiver.stop()
    later = certify(platform, staff, 3)
    webhook = platform.wait_for(lambda: _failing(department), 60)
    assert webhook["last_error"] == "connection"
    receiver.start()
    platform.wait_for(lambda: receiver.subjects == first + later, 60)
    platform.wait_for(lambda: department.get("/departments/own")["webhook"]["failures"] == 0)
    assert department.get("/departments/own")["webhook"]["position"] == int(
        receiver.taken[-1]["feedposition"]
    )
    second = receiver.taken[1]["id"]
    receiver.taken.clear()
    department.post("/departments/own/webhook/replay", {"from_event": second})
    platform.wait_for(lambda: receiver.subjects == first[1:] + later, 60)
    told = platform.logs()
    assert "query-secret" not in told and receiver.secret not in told


def _failing(department) -> dict | None:
    webhook = department.get("/departments/own")["webhook"]
    return webhook if webhook and webhook["failures"] else None


def test_an_endpoint_that_does_not_answer_delays_no_other(platform, staff, receiver):
    with receiving() as hanging:
        hanging.behave = hanging.hang
        subscribed(platform, staff, hanging)
        subscribed(platform, staff, receiver)
        ids = certify(platform, staff, 3)
        platform.wait_for(lambda: hanging.asked and receiver.subjects == ids, 60)
        assert hanging.taken == []


def test_what_fails_alone_is_set_aside_and_sent_again_by_hand(platform, staff, receiver):
    department = subscribed(platform, staff, receiver)
    broken = []
    receiver.behave = lambda event, handler: 500 if event["subject"] in broken or not broken else 200
    lost = certify(platform, staff)
    broken += lost
    fed = {"name": "identity.resident.certified", "event.subject": lost[0]}
    platform.wait_for(lambda: platform.database("identity").feed.find_one(fed))
    behind = certify(platform, staff)
    platform.wait_for(lambda: receiver.subjects == behind, 60, lambda: receiver.told)
    failures = platform.wait_for(lambda: department.get("/departments/own/webhook/failures")["items"])
    assert [(one["event"], one["last_error"]) for one in failures] == [
        ("identity.resident.certified", "status_500")
    ]
    assert staff["data"].get(f"/departments/{department.id}/webhook/failures")["items"] == failures
    assert staff["data"].get(f"/departments/{department.id}/webhook")["state"] == "active"
    staff["town"].get(f"/departments/{department.id}/webhook/failures", expect=403)
    other = applied(platform)
    assert other.get("/departments/own/webhook/failures")["items"] == []
    resending = f"/departments/own/webhook/failures/{failures[0]['id']}/resending"
    department.post("/departments/own/webhook/enabling", expect=409)
    other.post(resending, expect=403)
    broken[:] = ["nobody"]
    department.post(resending)
    platform.wait_for(lambda: receiver.subjects == [*behind, *lost], 60, lambda: receiver.told)
    platform.wait_for(lambda: department.get("/departments/own/webhook/failures")["items"] == [])


def test_a_revoked_department_gets_nothing_and_replays_nothing(platform, staff, receiver):
    department = subscribed(platform, staff, receiver)
    platform.wait_for(lambda: department.get("/departments/own")["webhook"])
    department.post("/departments/own/webhook/replay", {"after": 0, "beginning": True}, expect=422)
    department.post("/departments/own/webhook/replay", {"from_event": "no-such-event"}, expect=404)
    staff["data"].post(f"/departments/{department.id}/revocation", {"reason": "用途改变"})
    department.post("/departments/own/webhook/replay", {"beginning": True}, expect=403)
    with receiving() as witness:
        subscribed(platform, staff, witness)
        ids = certify(platform, staff)
        platform.wait_for(lambda: witness.subjects == ids, 60)
    assert receiver.asked == []
    own = department.get("/departments/own")
    assert (own["webhook_secret"], own["webhook"]) == (None, None)


def test_a_department_changes_secret_and_address_by_itself_and_officers_are_told_of_the_move(
    platform, staff, receiver
):
    department = subscribed(platform, staff, receiver)
    old = receiver.secret
    platform.wait_for(lambda: department.get("/departments/own")["webhook"])
    rotated = department.post("/departments/own/webhook/secret-rotation")
    own = department.get("/departments/own")
    assert own["webhook_secret"] != old and own["webhook"]["old_secret_until"] == rotated["old_secret_until"]
    first = certify(platform, staff)
    platform.wait_for(lambda: receiver.subjects == first, 60)
    with receiving() as new:
        new.secret = own["webhook_secret"]
        for inside in ("https://10.0.0.1/", "http://127.0.0.1:22/"):
            department.post("/departments/own/webhook/address", {"webhook_url": inside}, expect=422)
        moved = department.post("/departments/own/webhook/address", {"webhook_url": new.url})
        assert moved["webhook_url"] == new.url
        later = certify(platform, staff)
        platform.wait_for(lambda: new.subjects == later, 60)
    assert receiver.subjects == first
    told = ["identity.department.webhook_moved", department.id]
    platform.wait_for(lambda: told in _notices(staff["data"]))
    logs = platform.logs()
    assert "query-secret" not in logs and old not in logs and own["webhook_secret"] not in logs


def _notices(officer) -> list[list[str]]:
    return [[one["about"], one["subject"]] for one in officer.get("/notices", limit=100)["items"]]


def test_an_endpoint_that_answers_gone_is_disabled_at_once_and_officers_are_told(platform, staff, receiver):
    department = subscribed(platform, staff, receiver)
    receiver.behave = lambda event, handler: 410
    ids = certify(platform, staff)
    platform.wait_for(lambda: _failing(department), 60)
    assert department.get("/departments/own")["webhook"]["state"] == "disabled"
    platform.wait_for(lambda: ["identity.webhook.disabled", department.id] in _notices(staff["data"]))
    receiver.behave = lambda event, handler: 204
    department.post("/departments/own/webhook/enabling")
    platform.wait_for(lambda: receiver.subjects == ids, 60)
    assert len(receiver.asked) == 2


@pytest.mark.parametrize(
    "url",
    [
        "https://10.0.0.1/hook",
        "https://169.254.169.254/latest",
        "https://[fd00::1]:9000/",
        "http://192.168.1.1:8080/",
        "https://user:secret@127.0.0.1:9000/",
        "http://127.0.0.1:22/",
        "https://no-such-host.invalid/",
    ],
)
def test_an_address_inside_is_refused_at_the_application(platform, url):
    asked = {**APPLICATION, "delivery": "webhook", "webhook_url": url}
    refused = platform.person().post("/departments", asked, expect=422)
    assert refused["code"] == "webhook.address_refused"
