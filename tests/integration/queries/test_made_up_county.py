"""The county that is made up for measuring is one that the platform itself could have written."""

import secrets
from dataclasses import replace

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import event_call, utc_now
from services.chassis.events.event import Envelope
from services.civic.actor import ANONYMOUS, CivicActor
from services.identity.people.papers import the_id_number_is_valid
from services.identity.people.residents.store import ResidentStore
from tests.county.people import PASSWORD, id_number_of, registration_of
from tests.county.size import QIONGLAI
from tests.integration.queries.conftest import SIZE
from tests.integration.queries.hosting import ask

RELAYED = ("outbox", "pending_since")
"""What a relay takes out of a document."""


class Living:
    """One resident's life through the real doors, and what the services hear of it."""

    def __init__(self, made):
        # not one of the first, which events of another test lead elsewhere
        self.made, self.village = made, made.county.villages[-1]
        asked = registration_of(5_000_000 + secrets.randbelow(1_000_000), self.village)
        self.id = self.do("identity", "register_resident", asked, ANONYMOUS)["id"]
        self.official = CivicActor("v1", "official", (Role("village_administrator", self.village),))
        self.do("identity", "certify_resident", {"resident_id": self.id}, self.official)
        self.actor = CivicActor(self.id, "resident", assurance=1)
        for event in self.told("identity", "residents", self.id):
            self.hear(event)

    def do(self, service: str, door: str, request: dict, actor: CivicActor) -> dict:
        outcome = ask(self.made.services[service], door, request, actor)
        assert outcome.error is None, outcome.error
        return outcome.result

    def told(self, service: str, collection: str, id: str) -> list[Envelope]:
        found = self.made.databases[service][collection].find_one({"_id": id})
        return [Envelope.from_document(entry) for entry in found["outbox"]]

    def hear(self, event: Envelope) -> None:
        call, services = event_call(event.id, event.data, event.time), self.made.services
        for service in ("affairs", "market", "integrity"):
            services[service].on_identity_resident([(event, call)])
        services["identity"].on_identity_resident([(event, call)])
        services["identity"].on_everything(event, call)

    def listing(self) -> str:
        asked = {"title": "猕猴桃", "description": "自家出产", "unit": "箱", "price_fen": 100, "stock": 5}
        return self.do("market", "offer_produce", asked, self.actor)["id"]

    def cancelled_order(self, listing_id: str) -> str:
        recipient = {"name": "测甲子", "phone": "19000000001", "address": "成都市测试路 1 号"}
        asked = {"listing_id": listing_id, "quantity": 1, "recipient": recipient}
        id = self.do("market", "place_order", asked, self.actor)["id"]
        self.do("market", "cancel_order", {"order_id": id}, self.actor)
        event = self.told("market", "orders", id)[-1]
        self.made.services["market"].on_market_order(event, event_call(event.id, event.data, event.time))
        return id


@pytest.fixture(scope="module")
def living(made):
    return Living(made)


def shape(found):
    """Give what there is, without its values: names, depths and types."""
    if isinstance(found, dict):
        return {name: shape(value) for name, value in found.items() if name not in RELAYED}
    if isinstance(found, list):
        return [shape(one) for one in found[-1:]]
    return type(found).__name__


def same(made, service: str, collection: str, id: str, like: dict) -> bool:
    """Compare the shape of what the doors wrote with those of what was made up in the same state."""
    documents = made.databases[service][collection]
    written = shape(documents.find_one({"_id": id}))
    made_up = [shape(one) for one in documents.find({"_id": {"$ne": id}, **like}).limit(200)]
    assert made_up
    assert written in made_up, (written, made_up[0])
    return True


def test_a_made_up_resident_is_written_like_a_certified_one(made, living):
    assert same(made, "identity", "residents", living.id, {"state": "certified"})
    for service in ("affairs", "market", "integrity"):
        assert same(made, service, "people", living.id, {"certified": True})


def test_made_up_notices_and_events_are_written_like_real_ones(made, living):
    identity = made.databases["identity"]
    notice = identity.notices.find_one({"person": living.id})["_id"]
    assert same(made, "identity", "notices", notice, {"about": "identity.resident.certified"})
    fed = identity.feed.find_one({"event.subject": living.id, "name": "identity.resident.certified"})["_id"]
    assert same(made, "identity", "feed", fed, {"name": "identity.resident.certified"})
    entry = identity.residents.find_one({"_id": living.id})["outbox"][-1]
    assert shape({"_id": entry["id"], **entry}) == shape(identity.events.find_one({"type": entry["type"]}))


