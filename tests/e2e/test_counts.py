"""What a request may cost: its questions to the database and its messages, each with its reason.

A write that asks one thing more than its table says fails here; who adds a question adds a line and says why.
"""

import pytest

from deploy.local.story.identity import COUNTY, PASSWORD, VILLAGE
from deploy.local.story.person import new_resident
from services.identity.officials.staff.appoint import appoint
from tests.e2e.counting import Counting
from tests.e2e.platform import running

SESSION = "identity sessions aggregate $match $project $lookup"
OFFICIAL_SESSION = f"{SESSION} $lookup $lookup $lookup $set $unset"

FED = {
    # every event has its place in the feed; several that come together are written together
    "identity feed insert": 1,
    # the dispatcher: whose grants have changed, however many there are
    "identity-dispatcher departments find by delivery,expires_at,state": 1,
}


def relayed(service: str, collection: str) -> dict[str, int]:
    """What the relay does with the events of one document: find, keep for replays, clear."""
    relay = f"{service}-relay"
    return {
        f"{relay} {collection} find by pending_since": 1,
        f"{relay} events insert": 1,
        f"{relay} {collection} update by _id,outbox": 1,
    }


def times(count: int, costs: dict[str, int]) -> dict[str, int]:
    """The same so many times at most."""
    return {one: count * n for one, n in costs.items()}


COMMANDS = {
    "apply": {
        SESSION: 1,  # a write asks what is committed of its session, whatever was told of it
        "identity residents find by _id": 1,  # nobody applies under another name: the account says it, and no service keeps a copy
        # certified, on the way out, where the village is now, and the matter: one question, so that a withdrawn matter takes nothing
        "affairs people aggregate $match $lookup $lookup $lookup": 1,
        "affairs applications insert": 1,
        "affairs departures find by _id,state": 1,  # once more when it is written: one of the two sees the other
        "affairs matters find by _id": 1,  # the same for who withdraws the matter meanwhile
        **relayed("affairs", "applications"),
        "identity moves distinct by code": 1,  # for all of a batch: where it waits in the edition of today
        "identity waiting update by _id,sequence": 1,  # the clerk's digest
        **FED,
    },
    "certify": {
        OFFICIAL_SESSION: 1,  # with the absences that give or take the power of today
        "identity residents find by _id,regions": 1,
        # nobody is certified as whom somebody is helped as a guest
        "identity visitors find by id_number_hash,living,phone_hash": 1,
        "identity residents update by _id,version": 1,
        **relayed("identity", "residents"),
        "affairs people update by _id,sequence": 1,
        "market people update by _id,sequence": 1,
        "integrity people update by _id,sequence": 1,
        "identity moves distinct by code": 2,  # for the digest, and for the board
        "identity waiting update by _id,sequence": 1,
        "identity coverage_people find by _id": 1,  # what the board counted of this resident before
        "identity coverage_people update by _id": 1,
        "identity coverage update by _id": 1,
        "identity notices insert": 1,
        # the SMS: whether it is wanted, and whether it was told or goes into a message that waits; for all of a batch
        "identity preferences find by _id": 1,
        "identity residents find by _id": 1,
        "identity messages find by $or": 1,
        "identity messages insert": 1,
        **FED,
    },
    "order": {
        SESSION: 1,
        "market people find by _id": 1,
        "market orders find by _id": 1,  # a repeat takes up what was interrupted
        "market listings find by _id,state": 1,
        # before, and once it is written: who is leaving, and how much the buyer has not paid
        "market departures find by _id,state": 2,
        "market orders aggregate $match $limit $group": 2,
        "market orders insert": 1,
        "market listings update by $expr,_id,holds.order_id,price_fen,state": 1,  # stock, in one conditional write
        "market orders update by _id,version": 1,
        **times(2, relayed("market", "orders")),
        **relayed("market", "listings"),
        "market-relay events insert": 3,
        **times(3, FED),
    },
    "list of 20": {"affairs applications find by regions,state": 1},
    "private read": {
        SESSION: 1,  # what is shown in full is asked for like a write
        "identity residents find by _id": 1,
    },
    "page": {
        "affairs applications find by applicant_id": 1,
        "identity notices find by created_at": 1,
        "market orders find by buyer_id": 1,
    },
}
"""At most so often, for one act, until everything that it causes is over."""

