"""The market on a real database, with its doors, listeners and clock; events are delivered when a test says so."""

import inspect
import uuid
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import Call, utc_now
from services.chassis.core.errors import DomainError
from services.chassis.events.event import Envelope
from services.chassis.rpc.answering import RequestHandler
from services.civic.actor import SYSTEM, CivicActor
from services.civic.editions.code_crosswalk import CodeCrosswalk
from services.civic.files.store import StoredPieces
from services.civic.guards import GUARDS
from services.civic.people import People
from services.market.paying.discrepancies.store import DiscrepancyStore
from services.market.paying.payments import usecases as payments
from services.market.paying.payments.model import Payment
from services.market.paying.payments.provider import PaymentProvider
from services.market.paying.payments.store import PaymentStore
from services.market.selling.claims import usecases as claims
from services.market.selling.claims.model import ClaimTerms
from services.market.selling.claims.store import ClaimStore
from services.market.selling.conversations.model import ConversationTerms
from services.market.selling.conversations.store import ConversationStore
from services.market.selling.listings.store import ListingStore
from services.market.selling.orders import usecases as orders
from services.market.selling.orders.model import OrderTerms
from services.market.selling.orders.store import OrderStore
from services.market.service import Service
from tests.delivering import deliver
from tests.integration.market.simulator import SECRET, Receiver, Simulator

VILLAGE = "510183103204"
SELLER, BUYER, OTHER = (CivicActor(name, "resident", assurance=1) for name in ("seller", "buyer", "other"))
ENDORSER = CivicActor("v1", "official", (Role("village_administrator", VILLAGE),))
RECIPIENT = {"name": "李四", "phone": "13800000013", "address": "成都市锦江区某路 1 号"}
KIWI = {"title": "金果猕猴桃", "description": "黑虎村现摘", "unit": "箱", "price_fen": 6800, "stock": 5}


@dataclass
class Market:
    """The service with its stores; `heard` are the events delivered so far."""

    service: Service
    heard: list[Envelope] = field(default_factory=list)

    def ask(self, actor: CivicActor, door: str, key: str = "", **request):
        """Go through a door as the gateway does; gives the answer or raises the refusal."""
        method = getattr(self.service, door)
        headers = {"nameko.actor": actor.to_wire(), "nameko.idempotency_key": key or uuid.uuid4().hex}
        outcome = RequestHandler(f"market.{door}", method.operation, GUARDS, CivicActor.from_wire).answer(
            method, request, headers, "test"
        )
        if outcome.error:
            raise outcome.error
        return outcome.result

    def refused(self, actor: CivicActor, door: str, **request) -> str:
        """Go through a door that must refuse; gives the code of the refusal."""
        with pytest.raises(DomainError) as refusal:
            self.ask(actor, door, **request)
        return refusal.value.code

    def on_sale(self, **given) -> str:
        """Offer and endorse; gives the listing's id."""
        offered = self.ask(SELLER, "offer_produce", **{**KIWI, **given})
        return self.ask(ENDORSER, "endorse_listing", listing_id=offered["id"])["id"]

    def on_sale_in(self, village: str) -> str:
        """Offer and have it endorsed by the village that a moved one became."""
        offered = self.ask(SELLER, "offer_produce", **KIWI)
        endorser = CivicActor("v2", "official", (Role("village_administrator", village),))
        return self.ask(endorser, "endorse_listing", listing_id=offered["id"])["id"]

    @staticmethod
    def at_now() -> Call:
        """Give a call of the platform itself."""
        return at(timedelta(0))

    def order(
        self, listing_id: str, actor: CivicActor = BUYER, quantity: int = 1, key: str = "", **given
    ) -> dict:
        """Place an order."""
        wanted = {"listing_id": listing_id, "quantity": quantity, "recipient": RECIPIENT, **given}
        return self.ask(actor, "place_order", key, **wanted)

    def pay(self, order: dict) -> dict:
        """Open the payment of the buyer's order."""
        return self.ask(BUYER, "pay_order", order_id=order["id"])

    def payment_of(self, order: dict) -> str:
        """Give the state of the newest payment of the buyer's order."""
        return self.ask(BUYER, "find_payment", order_id=order["id"])["state"]

    def listing(self, listing_id: str):
        """Load a listing."""
        return self.service.listings.get(listing_id)

    def counts(self, listing_id: str) -> tuple[int, int, int]:
        """Give (stock, reserved, sold) of a listing."""
        found = self.listing(listing_id)
        return found.stock, found.reserved, found.sold

    def state(self, order_id: str) -> str:
        """Give the state of an order."""
        return self.service.orders.get(order_id).state

    def sweep_orders(self, later: timedelta = timedelta(0)) -> int:
        """Let the orders' clock act as if so much later."""
        return orders.sweep(self.service.orders, self.service.listings, at(later))

    def sweep_payments(self, later: timedelta = timedelta(0)) -> int:
        """Let the payments' clock act as if so much later."""
        return payments.sweep(self.service.payments, self.service.provider, at(later))

    def sweep_claims(self, later: timedelta = timedelta(0)) -> int:
        """Let the claims' clock act as if so much later."""
        return claims.sweep(self.service.claims, self.service.claim_terms, at(later))

    def paid(self, **given) -> dict:
        """Place an order of one box that is paid, whatever a provider knows of it; gives the order."""
        order, now = self.order(self.on_sale(), **given), utc_now()
        kept = self.service.orders.get(order["id"])
        payment = Payment(
            f"payment-{kept.id}", kept.region, kept.id, kept.buyer_id, kept.amount_fen, kept.pay_by, now
        )
        said = {"state": "succeeded", "order_id": kept.id, "amount_fen": kept.amount_fen}
        self.service.payments.add(payment, payment.request() + payment.settle(said, now), self.at_now())
        self.deliver()
        return order

    def shipped(self, **given) -> dict:
        """Have an order paid and shipped; gives it."""
        order = self.paid(**given)
        self.ask(SELLER, "ship_order", order_id=order["id"], way="own_delivery")
        self.deliver()
        return order

    def deliver(self, copies: int = 1) -> list[str]:
        """Deliver all events, each so many times, to every listener until there are none; gives their names."""
        names = []
        for _ in range(20):
            found = [one for store in self._stores() for one in _take_outbox(store.documents)]
            if not found:
                return names
            for event in found * copies:
                self._hear(event)
            names += [event.name.removeprefix("market.") for event in found]
            self.heard += found
        raise AssertionError("events go on and on")

    def _stores(self):
        service = self.service
        return service.listings, service.orders, service.payments, service.claims, service.conversations

    def _hear(self, event: Envelope) -> None:
        for _, method in inspect.getmembers(self.service, inspect.ismethod):
            if event.name in getattr(getattr(method, "hears", None), "names", ()):
                deliver(method, event)


