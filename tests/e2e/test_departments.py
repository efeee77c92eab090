"""A department reads its own stream and can do nothing else, with its real credentials."""

import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import amqp
import pytest

from deploy.local.story.department import Reader
from tests.architecture.house import ROOT

APPLICATION = {
    "name": "邛崃市统计局",
    "contact": "数据科",
    "purpose": "统计乡村治理情况",
    "legal_ground": "《中华人民共和国统计法》",
    "events": ["identity.resident.*"],
    "region": "510183103",
}


def applied(platform, **changes):
    """A department that has applied and signed in."""
    person = platform.person("department")
    given = person.post("/departments", {**APPLICATION, **changes}, expect=201)
    person.given = given
    return person.sign_in(given["login"], given["key"])


def confirm(person, staff):
    """The officer is told the code on the office's own phone."""
    code = person.get("/departments/own")["confirmation_code"]
    staff["data"].post(f"/departments/{person.id}/confirmation", {"code": code, "way": "phone"})


def granted(platform, staff, grant=None, **changes):
    """A department that receives events, with its credentials in `given`."""
    person = applied(platform, **changes)
    staff["data"].post(f"/departments/{person.id}/grant", grant or {})
    confirm(person, staff)
    platform.wait_for(lambda: person.get("/departments/own")["state"] == "connected")
    person.given |= {"credentials": person.get("/departments/own")["stream"]}
    return person


def connect(platform, credentials, vhost=None) -> amqp.Connection:
    connection = amqp.Connection(
        host=f"{credentials['host']}:{credentials['port']}",
        userid=credentials["user"],
        password=credentials["password"],
        virtual_host=vhost or credentials["vhost"],
    )
    connection.connect()
    return connection


def is_shut_out(platform, credentials) -> bool:
    """Whether the broker refuses these credentials; a listener takes them away after the answer."""
    try:
        connect(platform, credentials).collect()
    except (amqp.AccessRefused, OSError):
        return True
    return False


@pytest.fixture(scope="module")
def two(platform, staff):
    return granted(platform, staff), granted(platform, staff)


def refused(work) -> bool:
    with pytest.raises((amqp.AccessRefused, amqp.NotAllowed)):
        work()
    return True


def publish(connection, exchange, key):
    channel = connection.channel()
    channel.confirm_select()
    channel.basic_publish(amqp.Message("x"), exchange=exchange, routing_key=key)
    connection.drain_events(timeout=5)


@pytest.mark.parametrize(
    "what",
    ["consume another's", "publish", "publish to its own", "declare", "bind", "delete", "inner vhost"],
)
def test_whatever_is_not_reading_its_own_stream_is_refused(platform, two, what):
    mine, other = (one.given["credentials"] for one in two)
    connection = connect(platform, mine) if what != "inner vhost" else None
    channel = connection.channel() if connection else None
    if channel:
        channel.basic_qos(0, 10, False)
    works = {
        "consume another's": lambda: channel.basic_consume(other["stream"]),
        "publish": lambda: publish(connection, "amq.topic", "x"),
        "publish to its own": lambda: publish(connection, "", mine["stream"]),
        "declare": lambda: channel.queue_declare("mine", durable=True),
        "bind": lambda: channel.queue_bind(mine["stream"], "amq.topic", "#"),
        "delete": lambda: channel.queue_delete(mine["stream"]),
        "inner vhost": lambda: connect(platform, mine, platform.settings.amqp_uri.rsplit("/", 1)[1]),
    }
    try:
        assert refused(works[what])
    finally:
        if connection:
            connection.collect()


def test_its_stream_holds_what_was_granted_where_it_was_granted_and_can_be_read_again(
    platform, staff, two, resident
):
    other = granted(platform, staff, region="510183104")
    staff["village"].post(f"/residents/{resident.id}/certification")
    for _ in range(2):
        with Reader(platform.settings.amqp_uri, two[0].given["credentials"]) as reader:
            platform.wait_for(
                lambda reader=reader: any(
                    resident.id == event["subject"] and "certified" in event["type"]
                    for event in reader.events
                )
            )
            assert {name.rsplit(".", 1)[0] for name in reader.names()} == {"identity.resident"}
            assert all(event["region"].startswith("510183103") for event in reader.events)
            assert reader.out_of_order() == []
    with Reader(platform.settings.amqp_uri, other.given["credentials"]) as reader:
        assert reader.events == []


