"""Somebody whose name, number, phone, address and words stand wherever the platform keeps something of a person."""

import random
import secrets
from dataclasses import dataclass, field

from deploy.local.story.identity import VILLAGE
from deploy.local.story.market import OFFER
from deploy.local.story.person import Person, new_resident
from tests.e2e.platform import Platform
from tests.e2e.test_departments import granted

SERVICES = ("affairs", "market", "integrity")
FIELDS = [f"identity.resident.certified:{name}" for name in ("resident_name", "resident_phone")]


@dataclass
class Planted:
    """She, her neighbour, and the officials of her village; every text that is written about her holds `mark`."""

    platform: Platform
    staff: dict[str, Person]
    endpoint: str
    mark: str = field(default_factory=lambda: f"留痕{secrets.token_hex(8)}")
    entered: dict = field(default_factory=dict)

    def __post_init__(self) -> None:
        name = "欧阳" + "".join(chr(random.randrange(0x5000, 0x5F00)) for _ in range(2))
        self.entered = {**new_resident(VILLAGE), "name": name}
        self.neighbour = self._villager(new_resident(VILLAGE))
        self._departments()
        self.her = self._villager(self.entered)

    @property
    def words(self) -> list[str]:
        """What is looked for afterwards."""
        return [self.mark, *(self.entered[name] for name in ("name", "id_number", "phone", "password"))]

    @property
    def contact(self) -> dict:
        """Her name, her phone, and where she wants something sent."""
        address = f"四川省成都市{self.mark}路 8 号"
        return {"name": self.entered["name"], "phone": self.entered["phone"], "address": address}

    def everywhere(self) -> None:
        """Do one of everything that keeps something of her, and finish what would hinder her to leave."""
        self._asks_and_is_looked_at()
        self._applies()
        self._sells_and_buys()
        self._lives_in_a_household_and_leaves_it()
        self._is_a_party_member()
        self._gives_a_mandate()
        self._takes_her_data_home()

    def _villager(self, entered: dict) -> Person:
        person = self.platform.person("resident")
        person.post("/residents", entered, expect=201)
        person.sign_in(entered["phone"], entered["password"])
        self.staff["village"].post(f"/residents/{person.id}/certification")
        self.platform.wait_for(lambda: all(self._knows(service, person) for service in SERVICES))
        return person

    def _knows(self, service: str, person: Person) -> bool:
        found = self.platform.database(service).people.find_one({"_id": person.id})
        return bool(found and found["certified"])

    def _departments(self) -> None:
        """A stream, a webhook whose endpoint answers with the name that it was sent, and a pull; all granted name and phone."""
        told = {"grant": {"personal_fields": FIELDS}, "personal_fields": FIELDS}
        self.stream = granted(self.platform, self.staff, **told)
        self.webhook = granted(
            self.platform, self.staff, **told, delivery="webhook", webhook_url=self.endpoint
        )
        self.pull = granted(self.platform, self.staff, **told, delivery="pull")

    def _asks_and_is_looked_at(self) -> None:
        village, one = self.staff["village"], f"/residents/{self.her.id}"
        self.her.post(f"{one}/move", {"to": "510183103203", "reason": f"搬家 {self.mark}"})
        self.her.post(f"{one}/move/cancellation")
        self.her.post(f"{one}/correction", {"what": "name", "value": self.entered["name"] + "甲"})
        look = {"purpose": "home_visit", "reason": f"走访{self.entered['name']} {self.mark}"}
        village.post(f"{one}/disclosures", look, expect=201)
        village.post(f"{one}/correction/refusal", {"reason": f"不予更正 {self.mark}"})

    def _applies(self) -> None:
        first, second = self.her.get("/matters", limit=100)["items"][-2:]
        decided, withdrawn = (self._applied(matter) for matter in (first, second))
        self.staff["clerk"].post(f"/applications/{decided}/acceptance")
        self.staff["clerk"].post(f"/applications/{decided}/decision", {"outcome": "granted"})
        self.her.post(f"/applications/{withdrawn}/withdrawal")
        self.decided = decided

    def _applied(self, matter: dict) -> str:
        given = [{"name": "户口簿", "note": f"{self.entered['id_number']} {self.mark}"}]
        body = {"matter_id": matter["id"], "name": self.entered["name"], "phone": self.entered["phone"]}
        return self.her.post("/applications", {**body, "materials": given}, expect=201)["id"]

    def _sells_and_buys(self) -> None:
        told = f"{self.entered['name']}家自产 {self.mark}"
        self.her.post("/listings", {**OFFER, "title": "无此猕猴桃", "description": told}, expect=201)
        offered = self.neighbour.post("/listings", {**OFFER, "stock": 3}, expect=201)["id"]
        self.staff["village"].post(f"/listings/{offered}/endorsement")
        asked = {"listing_id": offered, "quantity": 1, "recipient": self.contact}
        order = f"/orders/{self.her.post('/orders', asked, expect=201)['id']}"
        self.her.post(f"{order}/payment", expect=201)
        self.platform.wait_for(lambda: self.her.get(order)["state"] == "paid", 60)
        self.her.post(f"{order}/messages", {"text": f"请送到村口 {self.mark}"}, expect=201)
        self.neighbour.post(f"{order}/shipment", {"way": "own_delivery"})
        self.her.post(f"{order}/receipt")
        claim = {"amount_fen": 100, "reason": f"坏果 {self.mark}"}
        made = f"/claims/{self.her.post(f'{order}/claims', claim, expect=201)['id']}"
        self.her.post(f"{made}/withdrawal")

    def _lives_in_a_household_and_leaves_it(self) -> None:
        village, away = self.staff["village"], {"destination": f"东莞 {self.mark}", "since": "2024-02-18"}
        members = [
            {"resident_id": self.neighbour.id, "relation": "head"},
            {"resident_id": self.her.id, "relation": "spouse", "away": away},
        ]
        made = f"/households/{village.post('/households', {'members': members}, expect=201)['id']}"
        member = f"{made}/members/{self.her.id}"
        village.ask("PATCH", member, {"disability_grade": 2}, 200)
        asked = {"kind": "remove", "resident_id": self.her.id, "note": f"已离异 {self.mark}"}
        ask = self.neighbour.post("/households/mine/asks", asked, expect=201)["asks"][0]["id"]
        village.post(f"{made}/asks/{ask}/refusal", {"reason": f"请提供证明 {self.mark}"})
        village.post(f"{member}/removal")

    def _is_a_party_member(self) -> None:
        village, name = self.staff["village"], f"第{secrets.token_hex(4)}党支部"
        unit = village.post("/party/units", {"name": name, "region": VILLAGE}, expect=201)["id"]
        village.post(f"/party/units/{unit}/members", {"resident_id": self.her.id}, expect=201)
        village.post(f"/party/members/{self.her.id}/floating", {"floating_to": f"东莞 {self.mark}"})

    def _gives_a_mandate(self) -> None:
        asked = {"helper_id": self.neighbour.id, "matters": ["all"], "orders": True, "months": 6}
        mandate = f"/mandates/{self.her.post('/mandates', asked, expect=201)['id']}"
        self.neighbour.post(f"{mandate}/acceptance")
        self.her.post(f"{mandate}/ending", {"reason": f"不再需要 {self.mark}"})

    def _takes_her_data_home(self) -> None:
        asked = self.her.post("/exports", expect=201)["id"]
        self.platform.wait_for(lambda: self.her.get(f"/exports/{asked}")["state"] == "ready", 60)
        self.her.get(f"/exports/{asked}/copy")
        self.pull.get("/events", limit=500)