def at(later: timedelta) -> Call:
    return Call({}, SYSTEM, now=utc_now() + later)


def _take_outbox(collection) -> list[Envelope]:
    """Take every event that waits, each document at once, so that none written meanwhile gets lost."""
    taken = []
    while found := collection.find_one_and_update(
        {"pending_since": {"$exists": True}}, {"$set": {"outbox": []}, "$unset": {"pending_since": ""}}
    ):
        taken += [Envelope.from_document(one) for one in found["outbox"]]
    return taken


@pytest.fixture
def market(database) -> Market:
    service = Service()
    service.people, service.listings = People(database), ListingStore(database)
    service.orders, service.payments = OrderStore(database), PaymentStore(database)
    service.discrepancies = DiscrepancyStore(database)
    service.order_terms = OrderTerms(most_unpaid=100)  # in most of these tests one buyer stands for many
    service.claims, service.claim_terms = ClaimStore(database), ClaimTerms()
    service.conversations, service.conversation_terms = ConversationStore(database), ConversationTerms()
    service.account_closures, service.moves = Service.account_closures.make(database), CodeCrosswalk(database)
    service.following, service.followed = Service.following.make(database), Service.followed.make(database)
    service.held_of_a_person = Service.held_of_a_person.make(database)
    service.portions = Service.portions.make(database)
    service.files, service.file_pieces = Service.files.make(database), StoredPieces(database)
    service.received_files = Service.received_files.make(database)
    kept = (service.listings, service.orders, service.payments, service.claims, service.conversations)
    for store in (*kept, service.account_closures, service.discrepancies, service.files):
        store.create_indexes()
    for person in (SELLER, BUYER, OTHER):
        service.people.learn(person.id, 2, {"region": VILLAGE, "certified": person is SELLER})
    return Market(service)


@pytest.fixture
def age(market):
    """Make an order older, so that its deadlines have passed for the database's clock too."""

    def older(order_id: str, by: timedelta):
        found = market.service.orders.get(order_id)
        changed = {name: getattr(found, name) - by for name in ("created_at", "due") if getattr(found, name)}
        market.service.orders.documents.update_one({"_id": order_id}, {"$set": changed})
        return replace(found, **changed)

    return older


@pytest.fixture
def plans(database):
    """Give the plan of every find that a block really ran on a collection, as the server's profiler saw it."""

    @contextmanager
    def watch(collection: str):
        seen: list[dict] = []
        database.command("profile", 2)
        try:
            yield seen
        finally:
            database.command("profile", 0)
        wanted = {"op": "query", "ns": f"{database.name}.{collection}"}
        for one in database["system.profile"].find(wanted):
            stages = list(_stages(one.get("execStats", {})))
            assert "COLLSCAN" not in stages and "SORT" not in stages, stages
            seen.append({"stages": stages, "examined": one["docsExamined"]})
        database["system.profile"].drop()

    return watch


def _stages(plan: dict):
    yield plan.get("stage", "COLLSCAN")
    for below in [plan.get("inputStage"), *plan.get("inputStages", ())]:
        if below:
            yield from _stages(below)


@pytest.fixture(scope="module")
def simulator():
    started = Simulator()
    yield started
    assert started.end() == 0


@pytest.fixture
def receiver(market, simulator):
    simulator.behave()
    listening = Receiver(market.ask)
    market.service.provider = PaymentProvider(simulator.url, SECRET, listening.url)
    yield listening
    listening.end()


@pytest.fixture
def order(market, receiver):
    """An order of the last box, placed and not paid."""
    return market.order(market.on_sale(stock=1))