def test_a_made_up_application_is_written_like_a_submitted_one(made, living):
    matter = made.county.matters[0]
    asked = {
        "matter_id": matter.id,
        "name": "测甲子",
        "phone": "19000000001",
        "materials": [{"name": "居民身份证"}],
    }
    known = tuple((name, asked[name]) for name in ("name", "phone"))
    id = living.do("affairs", "apply_for_matter", asked, replace(living.actor, facts=known))["id"]
    assert same(made, "affairs", "applications", id, {"state": "submitted"})


def test_made_up_listings_and_orders_are_written_like_real_ones(made, living):
    listing = living.listing()
    assert same(made, "market", "listings", listing, {"state": "offered"})
    living.do("market", "endorse_listing", {"listing_id": listing}, living.official)
    order = Living(made).cancelled_order(listing)
    assert same(made, "market", "orders", order, {"state": "cancelled"})
    assert same(made, "market", "listings", listing, {"state": "endorsed", "holds": {"$ne": []}})


def test_a_made_up_report_is_written_like_a_received_one(made):
    id, _ = made.county.leaves[0]
    asked = {
        "region": made.county.villages[0],
        "category_id": id,
        "accused": "测某",
        "text": "测试举报内容，不指任何人。",
    }
    before = {one["_id"] for one in made.databases["integrity"].reports.find({}, {"_id": 1})}
    outcome = ask(made.services["integrity"], "submit_report", asked, ANONYMOUS)
    assert (
        outcome.error and outcome.error.code == "report.place_unknown"
    )  # integrity has not heard of any yet
    known = {"code": asked["region"], "edition": "2019"}
    made.services["integrity"].places.learn(f"2019-{asked['region']}", 1, known)
    assert ask(made.services["integrity"], "submit_report", asked, ANONYMOUS).error is None
    (new,) = {one["_id"] for one in made.databases["integrity"].reports.find({}, {"_id": 1})} - before
    assert same(made, "integrity", "reports", new, {"state": "received"})


def test_a_made_up_resident_signs_in_and_finds_everything_through_the_doors(made):
    order = made.databases["market"].orders.find_one({"state": "received"})
    resident = ResidentStore(made.databases["identity"]).get(order["buyer_id"])
    signed_in = ask(
        made.services["identity"], "sign_in", {"login": resident.phone, "password": PASSWORD}, ANONYMOUS
    ).result
    assert signed_in["person_id"] == resident.id
    session = made.databases["identity"].sessions.find_one({"person": resident.id}, sort=[("started_at", -1)])
    assert same(made, "identity", "sessions", session["_id"], {})
    actor = CivicActor(resident.id, "resident", assurance=1)
    own = ask(made.services["market"], "list_orders", {}, actor).result["items"]
    assert order["_id"] in {one["id"] for one in own}
    about = {
        one["about"] for one in ask(made.services["identity"], "list_notices", {}, actor).result["items"]
    }
    assert "market.order.paid" in about


def test_a_made_up_county_has_the_numbers_that_were_asked_for(made):
    identity, affairs = made.databases["identity"], made.databases["affairs"]
    numbers = [id_number_of(number) for number in range(0, QIONGLAI.people, 17)]
    assert len(set(numbers)) == len(numbers)
    assert all(the_id_number_is_valid(number, utc_now().date()) for number in numbers)
    assert identity.residents.count_documents({"password_hash": made.county.password_hash}) == SIZE.people
    assert affairs.applications.count_documents({"shown_phone": {"$regex": "^190"}}) >= SIZE.applications
    positions = [one["_id"] for one in identity.feed.find({}, {"_id": 1}).sort("_id", 1)]
    assert positions == list(range(1, len(positions) + 1))


def test_the_parts_of_a_county_are_the_whole():
    size = QIONGLAI.scaled(0.013)
    for number in (size.certified, size.applications, size.orders, size.reports):
        assert sum(size.part(number, chunk) for chunk in range(size.chunks)) == number
