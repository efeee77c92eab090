"""A department reads its own stream and can do nothing else, with its real credentials."""

import amqp
import pytest

from deploy.local.story.department import Reader

GRANT = {
    "name": "邛崃市统计局",
    "purpose": "统计乡村治理情况",
    "legal_ground": "《中华人民共和国统计法》",
    "events": ["identity.resident.*"],
    "region": "510183103",
}


def granted(platform, staff, **changes) -> dict:
    given = staff["data"].post("/departments", {**GRANT, **changes}, expect=201)
    where = f"/departments/{given['id']}"
    platform.wait_for(lambda: staff["data"].get(where)["state"] == "connected")
    return given


def connect(platform, credentials, vhost=None) -> amqp.Connection:
    reader = Reader(platform.settings.amqp_uri, credentials)
    connection = amqp.Connection(
        host=reader.host,
        userid=credentials["user"],
        password=credentials["password"],
        virtual_host=vhost or credentials["vhost"],
    )
    connection.connect()
    return connection


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
    mine, other = (one["credentials"] for one in two)
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


def test_its_stream_holds_what_was_granted_where_it_was_granted_and_can_be_read_again(platform, staff, two, resident):
    elsewhere = {**GRANT, "region": "510183104"}
    other = granted(platform, staff, region=elsewhere["region"])
    staff["village"].post(f"/residents/{resident.id}/certification")
    for _ in range(2):
        with Reader(platform.settings.amqp_uri, two[0]["credentials"]) as reader:
            platform.wait_for(
                lambda reader=reader: any(
                    resident.id == event["subject"] and "certified" in event["type"] for event in reader.events
                )
            )
            assert {name.rsplit(".", 1)[0] for name in reader.names()} == {"identity.resident"}
            assert all(event["region"].startswith("510183103") for event in reader.events)
            assert reader.out_of_order() == []
    with Reader(platform.settings.amqp_uri, other["credentials"]) as reader:
        assert reader.events == []


def test_a_revoked_department_reads_nothing_more(platform, staff):
    given = granted(platform, staff)
    staff["data"].post(f"/departments/{given['id']}/revocation")
    with pytest.raises((amqp.AccessRefused, OSError)):
        connect(platform, given["credentials"])


def test_only_a_data_officer_or_the_county_grants_and_only_at_home(staff, resident):
    for who in ("village", "town", "clerk", "discipline"):
        staff[who].post("/departments", GRANT, expect=403)
        staff[who].get("/departments", expect=403)
    resident.post("/departments", GRANT, expect=403)
    staff["data"].post("/departments", {**GRANT, "region": "510184"}, expect=403)
    staff["data"].post("/departments", {**GRANT, "events": ["everything"]}, expect=400)


def test_the_credentials_are_shown_again_to_a_repeat_and_stored_nowhere(platform, staff):
    first = staff["data"].post("/departments", GRANT, expect=201, key="a-key-that-is-sent-twice-1")
    again = staff["data"].post("/departments", GRANT, expect=201, key="a-key-that-is-sent-twice-1")
    assert first["credentials"] == again["credentials"]
    stored = str(list(platform.database("identity").departments.find()))
    assert first["credentials"]["password"] not in stored
