"""A paper that a window verified counts for the next matter, through HTTP, by events between identity and affairs: with leave alone."""

import uuid

import pytest
import requests

from tests.photos import photo

BOOK = "居民户口簿"
ASKED = [{"name": BOOK, "trust": "B"}, {"name": "近期免冠照片"}]


@pytest.fixture
def two_matters(staff, platform) -> list[str]:
    """Two open matters that ask for a household book, which a window verifies once."""
    found = platform.person().get("/matters", text="救助", limit=50)["items"]
    open_now = [
        one["id"] for one in found if one["state"] == "open" and not one["elsewhere"] and not one["with_form"]
    ]
    chosen = [id for id in open_now if not staff["clerk"].get(f"/matters/{id}")["only_by_appointment"]][:2]
    for id in chosen:
        staff["clerk"].ask("PATCH", f"/matters/{id}", {"materials": ASKED}, 200)
    return chosen


def applied(person, matter_id: str) -> dict:
    asked = {"matter_id": matter_id, "name": "王秀英", "phone": "13800000013", "materials": []}
    return person.post("/applications", asked, expect=201)


def photographed(person, application: dict) -> str:
    headers = {
        "Authorization": person.http.headers["Authorization"],
        "Idempotency-Key": str(uuid.uuid4()),
    }
    sent = requests.post(
        f"{person.base}/applications/{application['id']}/materials/1/files",
        files={"photo": ("a.jpg", photo(), "image/jpeg")},
        headers=headers,
        timeout=60,
    )
    assert sent.status_code == 201, sent.text
    return sent.json()["files"][-1]["id"]


def test_verified_once_used_again_and_gone_with_the_leave(platform, certified, staff, two_matters):
    clerk, notice = staff["clerk"], certified.get("/privacy/notice")["version"]
    first = applied(certified, two_matters[0])
    file_id = photographed(certified, first)
    told = clerk.post(f"/applications/{first['id']}/materials/1/verification", expect=200)
    assert [one["material"] for one in told["verified"]] == [BOOK]
    assert certified.get("/reusable-papers")["items"] == []
    certified.post("/consents/paper_reuse/giving", {"notice_version": notice})
    (paper,) = platform.wait_for(lambda: certified.get("/reusable-papers")["items"])
    assert (paper["material"], paper["application_id"]) == (BOOK, first["id"])

    second = applied(certified, two_matters[1])
    (offer,) = certified.get(f"/applications/{second['id']}/offered-papers")["items"]
    assert (offer["material"], offer["paper_id"]) == (1, paper["id"])
    path = f"/applications/{second['id']}/materials/1/reuse"
    used = certified.post(path, {"paper_id": paper["id"]}, expect=200)
    assert [one["id"] for one in used["files"]] == [file_id]
    seen = clerk.get(f"/applications/{second['id']}")["files"][0]["reused"]
    assert (seen["application_id"], seen["office"]) == (first["id"], first["office"])
    both = {"materials": [{"name": BOOK}, {"name": "近期免冠照片"}]}
    refused = clerk.post(f"/applications/{second['id']}/notice", both, expect=422)
    assert refused["code"] == "application.verified_before"
    shown = clerk.http.get(f"{clerk.base}/applications/{second['id']}/files/{file_id}", timeout=60)
    assert shown.status_code == 200 and shown.headers["Content-Type"] == "image/jpeg"

    certified.post("/consents/paper_reuse/withdrawal")
    platform.wait_for(lambda: not certified.get("/reusable-papers")["items"])
    assert [one["id"] for one in certified.get(f"/applications/{second['id']}")["files"]] == [file_id]
    certified.post(f"/applications/{first['id']}/withdrawal")
    shown = clerk.http.get(f"{clerk.base}/applications/{second['id']}/files/{file_id}", timeout=60)
    assert shown.status_code == 200
