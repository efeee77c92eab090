"""One trace leads from a request through RPC, the database, an outbox and the broker to whoever hears of it; reports leave none."""

import secrets

import pytest

from deploy.local.story.identity import COUNTY, PASSWORD, VILLAGE
from deploy.local.story.person import new_resident
from services.identity.officials.staff.appoint import appoint
from tests.e2e.collector import Collector, Seen
from tests.e2e.platform import running

TOLD = {
    "http.request.method",
    "http.route",
    "http.response.status_code",
    "rpc.system.name",
    "rpc.method",
    "db.system.name",
    "db.namespace",
    "db.operation.name",
    "db.collection.name",
    "messaging.system",
    "messaging.destination.name",
    "messaging.operation.type",
    "xiangzhi.event",
    "error.type",
}
"""All that a step tells."""


@pytest.fixture(scope="module")
def collector():
    made = Collector()
    yield made
    made.close()


@pytest.fixture(scope="module")
def platform(addresses, collector, tmp_path_factory):
    told = {"OTEL_EXPORTER_OTLP_ENDPOINT": collector.address, "OTEL_BSP_SCHEDULE_DELAY": "100"}
    with running(tmp_path_factory.mktemp("traced"), addresses, **told) as platform:
        yield platform


@pytest.fixture(scope="module")
def village(platform):
    account = appoint(platform.settings, "chief", "county_administrator", COUNTY)
    chief = platform.person("county").sign_in("chief", PASSWORD, first=account["password"])
    body = {"name": "测试", "login": "t-village", "role": "village_administrator", "region": VILLAGE}
    given = chief.post("/officials", body, expect=201)
    return platform.person("village").sign_in("t-village", PASSWORD, first=given["one_time_password"])


@pytest.fixture(scope="module")
def entered():
    return new_resident(VILLAGE)


@pytest.fixture(scope="module")
def applied(platform, village, entered, collector):
    """The steps of the one trace of an application, once all who have a part in it have told theirs."""
    person = platform.person("resident")
    person.post("/residents", entered, expect=201)
    person.sign_in(entered["phone"], entered["password"])
    village.post(f"/residents/{person.id}/certification")
    platform.wait_for(
        lambda: platform.database("affairs").people.find_one({"_id": person.id, "certified": True})
    )
    matter = platform.person().get("/matters", limit=1)["items"][0]["id"]
    asked = {"matter_id": matter, "name": entered["name"], "phone": entered["phone"], "materials": []}
    person.post("/applications", asked, expect=201)

    def whole() -> list[Seen]:
        steps = collector.trace_of("POST /applications")
        return steps if "process identity.feed.v1" in {one.name for one in steps} else []

    return platform.wait_for(whole, 60, lambda: [one.name for one in collector.seen][-40:])


def one_of(steps: list[Seen], process: str, name: str) -> Seen:
    (found,) = [one for one in steps if (one.process, one.name) == (process, name)]
    return found


def test_an_application_is_one_trace_from_the_gateway_to_its_listeners(applied):
    asked = one_of(applied, "gateway", "POST /applications")
    called = one_of(applied, "gateway", "affairs.apply_for_matter")
    answered = one_of(applied, "affairs", "affairs.apply_for_matter")
    written = one_of(applied, "affairs", "insert applications")
    sent = one_of(applied, "affairs-relay", "send xiangzhi.events")
    heard = one_of(applied, "identity", "process identity.feed.v1")
    parents = [one.parent for one in (asked, called, answered, written, sent, heard)]
    assert parents == ["", asked.id, called.id, answered.id, answered.id, sent.id]
    assert any(one.name == "aggregate people" and one.parent == answered.id for one in applied)
    assert ("identity", "process identity.digests.v1") in {(one.process, one.name) for one in applied}


def test_steps_are_told_by_patterns_and_names_and_nothing_else(applied, collector, entered):
    assert {name for one in collector.seen for name in one.attributes} <= TOLD
    told = b"\n".join(collector.raw).decode("utf-8", "replace")
    people = [entered[one] for one in ("name", "phone", "id_number", "password")]
    assert not [word for word in people if word in told]
    asked = one_of(applied, "gateway", "POST /applications")
    assert asked.attributes["http.route"] == "/applications"
    certified = next(one for one in collector.seen if "certification" in one.name)
    assert certified.name == "POST /residents/{resident_id}/certification"


def test_a_callers_trace_is_continued_and_one_that_is_not_sampled_makes_none(platform, collector):
    caller, unsampled = secrets.token_hex(16), secrets.token_hex(16)
    for trace, flags in ((caller, "01"), (unsampled, "00")):
        platform.person().http.get(
            f"{platform.base}/regions/{VILLAGE}", headers={"traceparent": f"00-{trace}-{'b' * 16}-{flags}"}
        )
    platform.wait_for(lambda: any(one.trace == caller for one in collector.seen))
    platform.person().get("/matters", limit=2)
    platform.wait_for(lambda: collector.trace_of("GET /matters"))
    assert not [one for one in collector.seen if one.trace == unsampled]


def test_of_reports_there_is_no_step_anywhere(platform, collector, entered):
    category = platform.person().get("/complaint-categories/search", text="村务")["items"][0]["id"]
    read = ("integrity", "integrity.search_categories")
    platform.wait_for(lambda: [one for one in collector.seen if (one.process, one.name) == read])
    before = len(collector.seen)
    trace = secrets.token_hex(16)
    reporter = platform.person("reporter").sign_in(entered["phone"], entered["password"])
    reporter.http.headers["traceparent"] = f"00-{trace}-{'c' * 16}-01"
    body = {"category_id": category, "region": VILLAGE, "accused": "某干部", "text": "反映一件事情的经过" * 3}
    for more in ({}, {"real_name": True}):
        reporter.http.post(
            f"{platform.base}/reports", json=body | more, headers={"Idempotency-Key": secrets.token_hex(16)}
        )
    reporter.http.post(f"{platform.base}/reports/by-receipt", json={"receipt": "0" * 16})
    reporter.http.get(f"{platform.base}/reports")
    assert platform.database("integrity").reports.count_documents({}) >= 1
    platform.let_the_hour_pass()
    platform.wait_for(lambda: platform.database("identity").feed.find_one({"name": {"$regex": "report"}}), 60)
    platform.person().get("/matters", limit=3)
    platform.wait_for(lambda: any(one.name == "GET /matters" for one in collector.seen[before:]))
    since = collector.seen[before:]
    assert not [one for one in since if one.trace == trace or "report" in f"{one.name} {one.attributes}"]
    assert not [one for one in since if one.process.startswith("integrity")]
