"""The writers: residents and officials who go on writing whatever breaks, each one thing after the other."""

import random
import threading
from dataclasses import dataclass

from deploy.local.story.identity import VILLAGE
from deploy.local.story.person import new_resident
from services.chassis.core.calls import write_call
from services.civic.actor import CivicActor
from tests.faults.ledger import UNNAMED, Ledger, Written, stored_key
from tests.faults.lines import Line

CHANGES_OF_ONE_LISTING = 40
"""A document remembers its last 50 keys: so every write of the run can be looked for by its key."""

STOCK = 100_000
FIRST_PRICE = 1_000
STEPS = {"change_price": 45, "order": 20, "application": 12, "report": 6, "resident": 3}
OFFER = {"title": "金果猕猴桃", "description": "自家果园，当季采摘，5 斤装。", "unit": "箱"}
RECIPIENT = {"name": "某某某", "phone": "13800000000", "address": "四川省成都市收发室 8 号"}
PLACE_ORDER = "market.place_order"


@dataclass
class Cast:
    """Who writes: two certified residents and the officials who decide for them, each on a line of their own."""

    seller: Line
    buyer: Line
    village: Line
    clerk: Line
    nobody: Line
    matters: list[str]
    category: str


class Writer(threading.Thread):
    """One writer: the only one to write to its aggregates, so that their history is known."""

    def __init__(self, number: int, cast: Cast, ledger: Ledger, enough: threading.Event):
        super().__init__(name=f"writer {number}", daemon=True)
        self.cast, self.ledger, self.enough = cast, ledger, enough
        self.chance = random.Random(number)
        self.shelf = self.listing = ""
        self.price = FIRST_PRICE
        self.changes = 0

    def run(self) -> None:
        """Write until there is enough, finishing what was begun."""
        try:
            self.shelf = self._offer(FIRST_PRICE, STOCK)
            self.listing = self._offer(self.price, 100)
            while not self.enough.is_set():
                (step,) = self.chance.choices(list(STEPS), STEPS.values())
                getattr(self, f"_{step}")()
        except Exception as error:
            self.ledger.unfinished.append(f"{self.name}: {type(error).__name__} {error}")

    def _send(
        self, line: Line, what: tuple, body: dict | None, written: tuple, state: tuple = (), also=()
    ) -> dict:
        """Write and keep what was acknowledged; a refusal here is a mistake of the run or of the platform.

        `what` (verb, path, route), `written` (collection, subject or "" for the answer's id, event, mark).
        """
        verb, path, route = what
        status, answer, key = line.write(verb, path, body)
        if status not in (200, 201):
            raise AssertionError(f"{verb} {path} gave {status} {answer}")
        service = route.partition(".")[0]
        collection, subject, event, mark = written
        kind = "official" if line in (self.cast.village, self.cast.clerk) else "resident"
        stored = stored_key(line.id or "anonymous", kind, route, key)
        told = Written(service, collection, subject or answer["id"], stored, event, mark)
        self.ledger.keep(told, {name: answer[name] for name in state}, *also)
        return answer

    def _offer(self, price: int, stock: int) -> str:
        body = {**OFFER, "price_fen": price, "stock": stock}
        offered = ("listings", "", "market.listing.offered", "")
        what = ("POST", "/listings", "market.offer_produce")
        id = self._send(self.cast.seller, what, body, offered, ("state", "price_fen"))["id"]
        what = ("POST", f"/listings/{id}/endorsement", "market.endorse_listing")
        self._send(self.cast.village, what, None, ("listings", id, "market.listing.endorsed", ""), ("state",))
        return id

    def _change_price(self) -> None:
        if self.changes == CHANGES_OF_ONE_LISTING:
            self.listing, self.changes = self._offer(self.price, 100), 0
        self.price, self.changes = self.price + 1, self.changes + 1
        what = ("PATCH", f"/listings/{self.listing}", "market.change_listing")
        changed = ("listings", self.listing, "market.listing.changed", str(self.price))
        self._send(self.cast.seller, what, {"price_fen": self.price}, changed, ("state", "price_fen"))

    def _order(self) -> None:
        buyer = self.cast.buyer
        body = {"listing_id": self.shelf, "quantity": self.chance.randint(1, 3), "recipient": RECIPIENT}
        status, answer, key = buyer.write("POST", "/orders", body)
        id = write_call(PLACE_ORDER, {}, CivicActor(buyer.id, "resident"), key).new_id("order")
        requested = ("market", "market.order.requested", id, "")
        if status != 201:
            self._refused_order(id, status, answer, requested)
            return
        stored = stored_key(buyer.id, "resident", PLACE_ORDER, key)
        placed = Written("market", "orders", answer["id"], stored, "market.order.placed")
        reserved = ("market", "market.listing.reserved", self.shelf, id)
        self.ledger.keep(
            placed, {"state": answer["state"], "quantity": answer["quantity"]}, requested, reserved
        )
        if self.chance.random() < 0.8:
            what = ("POST", f"/orders/{id}/cancellation", "market.cancel_order")
            released = ("market", "market.listing.released", self.shelf, id)
            cancelled = ("orders", id, "market.order.cancelled", "")
            self._send(buyer, what, None, cancelled, ("state",), [released])

    def _refused_order(self, id: str, status: int, answer: dict, requested: tuple) -> None:
        """After a long outage an order may have ended before its boxes were taken: that is an answer too."""
        code = answer.get("code", "")
        if code not in ("order.sold_out", "order.abandoned"):
            raise AssertionError(f"POST /orders gave {status} {answer}")
        self.ledger.note(self.ledger.refused, code)
        self.ledger.expect(requested, ("market", f"market.{code}", id, ""))

    def _application(self) -> None:
        body = {"matter_id": self.chance.choice(self.cast.matters), "name": "某某某", "phone": "13800000000"}
        what = ("POST", "/applications", "affairs.apply_for_matter")
        submitted = ("applications", "", "affairs.application.submitted", "")
        id = self._send(self.cast.seller, what, {**body, "materials": []}, submitted, ("state",))["id"]
        for path, route, event, more in (
            ("acceptance", "accept_application", "accepted", None),
            ("decision", "decide_application", "decided", {"outcome": "granted"}),
        ):
            what = ("POST", f"/applications/{id}/{path}", f"affairs.{route}")
            told = ("applications", id, f"affairs.application.{event}", "")
            self._send(self.cast.clerk, what, more, told, ("state",))

    def _report(self) -> None:
        body = {"region": VILLAGE, "category_id": self.cast.category, "accused": "某主任"}
        received = ("reports", UNNAMED, "integrity.report.received", "")
        what = ("POST", "/reports", "integrity.submit_report")
        self._send(self.cast.nobody, what, {**body, "text": "村里修路的钱款没有公示。"}, received)

    def _resident(self) -> None:
        """Somebody registers and is certified or rejected: what the other services keep copies of."""
        status, answer, key = self.cast.nobody.write("POST", "/residents", new_resident(VILLAGE))
        if status == 409:
            self.ledger.note(self.ledger.refused, answer["code"])  # the made-up person exists already
            return
        if status != 201:
            raise AssertionError(f"POST /residents gave {status} {answer}")
        stored = stored_key("anonymous", "anonymous", "identity.register_resident", key)
        event = "identity.resident.registered"
        told = Written("identity", "residents", answer["id"], stored, event)
        self.ledger.keep(told, {"state": answer["state"]})
        certify = self.chance.random() < 0.7
        path, verb, event = (
            ("certification", "certify", "certified") if certify else ("rejection", "reject", "rejected")
        )
        what = ("POST", f"/residents/{answer['id']}/{path}", f"identity.{verb}_resident")
        told = ("residents", answer["id"], f"identity.resident.{event}", "")
        self._send(
            self.cast.village, what, None if certify else {"reason": "户口不在本村。"}, told, ("state",)
        )
