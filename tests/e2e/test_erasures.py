"""A resident has the own data erased: nothing of the person is left anywhere but what the list says."""

from datetime import UTC, datetime, timedelta

import pytest

from services.affairs.matters.applications.store import ApplicationStore
from services.chassis.storage.database import connect
from tests.e2e import traces
from tests.e2e.planted import Planted
from tests.e2e.test_privacy import dump
from tests.receiver import receiving


def begin_now(platform, erasure_id: str) -> None:
    """Let the days to think it over pass."""
    past = datetime.now(UTC) - timedelta(seconds=1)
    change = {"$set": {"due_at": past, "due": past}}
    platform.database("identity").erasures.update_one({"_id": erasure_id}, change)


def state_of(platform, erasure_id: str) -> str:
    """The request's state, as only an operator can see it when the person is gone."""
    return platform.database("identity").erasures.find_one({"_id": erasure_id})["state"]


def applied(person, matter) -> dict:
    """Apply with name, phone and a note."""
    body = {"matter_id": matter["id"], "name": person.entered["name"], "phone": person.entered["phone"]}
    given = [{"name": "户口簿", "note": person.entered["id_number"]}]
    return person.post("/applications", {**body, "materials": given}, expect=201)


def test_a_resident_with_an_open_application_stays_and_finishes_it_first(platform, certified):
    application = applied(certified, certified.get("/matters", limit=100)["items"][-1])
    preview = certified.get("/erasures/preview")
    assert preview["applications"]["items"][0]["id"] == application["id"]
    assert preview["orders"]["count"] == 0 and preview["terms"]["cooling_days"] == 15
    asked = certified.post("/erasures", expect=201)
    begin_now(platform, asked["id"])
    platform.wait_for(lambda: state_of(platform, asked["id"]) == "hindered")
    (shown,) = certified.get("/erasures")["items"]
    assert shown["hindered_by"] == {"affairs": 1}
    certified.post(f"/applications/{application['id']}/withdrawal")
    again = certified.post("/erasures", expect=201)
    assert certified.post(f"/erasures/{again['id']}/cancellation")["state"] == "cancelled"


def test_nothing_of_an_erased_person_is_left_but_what_the_list_says(platform, certified, staff):
    entered, me = certified.entered, certified.id
    first, second = certified.get("/matters", limit=100)["items"][-2:]
    kept, lost = applied(certified, first), applied(certified, second)
    staff["clerk"].post(f"/applications/{kept['id']}/acceptance")
    staff["clerk"].post(f"/applications/{kept['id']}/decision", {"outcome": "granted"})
    certified.post(f"/applications/{lost['id']}/withdrawal")
    offer = {"title": "无此猕猴桃", "description": f"{entered['name']}家自产", "unit": "箱"}
    certified.post("/listings", {**offer, "price_fen": 100, "stock": 3}, expect=201)
    platform.wait_for(lambda: certified.get("/notices")["items"])
    asked = certified.post("/erasures", expect=201)
    begin_now(platform, asked["id"])
    platform.wait_for(lambda: state_of(platform, asked["id"]) == "finished")
    gone = [entered["id_number"], entered["phone"], entered["password"], offer["description"]]

    def left() -> list[str]:
        stored = dump(platform)
        return [trace for trace in gone if trace in stored]

    platform.wait_for(lambda: not left(), why=lambda: str(left()))
    applications = ApplicationStore(connect(platform.settings, "affairs"))
    platform.wait_for(lambda: applications.get(kept["id"]).erased)
    assert entered["name"] not in dump(platform)
    assert applications.get(kept["id"]).applicant_name == entered["name"]
    assert not list(platform.database("identity").notices.find({"person": me}))
    platform.wait_for(lambda: certified.try_to("GET", "/erasures")[0] == 401)
    login = {"login": entered["phone"], "password": entered["password"]}
    assert certified.try_to("POST", "/sessions", login)[0] == 403
    anew = platform.person().post("/residents", entered, expect=201)
    assert anew["id"] != me


