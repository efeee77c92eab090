"""A county leaves the codes of 2019 for those of 2020 through HTTP: rehearsed, killed on the way, and everybody arrives."""

import os
import signal
import uuid
from datetime import timedelta

import pytest

from deploy.local.story.identity import COUNTY, PASSWORD
from deploy.local.story.person import new_resident
from services.identity.officials.staff.appoint import appoint
from tests.e2e.platform import running

REUSED, HEIR, STAYS = "510183103218", "510183103219", "510183103204"
TABLE, ADOPTION = f"{COUNTY}-2019-2020", f"{COUNTY}-2019"
EARLIER = timedelta(minutes=20)
PATIENCE = 120
PRODUCE = {"title": "金果猕猴桃", "description": "现摘", "unit": "箱", "price_fen": 6800, "stock": 5}


@pytest.fixture(scope="module")
def alone(addresses, tmp_path_factory):
    """A platform of its own: afterwards its county reads other codes."""
    with running(tmp_path_factory.mktemp("adopting"), addresses) as platform:
        yield platform


@pytest.fixture(scope="module")
def chief(alone):
    """The county's administrator, signed in."""
    account = appoint(alone.settings, "chief", "county_administrator", COUNTY)
    return alone.person("county").sign_in("chief", PASSWORD, first=account["password"])


@pytest.fixture(scope="module")
def administrator(alone, chief):
    """Sign in the administrator of a village, appointed before; `sign_in(village)`."""

    def appointed(village):
        login = f"v-{uuid.uuid4().hex[:12]}"
        asked = {"name": "测试", "login": login, "role": "village_administrator", "region": village}
        given = chief.post("/officials", asked, expect=201)
        person = alone.person(login).sign_in(login, PASSWORD, first=given["one_time_password"])
        person.login = login
        return person

    return appointed


def settled(alone, chief) -> dict:
    """Fill what names do not tell: 艾河村 becomes a part of 古坪村, everything else goes anywhere; gives the rehearsal."""
    chief.post("/successions", {"county": COUNTY, "later": "2020"}, expect=201)
    rows = chief.get(f"/successions/{TABLE}")["rows"]
    somewhere = {9: "510183103", 12: STAYS}
    missing = [{"old": r["old"], "new": [somewhere[len(r["old"])]]} for r in rows if not r["new"]]
    told = [row for row in missing if row["old"] != REUSED] + [{"old": REUSED, "new": [HEIR]}]
    chief.post(f"/successions/{TABLE}/rows", {"rows": told})
    return rehearsed(alone, chief)


def rehearsed(alone, chief) -> dict:
    """Ask every service how much would move, and wait until all have answered."""
    chief.post(f"/successions/{TABLE}/rehearsal")
    found = f"/successions/{TABLE}/rehearsal"
    return alone.wait_for(lambda: not (told := chief.get(found))["unanswered"] and told, PATIENCE)


def rewind(alone, moment: str) -> bool:
    """Let what the adoption waits for lie twenty minutes back: nobody here holds an old token any more."""
    adoptions = alone.database("identity").adoptions
    found = adoptions.find_one({"_id": ADOPTION, moment: {"$ne": None}})
    if found is None:
        return False
    done = adoptions.update_one(
        {"_id": ADOPTION, "version": found["version"]},
        {"$set": {moment: found[moment] - EARLIER}, "$inc": {"version": 1}},
    )
    return done.matched_count == 1


