"""After a submission nothing anywhere leads to the reporter."""

import logging
import re
import secrets
from datetime import timedelta

import bson

from services.chassis.core import calls
from services.chassis.core.logs import JsonLines
from services.chassis.relay.outbox import Outboxes
from services.civic.actor import CivicActor
from tests.integration.integrity.endpoints import officer

CORRELATION, TRACE_ID = "c0ffee00c0ffee00", "4bf92f3577b34da6a3ce929d0e0e4736"
TRACE = f"00-{TRACE_ID}-00f067aa0ba902b7-01"
SECRETS = ("张某某", "三万元", "流水", "resident-7", CORRELATION, TRACE_ID)
ADDRESS = re.compile(r"\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b|Mozilla|user.?agent|remote_addr", re.IGNORECASE)


def everything_of_a_story(integrity, caplog):
    """Go through every step; gives the receipt, the client's keys and the logs as they are written."""
    caplog.set_level(logging.DEBUG, logger="services")
    keys = [secrets.token_urlsafe(24) for _ in range(6)]
    someone = CivicActor("resident-7", "resident", session="session-7")

    def ask(door, data, actor=someone, key=None):
        got = integrity.ask(door, data, actor, key, CORRELATION, TRACE)
        assert "code" not in got, got
        return got

    receipt = integrity.submit(someone, key=keys[0])["receipt"]
    id = integrity.only_id()
    mine = {"receipt": receipt}
    ask("write_message", {**mine, "text": "流水在会计处"}, key=keys[1])
    ask("accept_report", {"report_id": id}, officer())
    ask("open_report", {"report_id": id}, officer())
    ask("answer_report", {"report_id": id, "text": "请提供流水"}, officer())
    ask("read_report", mine)
    ask(
        "conclude_report",
        {"report_id": id, "outcome": "substantiated", "text": "张某某挪用三万元"},
        officer(),
    )
    ask("rate_report", {**mine, "stars": 5}, key=keys[2])
    ask("ask_review", mine, key=keys[3])
    wrong = integrity.ask("read_report", {"receipt": receipt[::-1]}, someone, None, CORRELATION, TRACE)
    assert wrong["code"] == "report.receipt_unknown"
    lines = "\n".join(JsonLines("integrity").format(record) for record in caplog.records)
    return receipt, keys, lines


def test_the_database_holds_neither_receipt_nor_caller_nor_key_nor_exact_times(integrity, caplog):
    receipt, keys, _ = everything_of_a_story(integrity, caplog)
    for name in integrity.database.list_collection_names():
        for document in [integrity.stored()] if name == "reports" else integrity.database[name].find():
            raw = bson.encode(document).decode("utf-8", "replace") + str(document)
            for hidden in (receipt, receipt[::-1], "session-7", "resident-7", *keys):
                assert hidden not in raw, (name, hidden)
            assert not ADDRESS.search(raw), name
    stored = integrity.stored()
    times = [stored["received_at"], stored["review_asked_at"]]
    times += [m["at"] for m in stored["messages"] if m["by"] == "reporter"]
    # an officer's events as well: one that is told exactly would say before when the report had come
    times += [e["time"] for e in stored["outbox"]]
    assert len(times) == 10 and all((t.minute, t.second, t.microsecond) == (0, 0, 0) for t in times)


def test_what_a_report_tells_stays_until_its_hour_is_over_and_the_order_means_nothing(integrity):
    for _ in range(12):
        integrity.submit()
    stored = list(integrity.database.reports.find())
    for one in stored:
        (entry,) = one["outbox"]
        after = entry["held_until"] - entry["time"]
        assert timedelta(hours=1) <= after < timedelta(hours=1, minutes=1)
        assert one["pending_since"] == entry["held_until"]
    assert list(Outboxes(integrity.database).pending("reports")) == []
    by_leaving = sorted(stored, key=lambda one: one["pending_since"])
    # one in 12! that chance draws the order of coming
    assert [one["_id"] for one in by_leaving] != [one["_id"] for one in stored]


def test_the_committee_sees_at_once_what_nobody_is_told_yet(integrity):
    integrity.submit()
    (row,) = integrity.ask("list_reports", {}, officer())["items"]
    assert row["id"] == integrity.only_id() and integrity.stored()["outbox"]


def test_the_stored_keys_and_fingerprints_cannot_be_computed_without_the_platforms_key(integrity, caplog):
    receipt, keys, _ = everything_of_a_story(integrity, caplog)
    requests = integrity.database.reports.find_one()["requests"]
    rated = calls.write_call(
        "integrity.rate_report",
        {"receipt": receipt, "stars": 5},
        CivicActor("resident-7", "resident"),
        keys[2],
    )
    kept = {part for request in requests for part in (request["key"], request["fingerprint"])}
    assert rated.key not in kept and rated.fingerprint not in kept
    assert set(integrity.receipts.untraceable(rated.key, rated.fingerprint)) <= kept


def test_the_reports_id_does_not_follow_from_what_the_client_knows(integrity):
    key = secrets.token_urlsafe(24)
    integrity.submit(key=key)
    plain = calls.write_call("integrity.submit_report", {}, CivicActor("anonymous", "anonymous"), key)
    assert integrity.only_id() != plain.new_id("report")


def test_the_logs_hold_neither_receipt_nor_caller_nor_what_was_written(integrity, caplog):
    receipt, keys, lines = everything_of_a_story(integrity, caplog)
    assert '"method":"integrity.accept_report"' in lines and "rate_report" not in lines
    for hidden in (receipt, receipt[::-1], "张某某", "三万元", "流水", "resident-7", "session-7", *keys):
        assert hidden not in lines, hidden
    assert not ADDRESS.search(lines)


def test_events_hold_the_opaque_id_and_the_state_and_nothing_else(integrity, caplog):
    receipt, _, _ = everything_of_a_story(integrity, caplog)
    stored = integrity.stored()
    events = stored["outbox"]
    assert [e["type"].split(".")[3] for e in events] == [
        "received",
        "message_sent",
        "accepted",
        "message_sent",
        "concluded",
        "rated",
        "review_asked",
    ]
    for event in events:
        assert set(event["data"]) == {"report_id", "state"} and event["data"]["report_id"] == stored["_id"]
        assert event["region"] == "510183"
        for hidden in (
            receipt,
            stored["receipt_hash"],
            stored["place"],
            stored["category_id"],
            "officer-1",
            *SECRETS[:4],
        ):
            assert hidden not in str(event), hidden
    of_the_reporter = [e for e in events if e["type"].split(".")[3] in ("received", "rated", "review_asked")]
    assert len(of_the_reporter) == 3
    for event in [*of_the_reporter, events[1]]:
        assert event["correlation"] == "" and TRACE_ID not in event["traceparent"]