def test_a_revoked_department_reads_nothing_more(platform, staff):
    department = granted(platform, staff)
    staff["data"].post(f"/departments/{department.id}/revocation", {"reason": "用途改变"})
    platform.wait_for(lambda: is_shut_out(platform, department.given["credentials"]))
    assert department.get("/events", expect=403)["code"] == "department.grant_revoked"
    own = department.get("/departments/own")
    assert (own["state"], own["reason"], own["stream"]) == ("revoked", "用途改变", None)


def test_a_grant_ends_on_its_last_day_and_its_account_with_it(platform, staff):
    department = granted(platform, staff)
    over = {"$set": {"expires_at": datetime.now(UTC) - timedelta(seconds=1)}}
    platform.database("identity").departments.update_one({"_id": department.id}, over)
    assert department.get("/events", expect=403)["code"] == "department.grant_expired"
    platform.wait_for(lambda: department.get("/departments/own")["state"] == "expired", 60)
    platform.wait_for(lambda: is_shut_out(platform, department.given["credentials"]))


def test_only_a_data_officer_or_the_county_decides_and_only_at_home(platform, staff, resident):
    department = applied(platform)
    one = f"/departments/{department.id}"
    for who in ("village", "town", "clerk", "discipline"):
        staff[who].post(f"{one}/grant", {}, expect=403)
        staff[who].get("/departments", expect=403)
    resident.post(f"{one}/grant", {}, expect=403)
    department.post(f"{one}/grant", {}, expect=403)
    staff["data"].post(f"{one}/grant", {"region": "510183"}, expect=422)
    staff["data"].post(f"{one}/grant", {"events": ["#"]}, expect=422)
    listed = staff["data"].get("/departments", state="applied", limit=100)["items"]
    assert department.id in [found["id"] for found in listed]
    refused = staff["data"].post(f"{one}/refusal", {"reason": "请说明法律依据的具体条款"})
    assert refused["state"] == department.get("/departments/own")["state"] == "refused"
    staff["data"].post(f"{one}/grant", {}, expect=409)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"events": ["everything"]}, 400),
        ({"events": []}, 400),
        ({"events": ["market.orders.*"]}, 422),
        ({"events": ["identity.session.ended"]}, 422),
        ({"region": "510184"}, 404),
        ({"personal_fields": ["identity.resident.certified:id_number"]}, 422),
        ({"personal_fields": ["affairs.application.decided:resident_name"]}, 422),
        ({"delivery": "webhook"}, 400),
        ({"webhook_url": "https://example.org/hook"}, 400),
        ({"legal_ground": ""}, 400),
    ],
)
def test_an_application_that_cannot_be_granted_is_refused_at_once(platform, changes, status):
    platform.person().post("/departments", {**APPLICATION, **changes}, expect=status)


def test_the_key_is_shown_again_to_a_repeat_and_stored_nowhere(platform):
    key = "3f1d4a52-6c7f-4a51-9c59-aa5f0d1f6b20"
    first = platform.person().post("/departments", APPLICATION, expect=201, key=key)
    again = platform.person().post("/departments", APPLICATION, expect=201, key=key)
    assert first["key"] == again["key"]
    assert first["key"] not in str(list(platform.database("identity").departments.find()))


def test_the_events_that_can_be_asked_for_are_browsable_by_everybody(platform):
    names, cursor = [], {}
    while True:
        page = platform.person().get("/event-types", limit=20, **cursor)
        names += [one["name"] for one in page["items"]]
        if not page["next"]:
            break
        cursor = {"cursor": page["next"]}
    assert len(names) > 30 and len(names) == len(set(names)) and "market.order.paid" in names