def test_a_county_moves_to_the_next_edition_and_everybody_arrives(alone, chief, administrator):
    old = administrator(REUSED)
    her, entered = alone.person("resident"), new_resident(REUSED)
    her.id = her.post("/residents", entered, expect=201)["id"]
    old.post(f"/residents/{her.id}/certification")
    her.sign_in(entered["phone"], entered["password"])
    alone.wait_for(lambda: alone.database("affairs").people.find_one({"_id": her.id, "certified": True}))
    first, second = her.get("/matters", limit=2)["items"]
    form = {"name": entered["name"], "phone": entered["phone"], "materials": []}
    made = her.post("/applications", {"matter_id": first["id"], **form}, expect=201)
    assert made["region"] == REUSED
    alone.wait_for(lambda: alone.database("market").people.find_one({"_id": her.id, "certified": True}))
    sold = her.post("/listings", PRODUCE, expect=201)
    assert sold["region"] == REUSED

    told = settled(alone, chief)
    assert sum(told["residents"].values()) == 1
    assert (told["moving"]["affairs"]["applications"], told["moving"]["identity"]["residents"]) == (1, 1)
    assert (told["moving"]["market"]["listings"], told["moving"]["integrity"]) == (1, {})
    refused = chief.post("/adoptions", {"succession_id": TABLE}, expect=422)
    assert refused["code"] == "adoption.table_not_confirmed"
    chief.post(f"/successions/{TABLE}/confirmation")
    assert chief.post("/adoptions", {"succession_id": TABLE}, expect=201)["phase"] == "resting"
    assert chief.post("/adoptions", {"succession_id": TABLE}, expect=409)["code"] == "adoption.begun_already"
    alone.wait_for(lambda: rewind(alone, "rested_at"), PATIENCE)
    asked = {"name": "测试", "login": "too-early", "role": "village_administrator", "region": STAYS}
    assert chief.post("/officials", asked, expect=422)["code"] == "region.county_adopting"
    asleep = alone.person("old").sign_in(old.login, PASSWORD)
    assert asleep.get(f"/residents/{her.id}", expect=403)["code"] == "access.forbidden"

    moved = f"/adoptions/{ADOPTION}"
    alone.wait_for(lambda: chief.get(moved)["moved_regions"], PATIENCE)
    kill(alone, "identity")
    alone.children["identity"].start()
    alone.wait_for(lambda: chief.try_to("GET", moved)[1].get("phase") == "following", PATIENCE)
    alone.wait_for(lambda: chief.get(moved)["followed"] == ["affairs", "integrity", "market"], PATIENCE)
    alone.wait_for(lambda: rewind(alone, "moved_at"), PATIENCE)
    done = alone.wait_for(lambda: (found := chief.get(moved))["phase"] == "finished" and found, PATIENCE)
    assert done["moved_regions"] == done["regions"] > 100

    anyone = alone.person()
    alone.wait_for(lambda: anyone.get(f"/regions/{REUSED}")["short_name"] == "陈院村")
    assert anyone.get(f"/regions/{REUSED}", edition="2019")["short_name"] == "艾河村"
    assert anyone.get(f"/regions/{HEIR}")["predecessors"][0]["edition"] == "2019"
    followed = alone.person("old").sign_in(old.login, PASSWORD)
    assert followed.get(f"/residents/{her.id}")["region"] == HEIR
    stranger = administrator(REUSED)
    assert stranger.get(f"/residents/{her.id}", expect=404)["code"] == "resident.not_found"
    assert stranger.get(f"/applications/{made['id']}", expect=404)["code"] == "application.not_found"
    assert stranger.get(f"/listings/offers/{sold['id']}", expect=404)["code"]
    found = followed.get(f"/applications/{made['id']}")
    assert (found["region"], found["formerly"]) == (HEIR, [{"edition": "2019", "code": REUSED}])
    assert her.post("/applications", {"matter_id": second["id"], **form}, expect=201)["region"] == HEIR
    events = alone.database("identity").feed
    told = alone.wait_for(
        lambda: events.count_documents({"name": "identity.region.moved"}) >= done["regions"], PATIENCE
    )
    assert told and events.count_documents({"name": "identity.region.moved"}) == done["regions"]


def kill(alone, name: str) -> None:
    """Kill a process without any chance to tidy up."""
    process = alone.children[name].process
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(20)
