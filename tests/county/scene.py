"""Where made-up lives happen: one service's stores each, on drawers, and the calls of those who act."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from random import Random
from types import SimpleNamespace

from services.affairs.matters.applications.store import ApplicationStore
from services.affairs.matters.catalogue.model import Matter
from services.chassis.core.calls import Call, write_call
from services.chassis.core.secrets import keyed_hash
from services.chassis.storage.database import connect
from services.chassis.storage.field_encryption import Vault
from services.civic.actor import CivicActor
from services.civic.people import People
from services.civic.settings import CivicSettings
from services.identity.access.keys import Keys
from services.identity.access.sessions.store import SessionStore
from services.identity.notices.notifications.store import NoticeStore
from services.identity.officials.staff.store import OfficialStore
from services.identity.people.residents.store import ResidentStore
from services.integrity.civic.store import CertifiedPeople
from services.integrity.reports.cases.store import ReportStore
from services.integrity.reports.receipts.store import Receipts
from services.market.paying.payments.store import PaymentStore
from services.market.selling.listings.store import ListingStore
from services.market.selling.orders.store import OrderStore
from tests.county.drawers import Drawers

SERVICES = ("identity", "affairs", "market", "integrity")


@dataclass(frozen=True)
class County:
    """What all lives of one county share; `leaves` are (id, full name) of categories."""

    villages: tuple[str, ...]
    matters: tuple[Matter, ...]
    leaves: tuple[tuple[str, str], ...]
    password_hash: str
    settings: CivicSettings
    now: datetime
    seed: int

    @property
    def key(self) -> bytes:
        """Give the key of the hashes by which persons are recognised."""
        return self.settings.identity_hash_key

    def post(self, role: str, region: str) -> str:
        """Give the key under which the official with a role in a region was appointed."""
        return keyed_hash(self.key, "official", role, region)[:32]

    def official(self, role: str, region: str) -> str:
        """Give the id of the official with a role in a region."""
        return Call({}, key=self.post(role, region)).new_id("official")


class Scene:
    """The stores of all services on drawers, a source of chance, and who calls."""

    def __init__(self, county: County, chunk: int):
        self.county, self.chance = county, Random(f"{county.seed}:{chunk}")
        self.drawers = {service: Drawers(_vault(county.settings, service)) for service in SERVICES}
        identity, affairs, market, integrity = self.drawers.values()
        self.residents, self.sessions = ResidentStore(identity), SessionStore(identity)
        self.notices, self.officials = NoticeStore(identity), OfficialStore(identity)
        self.keys = Keys(county.key)
        self.applications = ApplicationStore(affairs)
        self.listings, self.orders = ListingStore(market), OrderStore(market)
        self.payments = PaymentStore(market)
        self.reports, self.receipts = ReportStore(integrity), Receipts(integrity, county.settings.receipt_key)
        self.copies = (People(affairs), People(market), CertifiedPeople(integrity))

    def call(
        self, door: str, data: dict, actor: CivicActor, now: datetime, answer: type | None = None
    ) -> Call:
        """Make a writing call as a door makes it, at a time of the past; `answer` is the door's shape of it."""
        key = f"{self.chance.getrandbits(128):032x}"
        made = write_call(door, data, actor, key, answer and _shape(answer).dump)
        return replace(made, now=now)

    def later(self, moment: datetime, days: float = 3.0) -> datetime:
        """Give a moment up to so many days later, and never one to come."""
        found = moment + timedelta(seconds=self.chance.uniform(60, days * 86_400))
        return min(found, self.county.now).replace(microsecond=0)

    def some(self, items, count: int) -> list:
        """Give so many of the items, by chance; some more than once where there are too few."""
        items = list(items)
        return (
            self.chance.sample(items, count) if count <= len(items) else self.chance.choices(items, k=count)
        )


@cache
def _vault(settings: CivicSettings, service: str) -> Vault:
    """Give the vault of a service's real database: one for each process, for all chunks."""
    return connect(settings, service).vault


@cache
def _shape(answer: type):
    return answer()


def standing_in(**methods) -> SimpleNamespace:
    """Give something that a use case takes for another part of the service."""
    return SimpleNamespace(**methods)
