"""A granted application becomes a paper, through HTTP: issued, told, fetched, verified by anybody, revoked, issued again."""

import uuid

import pytest
import requests

from services.affairs.matters.results.wording import check_of
from tests.e2e.test_reusable_papers import applied, two_matters  # noqa: F401  a fixture
from tests.unit.gateway.pages import is_tagged, texts


@pytest.fixture
def granted(certified, staff, two_matters):  # noqa: F811
    """An application that is decided and granted."""
    clerk, made = staff["clerk"], applied(certified, two_matters[0])
    clerk.post(f"/applications/{made['id']}/acceptance")
    clerk.post(f"/applications/{made['id']}/decision", {"outcome": "granted"})
    return made["id"]


def file_of(person, result_id: str) -> bytes:
    answer = person.http.get(f"{person.base}/results/{result_id}/file", timeout=60)
    assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.content


def checked(base: str, file: bytes, expect: int) -> dict:
    sent = requests.post(f"{base}/paper-checks/by-file", files={"paper": ("a.pdf", file)}, timeout=60)
    assert sent.status_code == expect, sent.text
    return sent.json()


def test_from_the_decision_to_a_paper_that_a_stranger_verifies(platform, certified, staff, granted):
    clerk, stranger = staff["clerk"], platform.person()
    issued = clerk.post(f"/applications/{granted}/results", {"text": "每月 100 元。"}, expect=201)
    paper = file_of(certified, issued["id"])
    (text,) = texts(paper)
    assert is_tagged(paper) and issued["number"] in text and "每月 100 元。" in text
    told = platform.wait_for(
        lambda: [one for one in certified.get("/notices")["items"] if one["about"] == "affairs.result.issued"]
    )
    assert told[0]["subject"] == issued["id"]

    token = issued["verify_path"].rpartition("/")[2]
    seen = stranger.get(f"/paper-checks/{token}")
    assert (seen["verdict"], seen["number"]) == ("true", issued["number"])
    on_paper = {"number": issued["number"].replace("〔", "[").replace("〕", "]"), "check": check_of(token)}
    assert stranger.post("/paper-checks/by-number", on_paper, expect=200) == seen
    assert checked(platform.base, paper, 200)["signer"]
    assert checked(platform.base, paper + b"\n%", 200)["verdict"] == "altered"
    assert checked(platform.base, b"%PDF-1.7", 404)["code"] == "result.not_ours"
    assert checked(platform.base, b"x" * 1_200_000, 413)
    assert checked(platform.base, b"", 422)["code"] == "file.empty"

    certified.post(f"/results/{issued['id']}/delivery", {"way": "pick_up"}, expect=200)
    waiting = clerk.get("/results")["items"]
    assert issued["id"] in {one["id"] for one in waiting}
    clerk.post(f"/results/{issued['id']}/handover", {"note": "本人来取"}, expect=200)
    clerk.post(f"/results/{issued['id']}/revocation", {"reason": "金额写错了"}, expect=200)
    again = clerk.post(f"/applications/{granted}/results", {"text": "每月 120 元。"}, expect=201)
    assert again["replaces"] == issued["number"]
    old = checked(platform.base, paper, 200)
    assert (old["verdict"], old["replaced_by"]) == ("revoked", again["number"])
    listed = certified.get(f"/applications/{granted}/results")["items"]
    assert [one["state"] for one in listed] == ["issued", "revoked"]


def test_the_same_request_sent_twice_at_once_is_one_paper(platform, staff, granted):
    clerk, key = staff["clerk"], str(uuid.uuid4())
    path = f"{clerk.base}/applications/{granted}/results"
    headers = {"Authorization": clerk.http.headers["Authorization"], "Idempotency-Key": key}
    answers = [requests.post(path, json={}, headers=headers, timeout=90) for _ in range(2)]
    assert [one.status_code for one in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
