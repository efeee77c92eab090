"""A review through HTTP: asked, never seen by who decided, upheld, up to the county, set aside, handled again by events between services."""

from tests.e2e.test_ratings import told
from tests.e2e.test_reusable_papers import applied, photographed, two_matters  # noqa: F401  a fixture


def refused_by(clerk, person, matter_id: str) -> str:
    made = applied(person, matter_id)
    photographed(person, made)
    clerk.post(f"/applications/{made['id']}/acceptance")
    clerk.post(f"/applications/{made['id']}/decision", {"outcome": "refused", "reason": "户口不在本村"})
    return made["id"]


def test_from_a_refusal_over_office_and_county_to_a_second_handling(
    platform,
    certified,
    staff,
    two_matters,  # noqa: F811
):
    clerk, town, county = staff["clerk"], staff["town"], staff["county"]
    id = refused_by(clerk, certified, two_matters[0])
    against = certified.get(f"/applications/{id}/remedies")
    assert (against["decision"], against["may_ask"], against["review_state"]) == ("refused", True, "")
    assert against["ask_by"] < against["reconsider_by"] < against["sue_by"]

    one = f"/reviews/{id}"
    asked = certified.post(f"/applications/{id}/review", {"grounds": "户口就在本村"}, expect=201)
    assert (asked["id"], asked["state"], asked["level"]) == (id, "asked", "office")
    again = certified.try_to("POST", f"/applications/{id}/review", {"grounds": "再看一次"})[1]
    assert again["code"] == "review.asked_already"
    platform.wait_for(lambda: told(certified, "affairs.review.asked", id))
    platform.wait_for(lambda: told(town, "affairs.review.asked", id))
    assert clerk.try_to("GET", one)[0] == 404
    assert clerk.try_to("POST", f"{one}/taking")[0] == 404
    assert id not in {each["id"] for each in clerk.get("/reviews", limit=100)["items"]}
    row = next(each for each in town.get("/reviews", limit=100)["items"] if each["id"] == id)
    assert row["pace"] == "in_time" and "户口" not in str(row)

    town.post(f"{one}/taking", expect=200)
    town.post(f"{one}/decision", {"outcome": "upheld", "reason": "查过登记，户口在邻村"}, expect=200)
    platform.wait_for(lambda: told(certified, "affairs.review.decided", id))
    raised = certified.post(f"{one}/county", {"grounds": "上月已经迁入"}, expect=200)
    assert (raised["level"], raised["state"]) == ("county", "asked")
    platform.wait_for(lambda: told(county, "affairs.review.raised", id))
    assert town.try_to("POST", f"{one}/taking")[0] == 404
    county.post(f"{one}/taking", expect=200)
    county.post(f"{one}/decision", {"outcome": "set_aside", "reason": "迁入属实，应当批准"}, expect=200)

    led = platform.wait_for(lambda: certified.get(f"/applications/{id}/remedies")["new_application_id"])
    new = certified.get(f"/applications/{led}")
    assert (new["state"], new["reviewed_from"], len(new["files"])) == ("submitted", id, 1)
    platform.wait_for(lambda: told(certified, "affairs.review.reopened", id))
    assert led in {each["id"] for each in clerk.get("/applications/inbox", limit=100)["items"]}
    shown = clerk.http.get(f"{clerk.base}/applications/{led}/files/{new['files'][0]['id']}", timeout=60)
    assert shown.status_code == 200
    seen = certified.get(one)
    assert (seen["final"], len(seen["rounds"]), seen["new_application_id"]) == (True, 2, led)
    assert seen["reconsider_by"] == against["reconsider_by"] and seen["sue_by"] == against["sue_by"]
