"""Who asks: officials and residents of one platform, each signed in once, and what they ask about."""

from random import Random

from benchmarks.scale.place import Filled
from deploy.local.story.person import Person
from services.chassis.storage.database import connect
from services.identity.people.residents.store import ResidentStore
from tests.county.officials import COUNTY, login_of
from tests.county.people import PASSWORD

ASKERS = 12
"""Residents of each kind who ask in turns, so that not the same rows are asked for again and again."""
SAMPLE = 400
"""Ids that single reads ask for in turns."""


class Cast:
    """The people of one platform, and ids by what they are ids of."""

    def __init__(self, filled: Filled, seed: int):
        self.filled, self.platform, self.chance = filled, filled.platform, Random(seed)
        self.county = filled.county
        self.village = self.county.villages[len(self.county.villages) // 2]
        self.anybody = self.platform.person("anybody")
        self.impatient = self.platform.person("anybody who asks past the cache")
        self.impatient.http.headers["Cache-Control"] = "no-cache"
        self.officials = {
            role: self._official(role, region)
            for role, region in (
                ("county_administrator", COUNTY),
                ("clerk", COUNTY),
                ("discipline_officer", COUNTY),
                ("data_officer", COUNTY),
                ("village_administrator", self.village),
            )
        }
        self.ids = {
            "resident": self._sample("identity", "residents", {}),
            "application": self._sample("affairs", "applications", {}),
            "listing": self._sample("market", "listings", {"state": "endorsed", "stock": {"$gt": 50}}),
            "report": self._sample("integrity", "reports", {"state": "received"}),
        }
        self.applicants = self._residents("affairs", "applications", "applicant_id")
        self.buyers = self._residents("market", "orders", "buyer_id")
        self.sellers = self._residents("market", "orders", "seller_id")
        self.department = self._department()
        self.middle = self._middle()

    def _official(self, role: str, region: str) -> Person:
        return self.platform.person(role).sign_in(login_of(role, region), PASSWORD)

    def _sample(self, service: str, collection: str, where: dict) -> list[str]:
        stages = [{"$match": where}, {"$sample": {"size": SAMPLE}}, {"$project": {"_id": 1}}]
        return [found["_id"] for found in self.platform.database(service)[collection].aggregate(stages)]

    def _residents(self, service: str, collection: str, field: str) -> list[Person]:
        stages = [{"$sample": {"size": ASKERS * 2}}, {"$group": {"_id": f"${field}"}}, {"$limit": ASKERS}]
        ids = [found["_id"] for found in self.platform.database(service)[collection].aggregate(stages)]
        people = ResidentStore(connect(self.platform.settings, "identity"))
        return [self.platform.person("resident").sign_in(people.get(id).phone, PASSWORD) for id in ids]

    def _middle(self) -> int:
        """Give the position in the feed that half of what the department may see lies behind."""
        granted = {"name": {"$regex": r"^affairs\.application\."}}
        feed = self.platform.database("identity").feed
        half = feed.count_documents(granted) // 2
        return next(feed.find(granted, {"_id": 1}).sort("_id", 1).skip(half).limit(1))["_id"]

    def _department(self) -> Person:
        asked = {
            "name": "测试部门",
            "contact": "数据科",
            "purpose": "统计乡村治理情况",
            "legal_ground": "《中华人民共和国统计法》",
            "events": ["affairs.application.*", "market.order.paid"],
            "region": COUNTY,
            "history": True,
        }
        made = self.anybody.post("/departments", asked, expect=201)
        one = f"/departments/{made['id']}"
        officer = self.officials["data_officer"]
        officer.post(f"{one}/grant", {"days": 30})
        department = self.platform.person("department").sign_in(made["login"], made["key"])
        code = department.get("/departments/own")["confirmation_code"]
        officer.post(f"{one}/confirmation", {"code": code, "way": "phone"})
        self.platform.wait_for(lambda: officer.get(one)["state"] == "connected")
        return department
