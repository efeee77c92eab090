"""What must not be kept is nowhere: not in logs, not in databases, not in events; and no service looks into another's."""

import re
import secrets

import requests
from bson import json_util

from services.integrity.reports.cases import contract

AGENT = f"a-very-special-browser-{secrets.token_hex(8)}"
SERVICES = ("identity", "affairs", "market", "integrity")


def dump(platform, *services) -> str:
    """Everything in these databases, as text."""
    found = []
    for service in services or SERVICES:
        database = platform.database(service)
        for name in database.list_collection_names():
            if not name.startswith("system."):
                found += [json_util.dumps(document, ensure_ascii=False) for document in database[name].find()]
    return "\n".join(found)


def reported(platform) -> dict:
    platform.wait_for(lambda: platform.database("integrity").places.find_one({"code": "510183103204"}))
    category = requests.get(
        platform.base + "/complaint-categories/search", params={"text": "村务"}, timeout=10
    ).json()["items"][0]["id"]
    body = {
        "region": "510183103204",
        "category_id": category,
        "accused": "黑虎村村委会主任",
        "text": "修路的钱款没有公示，请查一查。",
    }
    headers = {
        "Idempotency-Key": secrets.token_urlsafe(32),
        "User-Agent": AGENT,
        "X-Forwarded-For": "203.0.113.77",
        "X-Request-Id": f"trace-{secrets.token_hex(8)}",
        "traceparent": f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01",
    }
    answer = requests.post(platform.base + "/reports", json=body, headers=headers, timeout=10)
    assert answer.status_code == 201, answer.text
    return {**body, **answer.json(), "headers": headers}


def test_of_a_report_neither_receipt_nor_address_nor_browser_nor_request_nor_plain_text_is_kept_anywhere(
    platform,
):
    report = reported(platform)
    requests.post(
        platform.base + "/reports/by-receipt",
        json={"receipt": report["receipt"]},
        headers={"User-Agent": AGENT},
        timeout=10,
    )
    platform.wait_for(lambda: "integrity.report.received" in dump(platform, "integrity"))
    logs, stored = platform.logs(), dump(platform)
    own = [report["receipt"], AGENT, "203.0.113.77", *list(report["headers"].values())]
    for secret in own:
        assert secret not in logs and secret not in stored
    for words in (report["text"], report["accused"]):
        assert words not in logs and words not in stored


def test_no_log_of_ours_holds_anybodys_address(platform, resident):
    ours = "\n".join(
        path.read_text(errors="replace")
        for path in platform.folder.logs.glob("*.log")
        if not path.name.startswith(("mongod", "rabbitmq"))
    )
    assert "answered" in ours
    lines = [
        line for line in ours.splitlines() if re.search(r"\b127\.0\.0\.1\b|remote_addr|User-Agent", line)
    ]
    # the platform's own address stands in links that it sends
    assert [line for line in lines if "istening" not in line and platform.base not in line] == []


def test_personal_data_of_a_resident_is_in_no_log_and_no_event_and_not_plain_in_any_database(
    platform, certified
):
    platform.wait_for(lambda: certified.id in dump(platform, "affairs"))
    logs, events = platform.logs(), str([list(platform.database(name).events.find()) for name in SERVICES])
    for field in ("name", "id_number", "phone", "password"):
        assert certified.entered[field] not in logs
        assert certified.entered[field] not in events
        assert certified.entered[field] not in dump(platform)


def test_integrity_events_hold_an_opaque_id_and_a_state_and_nothing_else(platform):
    reported(platform)
    platform.let_the_hour_pass()
    platform.wait_for(lambda: platform.database("integrity").events.count_documents({}))
    for event in platform.database("integrity").events.find({"type": {"$regex": "integrity.report"}}):
        assert set(event["data"]) == {"report_id", "state"}
        assert event["region"] == "510183"
        assert (
            not event.get("correlation")
            or "report" not in event["type"]
            or event["data"]["state"] in contract.STATES
        )


def test_no_service_reads_or_writes_anothers_database(platform, staff, certified):
    """MongoDB's own profiler tells which program touched which database, while the story is told."""
    databases = {service: platform.database(service) for service in SERVICES}
    for database in databases.values():
        database.command("profile", 2)
    try:
        platform.run("python", "-m", "deploy.local.story")
        reported(platform)
    finally:
        for database in databases.values():
            database.command("profile", 0)
    for service, database in databases.items():
        programs = set(database["system.profile"].distinct("appName")) - {"test"}
        strangers = {name for name in programs if name and name.split("-")[0] != service}
        assert service in {name.split("-")[0] for name in programs if name}
        assert strangers == set()
