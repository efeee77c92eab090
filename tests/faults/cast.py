"""Casting: the accounts that the writers use, made through the platform before anything breaks."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

from deploy.local.story.identity import COUNTY, PASSWORD, VILLAGE
from deploy.local.story.person import new_resident
from services.identity.officials.staff.appoint import appoint
from tests.county.takes_applications import takes_applications
from tests.e2e.platform import Platform
from tests.faults.ledger import Ledger, Written, stored_key
from tests.faults.lines import Line
from tests.faults.writers import Cast

KEEPING_COPIES = ("affairs", "market")


class Casting:
    """Makes the cast of every writer; the residents' registrations are acknowledged writes like any other."""

    def __init__(self, platform: Platform, ledger: Ledger, over: threading.Event):
        self.platform, self.ledger, self.over = platform, ledger, over
        login = f"chief-{uuid.uuid4().hex[:8]}"
        account = appoint(platform.settings, login, "county_administrator", COUNTY)
        self.chief = platform.person("county").sign_in(login, PASSWORD, first=account["password"])
        self.village = self._official("village_administrator", VILLAGE)
        self.clerk = self._official("clerk", COUNTY)
        anybody = platform.person()
        self.matters = [
            one["id"] for one in anybody.get("/matters", limit=20)["items"] if takes_applications(one)
        ]
        self.category = anybody.get("/complaint-categories/search", text="村务")["items"][0]["id"]

    def casts(self, number: int) -> list[Cast]:
        """Give the casts of so many writers, every resident certified and known wherever they act."""
        with ThreadPoolExecutor(4) as several:
            found = list(several.map(lambda _: self._cast(), range(number)))
        for cast in found:
            for line in (cast.seller, cast.buyer):
                self.platform.wait_for(lambda line=line: self._is_known(line.id), 60)
        return found

    def _cast(self) -> Cast:
        return Cast(
            seller=self._resident(),
            buyer=self._resident(),
            village=self._line(*self.village).sign_in(),
            clerk=self._line(*self.clerk).sign_in(),
            nobody=self._line(),
            matters=self.matters,
            category=self.category,
        )

    def _line(self, login: str = "", password: str = "") -> Line:
        return Line(self.platform.base, self.ledger, self.over, login, password)

    def _resident(self) -> Line:
        entered = new_resident(VILLAGE)
        village = self._line(*self.village).sign_in()
        status, made, key = self._line().write("POST", "/residents", entered)
        if status == 409:
            return self._resident()
        stored = stored_key("anonymous", "anonymous", "identity.register_resident", key)
        told = Written("identity", "residents", made["id"], stored, "identity.resident.registered")
        self.ledger.keep(told, {"state": made["state"]})
        _, answer, key = village.write("POST", f"/residents/{made['id']}/certification")
        stored = stored_key(village.id, "official", "identity.certify_resident", key)
        told = Written("identity", "residents", made["id"], stored, "identity.resident.certified")
        self.ledger.keep(told, {"state": answer["state"]})
        return self._line(entered["phone"], entered["password"]).sign_in()

    def _official(self, role: str, region: str) -> tuple[str, str]:
        login = f"o-{uuid.uuid4().hex[:12]}"
        body = {"name": "测试", "login": login, "role": role, "region": region}
        given = self.chief.post("/officials", body, expect=201)
        self.platform.person(role).sign_in(login, PASSWORD, first=given["one_time_password"])
        return login, PASSWORD

    def _is_known(self, resident_id: str) -> bool:
        return all(
            (self.platform.database(service).people.find_one({"_id": resident_id}) or {}).get("certified")
            for service in KEEPING_COPIES
        )
