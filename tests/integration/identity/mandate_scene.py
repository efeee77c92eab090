"""Mandates through the real doors on a database of its own: an elder, neighbours, and two villages."""

import inspect
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest

from services.chassis.core.actor import Role
from services.chassis.core.calls import Call, utc_now, write_call
from services.chassis.core.errors import DomainError
from services.chassis.events.event import Envelope
from services.chassis.rpc.answering import RequestHandler
from services.civic.actor import SYSTEM, CivicActor
from services.civic.capability import store_of
from services.civic.files.receiving import ReceivedFiles
from services.civic.files.store import FileStore
from services.civic.guards import GUARDS
from services.identity.notices.notifications.store import NoticeStore
from services.identity.notices.notifications.usecases import InboxOnly
from services.identity.people.mandates import usecases
from services.identity.people.mandates.limits import MandateLimits
from services.identity.people.mandates.store import ActStore, MandateStore, Papers
from services.identity.people.residents.model import Resident
from services.identity.people.residents.store import ResidentStore
from services.identity.privacy.unmaskings.store import UnmaskingStore
from services.identity.service import Service
from tests.delivering import deliver
from tests.photos import in_base64, photo

VILLAGE, NEXT_DOOR = "510183103204", "510183103203"
PHOTO = in_base64(photo())
MOST_WARDS = 2


def resident(id: str) -> CivicActor:
    return CivicActor(id, "resident", assurance=1)


def official(role: str, region: str) -> CivicActor:
    return CivicActor(f"{role}-{region}", "official", (Role(role, region),))


class Scene:
    """Identity's mandates with their stores; everybody named here is certified by 黑虎村."""

    PEOPLE = ("elder", "helper", "witness", "other", *(f"ward{n}" for n in range(8)))
    village = official("village_administrator", VILLAGE)
    next_door = official("village_administrator", NEXT_DOOR)

    def __init__(self, database):
        self.service = Service()
        self.service.residents, self.service.mandates = ResidentStore(database), MandateStore(database)
        self.service.papers, self.service.acts = Papers(database), ActStore(database)
        self.service.disclosures = UnmaskingStore(database)
        self.service.received_files = ReceivedFiles.of(store_of("identity", FileStore))(database)
        self.service.notices = NoticeStore(database)
        self.service.mandate_limits = MandateLimits(12, MOST_WARDS)
        self.service.reach = InboxOnly()
        for store in (self.service.residents, self.service.mandates, self.service.acts, self.service.notices):
            store.create_indexes()
        for name in self.PEOPLE:
            self.settle(name, "certified")
        self.settle("newcomer", "pending")

    def settle(self, name: str, state: str) -> None:
        """Write somebody of 黑虎村 down, certified or not."""
        one = Resident(
            name, VILLAGE, "王秀英", f"hash {name}", "5101", f"phone {name}", "", utc_now(), state=state
        )
        self.service.residents.add(one, [], write_call("settle", {}, SYSTEM, name))

    def ask(self, actor: CivicActor, door: str, key: str = "", **request) -> dict:
        """Go through a door as the gateway does; gives the answer or raises the refusal."""
        method = getattr(self.service, door)
        headers = {"nameko.actor": actor.to_wire(), "nameko.idempotency_key": key or uuid.uuid4().hex}
        outcome = RequestHandler(f"identity.{door}", method.operation, GUARDS, CivicActor.from_wire).answer(
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

    def offered(self, ward: str = "elder", helper: str = "helper", **terms) -> str:
        """Let a ward name a helper; gives the mandate's id."""
        asked = {"helper_id": helper, "matters": ["all"], "months": 6, **terms}
        return self.ask(resident(ward), "offer_mandate", **asked)["id"]

    def active(self, ward: str = "elder", helper: str = "helper", **terms) -> str:
        """Let a ward name a helper who accepts."""
        id = self.offered(ward, helper, **terms)
        return self.ask(resident(helper), "accept_mandate", mandate_id=id)["id"]

    def may(self, id: str, scope: str = "affairs", helper: str = "helper") -> str:
        """Ask whether the helper may act; gives for whom, or the code of the refusal."""
        try:
            return self.ask(resident(helper), "mandate_authority", mandate_id=id, scope=scope)["ward_id"]
        except DomainError as refusal:
            return refusal.code

    def becomes(self, name: str, told: str, copies: int = 2, **changes) -> None:
        """Let somebody's entry become another one, and mandates hear of it so many times."""
        self.changed(name, **changes)
        self.hear_of(name, told, copies)

    def changed(self, name: str, **changes) -> None:
        """Change somebody's entry; what it tells is still on its way."""
        one = self.service.residents.get(name)
        for field, value in changes.items():
            setattr(one, field, value)
        self.service.residents.save(one, [], write_call("change", {}, SYSTEM, uuid.uuid4().hex))

    def hear_of(self, name: str, told: str, copies: int = 2) -> None:
        """Deliver what is told of somebody's entry to the mandates."""
        one = self.service.residents.get(name)
        data = {"resident_id": name, "state": one.state, "edition": one.edition}
        event = Envelope(
            uuid.uuid4().hex, f"xiangzhi.identity.resident.{told}.v1", "/xiangzhi/identity", name, utc_now(),
            one.region, one.version, data, one.edition, "", "",
        )  # fmt: skip
        self.hear(event, copies, ("mandates",))

    def sweep(self, later: timedelta) -> None:
        """Let the clock act as if so much later."""
        usecases.expire(self.service.mandates, replace(Call({}, SYSTEM), now=utc_now() + later))

    def hear(
        self, event: Envelope, copies: int = 1, queues: tuple[str, ...] = ("mandate_acts", "notifications")
    ) -> None:
        """Deliver an event so many times to every listener of identity's mandates and notices."""
        for _, method in inspect.getmembers(self.service, inspect.ismethod):
            heard = getattr(method, "hears", None)
            if heard and event.name in heard.names and heard.queue in queues:
                for _ in range(copies):
                    deliver(method, event)

    def told(self, id: str) -> list[Envelope]:
        """Give the events of a mandate."""
        return [Envelope.from_document(e) for e in self.service.mandates.documents.find_one(id)["outbox"]]

    def notices(self, person: str) -> list[dict]:
        """Give a person's notices."""
        return self.ask(resident(person), "list_notices")["items"]