def test_pulling_gives_the_same_events_from_any_beginning_and_waits_for_the_next(platform, staff, resident):
    department = granted(platform, staff, delivery="pull")
    staff["village"].post(f"/residents/{resident.id}/certification")

    def seen():
        found, after = [], 0
        while True:
            page = department.get("/events", after=after, limit=50)
            found += page["items"]
            if not page["items"]:
                return found
            after = page["next"]

    platform.wait_for(lambda: any(resident.id == e["subject"] and "certified" in e["type"] for e in seen()))
    everything = seen()
    assert all(event["type"].startswith("xiangzhi.identity.resident.") for event in everything)
    assert all(event["region"].startswith("510183103") for event in everything)
    positions = [int(event["feedposition"]) for event in everything]
    assert positions == sorted(set(positions))
    middle = everything[len(everything) // 2]
    from_event = department.get("/events", from_event=middle["id"], limit=500)["items"]
    assert from_event == everything[len(everything) // 2 :]
    since = department.get("/events", since=middle["time"], limit=500)["items"]
    assert middle in since and {e["id"] for e in since} >= {
        e["id"] for e in everything if e["time"] > middle["time"]
    }
    head = department.get("/events", after=positions[-1])["next"]
    assert department.get("/events", after=head, wait=1)["items"] == []
    department.get("/events", from_event="no-such-event", expect=404)
    department.get("/events", after=1, since=middle["time"], expect=422)
    department.get("/events", since=middle["time"][:19], expect=400)


def test_a_waiting_pull_is_answered_when_the_event_comes(platform, staff, resident):
    department = granted(platform, staff, delivery="pull", events=["identity.resident.certified"])
    feed = platform.database("identity").feed
    department.get("/events", after=10**12, expect=422)
    platform.wait_for(lambda: feed.find_one({"event.subject": resident.id}))
    after = feed.find_one(sort=[("_id", -1)])["_id"]

    def hers() -> bool:
        """Pull until she is there: others, certified by earlier tests, may come before her."""
        position, empty = after, 0
        while empty < 3:
            page = department.get("/events", after=position, wait=5)
            if resident.id in [event["subject"] for event in page["items"]]:
                return True
            position, empty = page["next"], empty + (not page["items"])
        return False

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(hers)
        staff["village"].post(f"/residents/{resident.id}/certification")
        assert waiting.result()


def test_granted_personal_fields_are_added_and_noted_and_ungranted_ones_are_not(platform, staff, resident):
    fields = ["identity.resident.certified:resident_name", "identity.resident.certified:resident_phone"]
    told = granted(platform, staff, {"personal_fields": fields[:1]}, personal_fields=fields, delivery="pull")
    untold = granted(platform, staff, delivery="pull")
    staff["village"].post(f"/residents/{resident.id}/certification")

    def certified(department):
        events = department.get("/events", limit=500)["items"]
        return [e for e in events if e["subject"] == resident.id and "certified" in e["type"]]

    (event,) = platform.wait_for(lambda: certified(told))
    assert event["data"]["resident_name"] == resident.entered["name"]
    assert "resident_phone" not in event["data"]
    assert "resident_name" not in platform.wait_for(lambda: certified(untold))[0]["data"]
    noted = list(platform.database("identity").department_disclosures.find({"person": resident.id}))
    assert [(one["department"], one["event"], one["fields"]) for one in noted] == [
        (told.id, event["id"], ["resident_name"])
    ]
    for seen in (
        told.get("/departments/own/disclosures"),
        staff["data"].get(f"/departments/{told.id}/disclosures"),
        resident.get("/disclosures/mine/departments"),
    ):
        (row,) = [one for one in seen["items"] if one["person_id"] == resident.id]
        assert (row["department"], row["event"]) == (APPLICATION["name"], "identity.resident.certified")
        assert (row["department_id"], row["fields"]) == (told.id, ["resident_name"])
    assert untold.get("/departments/own/disclosures")["items"] == []


def test_with_today_s_grant_narrowed_to_nothing_a_replay_gives_nothing(platform, staff, resident):
    department = granted(platform, staff, delivery="pull", history=True)
    platform.wait_for(lambda: department.get("/events")["items"])
    narrower = {"$set": {"region": "999999"}}
    platform.database("identity").departments.update_one({"_id": department.id}, narrower)
    assert department.get("/events")["items"] == []


def test_a_machine_reads_with_its_key_and_decides_nothing(platform, staff):
    department = granted(platform, staff, delivery="pull")
    made = department.post("/departments/own/machine-keys", {"name": "采集机"}, expect=201)
    machine = platform.person("machine")
    machine.http.headers["Authorization"] = f"Bearer {made['key']}"
    assert machine.get("/events")["items"] == []
    assert machine.get("/departments/own")["machine_keys"][0]["name"] == "采集机"
    refused = machine.post("/departments/own/ending", {}, expect=403)
    assert refused["code"] == "department.sign_in_to_decide"
    revoked = department.patiently("DELETE", f"/departments/own/machine-keys/{made['id']}", {})
    assert revoked[0] == 200
    assert machine.get("/events", expect=401)["code"] == "token.wrong_machine_key"


def test_a_grant_waits_for_the_office_and_everybody_hears_how_it_goes_on(platform, staff):
    department = applied(platform, delivery="pull")
    one = f"/departments/{department.id}"
    staff["data"].post(f"{one}/grant", {})
    assert department.get("/events", expect=403)["code"] == "department.not_confirmed"
    wrong = staff["data"].post(f"{one}/confirmation", {"code": "00000000", "way": "phone"}, expect=422)
    assert wrong["code"] == "department.wrong_confirmation_code"
    confirm(department, staff)
    platform.wait_for(lambda: department.get("/departments/own")["state"] == "connected")
    assert department.get("/departments/own")["confirmation_code"] is None
    department.post("/departments/own/change", {"region": "510183", "reason": "业务扩大到全县"})
    asking = {"change_asked": True, "limit": 100}
    assert department.id in {row["id"] for row in staff["data"].get("/departments", **asking)["items"]}
    staff["data"].post(f"{one}/change/grant", {"days": 30})
    assert department.id not in {row["id"] for row in staff["data"].get("/departments", **asking)["items"]}
    assert department.get("/departments/own")["region"] == "510183"
    department.post("/departments/own/narrowing", {"region": "510183103"})
    department.post("/departments/own/ending", {})

    def about(person) -> set[str]:
        return {
            n["about"] for n in person.get("/notices", limit=100)["items"] if n["subject"] == department.id
        }

    heard = {f"identity.department.{what}" for what in ("granted", "connected", "changed", "revoked")}
    platform.wait_for(lambda: about(department) >= heard, why=lambda: about(department))
    asked = {"identity.department.applied", "identity.department.change_asked"}
    platform.wait_for(lambda: about(staff["data"]) >= asked, why=lambda: about(staff["data"]))


def test_the_client_in_the_guide_reads_the_stream(platform, staff, resident, tmp_path):
    """What a department copies is what runs here."""
    department = granted(platform, staff, history=True)
    staff["village"].post(f"/residents/{resident.id}/certification")
    client = re.search(
        r"```python\n(.*?)```", (ROOT / "docs" / "how-to" / "subscribe.md").read_text(), re.S
    ).group(1)
    given = department.given["credentials"]
    names = {"STREAM_USER": given["user"], "STREAM_PASSWORD": given["password"], "STREAM": given["stream"]}
    env = {
        **platform.env,
        **names,
        "VHOST": given["vhost"],
        "PLACE_FILE": str(tmp_path / "place.json"),
        "BROKER": urlsplit(platform.settings.amqp_uri).netloc.rpartition("@")[2],
    }
    with subprocess.Popen(
        [sys.executable, "-c", client], env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        watchdog = threading.Timer(60, process.kill)
        watchdog.start()
        wanted = f"xiangzhi.identity.resident.certified.v1 {resident.id}"
        found = any(line.startswith(wanted) for line in process.stdout)
        process.kill()
        watchdog.cancel()
    assert found
