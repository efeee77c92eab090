"""A county's register and residents on a database of their own, through identity's real doors."""

import base64
import hashlib
import uuid
from datetime import datetime, timedelta
from types import SimpleNamespace

from services.chassis.core.actor import Role
from services.chassis.core.calls import Call, utc_now
from services.chassis.rpc.answering import RequestHandler
from services.civic.actor import SYSTEM, CivicActor
from services.civic.editions.code_crosswalk import CodeCrosswalk
from services.civic.guards import GUARDS
from services.civic.id_numbers import check_digit
from services.identity.notices.notifications.store import NoticeStore
from services.identity.people.matches import usecases
from services.identity.people.matches.provider import RegisterProvider
from services.identity.people.matches.store import MatchStore
from services.identity.people.register.lines import Hashes
from services.identity.people.register.store import (
    Entries,
    FilePieces,
    ImportStore,
    RegisterRefusals,
    RegisterStore,
)
from services.identity.people.residents.model import Resident
from services.identity.people.residents.store import ResidentStore
from services.identity.service import Service
from services.identity.wiring.local_register import LocalRegister

COUNTY, VILLAGE, NEXT_DOOR = "510183", "510183103204", "510183103203"
CHIEF = CivicActor("chief", "official", (Role("county_administrator", COUNTY),))
VILLAGER = CivicActor("v1", "official", (Role("village_administrator", VILLAGE),))
HEADER = "姓名,身份证号,村代码\n"


class Villages:
    """Two villages."""

    def known(self, codes: set[str], edition: str = "") -> set[str]:
        return codes & {VILLAGE, NEXT_DOOR}


class Keys:
    """Hashes that can be recognised; the service's own are keyed."""

    def of_id_number(self, number: str) -> str:
        return hashlib.sha256(f"id {number}".encode()).hexdigest()

    def of_name(self, name: str) -> str:
        return hashlib.sha256(f"name {name}".encode()).hexdigest()


class Scene:
    """Doors of the register and of matching."""

    def __init__(self, database):
        self.database, self.service, keys = database, Service(), Keys()
        stores = {
            "register_imports": ImportStore, "registers": RegisterStore, "register_entries": Entries,
            "register_refusals": RegisterRefusals, "matches": MatchStore, "residents": ResidentStore,
            "notices": NoticeStore, "register_pieces": FilePieces,
        }  # fmt: skip
        for name, store in stores.items():
            made = store(database)
            setattr(self.service, name, made)
            if hasattr(made, "create_indexes"):
                made.create_indexes()
        self.service.keys, self.service.villages, self.service.moves = (
            keys,
            Villages(),
            CodeCrosswalk(database),
        )
        self.service.divisions = SimpleNamespace(edition_of=lambda county: "2019")
        self.service.keys, self.service.villages = keys, Villages()
        self.service.register_provider = RegisterProvider("", "")
        self.hashes = Hashes(keys.of_id_number, keys.of_name)
        self.passed = timedelta()

    @property
    def register(self) -> LocalRegister:
        return self.service.local_register

    def ask(self, actor: CivicActor, door: str, key: str | None = None, **request):
        """Give a door's result; raises the refusal."""
        method = getattr(self.service, door)
        headers = {"nameko.actor": actor.to_wire(), "nameko.idempotency_key": key or str(uuid.uuid4())}
        outcome = RequestHandler(f"identity.{door}", method.operation, GUARDS, CivicActor.from_wire).answer(
            method, request, headers, ""
        )
        if outcome.error:
            raise outcome.error
        return outcome.result

    def open(self, raw: bytes, actor: CivicActor = CHIEF) -> dict:
        """Open the import of a file."""
        return self.ask(
            actor, "open_register_import", file_hash=hashlib.sha256(raw).hexdigest(), size=len(raw)
        )

    def part(
        self, import_id: str, offset: int, raw: bytes, actor: CivicActor = CHIEF, key: str | None = None
    ) -> dict:
        """Send a part."""
        body = base64.b64encode(raw).decode()
        return self.ask(actor, "add_register_part", key, import_id=import_id, offset=offset, body=body)

    def bring(self, text: str | bytes) -> str:
        """Import a whole file in one part and bring it into use; gives the import's id."""
        raw = text if isinstance(text, bytes) else text.encode()
        id = self.open(raw)["id"]
        self.part(id, 0, raw)
        self.ask(CHIEF, "complete_register_import", import_id=id)
        return id

    def resident(self, serial: int, name: str = "王秀英", state: str = "certified") -> CivicActor:
        """Make somebody of the village; gives them as a caller."""
        one = Resident(
            f"r{serial}", VILLAGE, name, self.hashes.of_id_number(number(serial)), "m", f"138{serial:08d}", "h",
            utc_now(), state=state, assurance=int(state == "certified"), edition="2019",
        )  # fmt: skip
        self.service.residents.add(one, [], Call({}))
        return CivicActor(one.id, "resident", assurance=one.assurance)

    def match(self, who: CivicActor, serial: int, by: CivicActor | None = None, **more) -> dict:
        """Have somebody compared."""
        return self.ask(by or who, "ask_match", resident_id=who.id, id_number=number(serial), **more)

    def now(self) -> datetime:
        """Give the clock's time."""
        return utc_now() + self.passed

    def sweep(self, **passed) -> int:
        """Let time pass for the clock, and let it ask the provider about what is due; gives how often it did."""
        self.passed += timedelta(**passed)
        one = self.service
        return usecases.ask_what_is_due(
            one.matches, one.residents, one.register_provider, one.tell_of_match,
            lambda: Call({}, SYSTEM, now=self.now()), most=20,
        )  # fmt: skip

    def inbox(self, who: CivicActor) -> list[str]:
        """Give the sentences that somebody was told, in order."""
        found = self.database.notices.find({"person": who.id}).sort("created_at", 1)
        return [one["text"] for one in found]

    def level(self, who: CivicActor) -> int:
        """Give somebody's level as it is stored."""
        return self.service.residents.get(who.id).assurance


def number(serial: int) -> str:
    """Give a valid ID number."""
    first = f"51018319480101{serial:03d}"
    return first + check_digit(first)


def line(serial: int, name: str = "王秀英", village: str = VILLAGE) -> str:
    """Give one line of the file."""
    return f"{name},{number(serial)},{village}\n"