def test_a_resident_fetches_a_copy_of_everything_and_sees_that_it_was_fetched(platform, certified):
    application = applied(certified, certified.get("/matters", limit=100)["items"][-3])
    asked = certified.post("/exports", expect=201)
    platform.wait_for(lambda: certified.get(f"/exports/{asked['id']}")["state"] == "ready")
    whole = certified.get(f"/exports/{asked['id']}/copy")
    rows = {section["title"]: section["rows"] for part in whole["parts"] for section in part["sections"]}
    assert [part["detail"] for part in whole["parts"]] == [None] * 4
    assert rows["账号资料"][0]["name"] == certified.entered["name"]
    assert rows["办事申请"][0]["id"] == application["id"]
    assert certified.entered["phone"] not in dump(platform)
    address = f"{certified.base}/exports/{asked['id']}/copy"
    answer = certified.http.get(address, params={"format": "pdf"}, timeout=30)
    assert answer.headers["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    looks = [one["reason"] for one in certified.get("/disclosures/mine")["items"]]
    assert looks == ["本人打开或下载了个人信息副本", "本人申请了个人信息副本"]


MAY_STAY = {
    (
        "affairs.applications",
        "sealed",
    ): "a decided application is filed under the name that it was made for (档案法)",
}
"""Where a planted word may be found afterwards, and why; where her own second application stands is looked at apart."""

PLANTED = {
    "residents", "disclosures", "households", "party_members", "mandates", "portions", "webhook_attempts", "applications", "listings",
    "orders", "conversations", "claims",
}  # fmt: skip
"""The collections in which something is planted: the search would find it there."""


@pytest.fixture
def planted(platform, staff):
    def repeats_what_it_was_sent(event, handler):
        body = event["data"].get("resident_name", "").encode()
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    with receiving() as endpoint:
        endpoint.behave = repeats_what_it_was_sent
        made = Planted(platform, staff, endpoint.url)
        made.everywhere()
        named = made.entered["name"]
        platform.wait_for(lambda: any(one["data"].get("resident_name") == named for one in endpoint.asked))
        yield made


def test_of_somebody_planted_everywhere_nothing_is_left_in_any_collection_queue_stream_or_file(
    platform, planted
):
    def fed() -> bool:
        certified = {"event.subject": planted.her.id, "name": "identity.resident.certified"}
        last = platform.database("identity").feed.find_one(certified)
        cursor = platform.database("identity").cursors.find_one({"_id": planted.stream.id})
        return bool(cursor and cursor["position"] >= last["_id"])

    platform.wait_for(fed)
    before = traces.found(platform, planted.words)
    assert {place.split(".")[1] for place, _ in before if "." in place} >= PLANTED, before
    assert {place for place, _ in before} & {"queue", "stream", "file"} == set(), (
        "names travel and are logged nowhere"
    )
    asked = planted.her.post("/erasures", expect=201)
    assert any("事件流" in one["what"] for one in asked["kept"]), "she is told before"
    begin_now(platform, asked["id"])
    platform.wait_for(lambda: state_of(platform, asked["id"]) in ("finished", "hindered"), 60)
    assert state_of(platform, asked["id"]) == "finished"

    def left() -> set[tuple[str, str]]:
        return traces.found(platform, planted.words) - set(MAY_STAY)

    platform.wait_for(lambda: not left(), 60, lambda: str(left()))
    kept = ApplicationStore(connect(platform.settings, "affairs")).get(planted.decided)
    assert (kept.applicant_name, kept.applicant_phone) == (planted.entered["name"], "")
    assert planted.mark not in str(kept.materials)
    gone = [
        one["data"]
        for one in planted.pull.get("/events", limit=500)["items"]
        if one["subject"] == planted.her.id
    ]
    assert gone and not any("resident_name" in one for one in gone), "a pull gives nothing of who is gone"