OF_RESIDENTS = ("people", "coverage", "digests", "feed", "notifications", "visits")
MESSAGES = {
    "apply": {"identity.digests": 1, "identity.feed": 1},
    "certify": {
        "affairs.people": 1,
        "market.people": 1,
        "integrity.people": 1,
        **{f"identity.{queue}": 1 for queue in OF_RESIDENTS[1:]},
    },
    "order": {"identity.feed": 3},
}
"""The queues that an act wakes, with the messages that each takes."""


@pytest.fixture(scope="module")
def quiet(addresses, tmp_path_factory):
    """A platform of its own that does nothing but what a test asks."""
    with running(tmp_path_factory.mktemp("quiet"), addresses, RELAY_SWEEP="600") as platform:
        yield platform


@pytest.fixture(scope="module")
def acts(quiet):
    """What is counted, by name; each call does it once more."""
    account = appoint(quiet.settings, "chief", "county_administrator", COUNTY)
    chief = quiet.person("county").sign_in("chief", PASSWORD, first=account["password"])

    def official(role: str, region: str):
        body = {"name": "测试", "login": f"t-{role}", "role": role, "region": region}
        given = chief.post("/officials", body, expect=201)
        return quiet.person(role).sign_in(body["login"], PASSWORD, first=given["one_time_password"])

    village, clerk = official("village_administrator", VILLAGE), official("clerk", COUNTY)

    def registered():
        person, entered = quiet.person("resident"), new_resident(VILLAGE)
        person.post("/residents", entered, expect=201)
        return person.sign_in(entered["phone"], entered["password"])

    def certified():
        person = registered()
        village.post(f"/residents/{person.id}/certification")
        known = {"_id": person.id, "certified": True}
        for service in ("affairs", "market"):
            quiet.wait_for(lambda service=service: quiet.database(service).people.find_one(known))
        return person

    person, seller = certified(), certified()
    matters = iter(quiet.person().get("/matters", limit=100)["items"])
    waiting = iter([registered() for _ in range(2)])
    offer = {"title": "猕猴桃", "description": "现摘", "unit": "箱", "price_fen": 6800, "stock": 50}
    listing = seller.post("/listings", offer, expect=201)["id"]
    village.post(f"/listings/{listing}/endorsement")
    recipient = {"name": "王秀英", "phone": "13800000013", "address": "成都市测试路 1 号"}

    def apply():
        asked = {"matter_id": next(matters)["id"], "name": "王秀英", "phone": "13800000013", "materials": []}
        return person.post("/applications", asked, expect=201)

    for _ in range(5):
        apply()
    return {
        "apply": apply,
        "certify": lambda: village.post(f"/residents/{next(waiting).id}/certification"),
        "order": lambda: person.post(
            "/orders", {"listing_id": listing, "quantity": 1, "recipient": recipient}, expect=201
        ),
        "list of 20": lambda: clerk.get("/applications", state="submitted", limit=20),
        "private read": lambda: person.get(f"/residents/{person.id}"),
        "page": lambda: person.get("/overview"),
    }


@pytest.fixture(scope="module")
def counting(quiet, acts):
    return Counting(quiet)


@pytest.mark.parametrize("name", COMMANDS)
def test_an_act_asks_no_more_than_its_table_says(name, counting, acts):
    cost = counting.cost(acts[name], MESSAGES.get(name, {}))
    unlisted = {one: n for one, n in cost.commands.items() if n > COMMANDS[name].get(one, 0)}
    assert unlisted == {}, f"{name} asks more than is said here"
    assert cost.messages == MESSAGES.get(name, {})
    assert sum(cost.commands.values()) >= 1
