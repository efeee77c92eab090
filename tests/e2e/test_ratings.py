"""A bad rating through HTTP: by the link at the window, called back, answered, not mended, up to the county, appealed."""

import requests

from tests.e2e.test_results import granted  # noqa: F401  a fixture
from tests.e2e.test_reusable_papers import two_matters  # noqa: F401  a fixture


def told(person, about: str, subject: str) -> list[dict]:
    found = person.get("/notices")["items"]
    return [one for one in found if (one["about"], one["subject"]) == (about, subject)]


def test_from_the_link_at_the_window_to_the_county_and_back(platform, certified, staff, granted):  # noqa: F811
    clerk, town, county = staff["clerk"], staff["town"], staff["county"]
    path = clerk.get(f"/applications/{granted}/rating-link")["path"]
    token = path.rpartition("/")[2]
    link = f"{platform.base}/rating-links/{granted}/{token}"
    seen = requests.get(link, timeout=30).json()
    assert seen["rated"] is False and "applicant" not in str(seen)
    sent = {"Idempotency-Key": "5f0f4b1c-0d5c-4b52-9f2c-1f0a6f3e7a11"}
    first = requests.post(
        f"{link}/rating", json={"stars": 1, "comment": "跑了四趟"}, headers=sent, timeout=30
    )
    again = requests.post(
        f"{link}/rating", json={"stars": 1, "comment": "跑了四趟"}, headers=sent, timeout=30
    )
    assert (first.status_code, again.json()) == (200, first.json()) and first.json()["rated"]
    assert (
        requests.post(
            f"{link}/rating",
            json={"stars": 5},
            headers={"Idempotency-Key": "another-key-of-mine"},
            timeout=30,
        ).status_code
        == 409
    )
    assert (
        certified.try_to("POST", f"/applications/{granted}/rating", {"stars": 5})[1]["code"]
        == "application.rated_already"
    )
    assert requests.get(link[:-3] + "abc", timeout=30).status_code == 404

    one = f"/ratings/{granted}"
    platform.wait_for(lambda: told(certified, "affairs.rating.received", granted))
    platform.wait_for(lambda: told(town, "affairs.rating.case_opened", granted))
    platform.wait_for(lambda: told(clerk, "affairs.rating.case_opened", granted))
    assert clerk.get(f"/applications/{granted}")["stars"] is None
    assert clerk.get(one)["comment"] == "跑了四趟"
    assert granted in {each["id"] for each in clerk.get("/ratings/about-me")["items"]}
    assert granted in {each["id"] for each in town.get("/rating-cases", limit=100)["items"]}

    town.post(f"{one}/callback", {"said": "她说跑了四趟，要一份收件单"}, expect=200)
    town.post(f"{one}/answer", {"answer": "已经补了收件单"}, expect=200)
    platform.wait_for(lambda: told(certified, "affairs.rating.answered", granted))
    raised = certified.post(f"{one}/confirmation", {"mended": False, "objection": "没有收到"}, expect=200)
    assert (raised["state"], raised["raised"]) == ("to_call", True)
    platform.wait_for(lambda: told(county, "affairs.rating.raised", granted))
    clerk.post(f"{one}/appeal", {"reason": "那天她没有来办过"}, expect=200)
    county.post(f"{one}/appeal/decision", {"outcome": "dismissed", "reason": "有叫号记录"}, expect=200)
    platform.wait_for(lambda: told(clerk, "affairs.rating.appeal_decided", granted))
    county.post(f"{one}/callback", {"said": "再打了电话"}, expect=200)
    county.post(f"{one}/answer", {"answer": "县里送去了收件单"}, expect=200)
    ended = certified.post(f"{one}/confirmation", {"mended": True}, expect=200)
    assert (ended["state"], ended["level"], len(ended["rounds"])) == ("mended", 1, 2)
    assert [each["count"] for each in clerk.get("/ratings/totals")["months"]] == [None] * 12
    assert platform.person().get("/published-ratings", county="510183")["items"] == []
