"""People of 黑虎村 who use the platform over HTTP, whichever version answers, and what each of them reads."""

import json
import secrets
import uuid

from deploy.local.story.identity import COUNTY, PASSWORD, VILLAGE
from deploy.local.story.person import Person, new_resident
from tests.upgrade.versions import TwoVersions

OFFICES = {
    "village": ("village_administrator", VILLAGE),
    "data": ("data_officer", COUNTY),
}
SUBSCRIPTION = {
    "name": "邛崃市统计局",
    "contact": "数据科",
    "purpose": "统计乡村治理情况",
    "legal_ground": "《中华人民共和国统计法》",
    "events": ["identity.resident.*", "market.*.*"],
    "personal_fields": ["identity.resident.certified:resident_name"],
    "region": COUNTY,
    "delivery": "pull",
}
LOOK = {"purpose": "home_visit", "reason": "上门核实居住情况"}
OFFER = {"title": "金果猕猴桃", "description": "当季采摘。", "unit": "箱", "price_fen": 6800, "stock": 9}
TO = {"name": "张三", "phone": "13800000000", "address": "四川省成都市收发室 8 号"}


class Village:
    """A resident who has done something of every kind, and who dealt with her; `entered` is what she registered with."""

    def __init__(self, platform: TwoVersions):
        self.platform = platform
        self.staff = self._appointed()
        self.department = self._subscribed()
        self.nobody = platform.person("nobody")
        self.buyer, _ = self.registered()
        self.her, self.entered = self.registered(at_least_years=80)
        self.certify(self.her)
        self.staff["village"].post(f"/residents/{self.her.id}/disclosures", LOOK, expect=201)
        self.application = self._applied()
        self.listing = self.offered()
        self.order = self._ordered()
        self.receipt = self._reported()

    def reads(self) -> dict[str, object]:
        """Give what everybody reads, by what it is."""
        her = self.her
        return {
            "her entry": her.get(f"/residents/{her.id}"),
            "her application": her.get(f"/applications/{self.application}"),
            "her applications": her.get("/applications/mine")["items"],
            "who looked at her data": her.get("/disclosures/mine")["items"],
            "her listings": her.get("/listings/mine")["items"],
            "the listing": self.nobody.get(f"/listings/{self.listing}"),
            "the order": self.buyer.get(f"/orders/{self.order}"),
            "the report": self.nobody.ask(
                "POST", "/reports/by-receipt", {"receipt": self.receipt}, expect=200
            ),
            "the village's register": self.staff["village"].get("/residents", limit=100)["items"],
            "what the department pulls": self.pulled(),
        }

    def registered(self, at_least_years: int = 20) -> tuple[Person, dict]:
        """Let somebody register and sign in."""
        person, entered = self.platform.person("resident"), new_resident(VILLAGE, at_least_years)
        # each version has a notice of its own
        entered["notice_version"] = person.get("/privacy/notice")["newest"]
        person.post("/residents", entered, expect=201)
        return person.sign_in(entered["phone"], entered["password"]), entered

    def certify(self, person: Person) -> None:
        """Let the village certify somebody, and the department pull it."""
        self.staff["village"].post(f"/residents/{person.id}/certification")
        self.platform.wait_for(lambda: (person.id, "certified") in self.told())

    def offered(self) -> str:
        """Let her offer something, with her village's endorsement."""
        listing = self.platform.wait_for(lambda: self._answered(self.her, "/listings", OFFER))
        self.staff["village"].post(f"/listings/{listing}/endorsement")
        return listing

    def told(self) -> set[tuple[str, str]]:
        """Give of whom or what the department was told, and that it was so."""
        return {(one["subject"], one["type"].split(".")[3]) for one in self.pulled()}

    def pulled(self) -> list[dict]:
        """Let the department pull everything from the beginning."""
        found, after = [], {}
        while page := (answer := self.department.get("/events", limit=500, **after))["items"]:
            found, after = found + page, {"after": answer["next"]}
        return found

    def _appointed(self) -> dict[str, Person]:
        login = f"chief-{uuid.uuid4().hex[:8]}"
        told = self.platform.run("python", "-m", "services.identity.staff.appoint", "--login", login)
        first = json.loads(told.splitlines()[-1])["password"]
        chief = self.platform.person("county").sign_in(login, PASSWORD, first=first)
        found = {}
        for what, (role, region) in OFFICES.items():
            body = {"name": "测试", "login": f"t-{uuid.uuid4().hex[:12]}", "role": role, "region": region}
            given = chief.post("/officials", body, expect=201)["one_time_password"]
            found[what] = self.platform.person(what).sign_in(body["login"], PASSWORD, first=given)
        return found

    def _subscribed(self) -> Person:
        department = self.platform.person("department")
        given = department.post("/departments", SUBSCRIPTION, expect=201)
        department.sign_in(given["login"], given["key"])
        fields = {"personal_fields": SUBSCRIPTION["personal_fields"]}
        self.staff["data"].post(f"/departments/{department.id}/grant", fields)
        self.platform.wait_for(lambda: department.get("/departments/own")["state"] == "connected")
        return department

    def _applied(self) -> str:
        matter = self.her.get("/matters", text="高龄津贴")["items"][0]
        asked = {"matter_id": matter["id"], "name": self.entered["name"], "phone": self.entered["phone"]}
        asked["materials"] = [{"name": one["name"]} for one in matter["materials"]]
        return self.platform.wait_for(lambda: self._answered(self.her, "/applications", asked))

    def _ordered(self) -> str:
        asked = {"listing_id": self.listing, "quantity": 1, "recipient": TO}
        return self.platform.wait_for(lambda: self._answered(self.buyer, "/orders", asked))

    def _reported(self) -> str:
        category = self.nobody.get("/complaint-categories/search", text="村务")["items"][0]["id"]
        asked = {
            "region": VILLAGE,
            "category_id": category,
            "accused": "村委会主任",
            "text": "修路的钱款没有公示。",
        }
        return self.nobody.post("/reports", asked, expect=201, key=secrets.token_urlsafe(24))["receipt"]

    @staticmethod
    def _answered(person: Person, path: str, asked: dict) -> str | None:
        """Give the id of what was made, or None while the service has not heard of the person."""
        status, made = person.try_to("POST", path, asked)
        assert status in (201, 403, 404), made
        return made.get("id") if status == 201 else None
