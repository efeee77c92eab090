"""Everybody of the table, as real accounts on the running platform."""

import uuid
from collections.abc import Iterator

from deploy.local.story.identity import COUNTY, PASSWORD, TOWN, VILLAGE
from deploy.local.story.person import Person, new_resident
from services.chassis.core.calls import write_call
from services.chassis.core.secrets import Passwords
from services.chassis.storage.database import connect
from services.identity.access.keys import Keys
from services.identity.officials.staff.appoint import OPERATOR, appoint
from services.identity.officials.staff.store import OfficialStore
from services.identity.officials.staff.usecases import new_official
from tests.county.takes_applications import takes_applications
from tests.e2e.authorization.seats import HELPER, NAMED_VISITOR, NOBODY, OFFICIALS, VISITOR
from tests.receiver import Receiver

SERVICES = ("affairs", "market", "integrity")
SUBSCRIPTION = {
    "name": "邛崃市统计局",
    "contact": "数据科",
    "purpose": "统计乡村治理情况",
    "legal_ground": "《中华人民共和国统计法》",
    "events": ["identity.resident.*"],
    "region": TOWN,
}


def visitor_of_the_village() -> dict:
    """Give what somebody of 黑虎村 says of himself who has no account."""
    entered = new_resident(VILLAGE)
    return {name: entered[name] for name in ("name", "id_number", "village", "notice_version")}


class Cast:
    """Everybody by the name of the seat, and the platform that they stand on."""

    def __init__(self, platform):
        self.platform = platform
        # takes the pings with which the departments' endpoints are tried out
        self.webhook_url = Receiver().start().url
        self.people: dict[str, Person] = {NOBODY.name: platform.person(NOBODY.name)}
        self._officials()
        self.newcomers_login: dict = {}
        self._residents()
        self.people[HELPER.name] = self._helper()
        self.people[VISITOR.name] = self._visitor(VISITOR.name, {})
        self.people[NAMED_VISITOR.name] = self._visitor(NAMED_VISITOR.name, visitor_of_the_village())
        for name in ("department", "other department"):
            self.people[name] = self._department(name)
        self._matters = self._that_take_applications()

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def registered(self, name: str = "resident") -> tuple[Person, dict]:
        """Give somebody new of 黑虎村 who waits for certification, with what was entered."""
        person, entered = self.platform.person(name), new_resident(VILLAGE)
        person.id = person.post("/residents", entered, expect=201)["id"]
        return person, entered

    def _that_take_applications(self) -> Iterator[dict]:
        asked = {"limit": 100}
        while asked:
            page = self["nobody"].get("/matters", **asked)
            yield from filter(takes_applications, page["items"])
            asked = page["next"] and {"limit": 100, "cursor": page["next"]}

    def next_matter(self) -> dict:
        """Give a matter for which nobody has applied here yet."""
        return next(self._matters)

    def _officials(self) -> None:
        """Written as the console does, because nobody of this county appoints in another; one hash for all saves time."""
        store, hashed = OfficialStore(connect(self.platform.settings, "identity")), Passwords().hash(PASSWORD)
        for seat in OFFICIALS:
            login = f"seat-{uuid.uuid4().hex[:12]}"
            asked = {"name": "测试", "login": login, "role": seat.role, "region": seat.region}
            call = write_call("appoint", asked, OPERATOR, login)
            official = new_official(hashed, call)
            official.choose_password(hashed)
            store.add(official, official.appointed(), call)
            self.people[seat.name] = self.platform.person(seat.name).sign_in(login, PASSWORD)
            self.people[seat.name].id = official.id
        self.people["entrant"] = self._entrant()

    def _entrant(self) -> Person:
        login = f"seat-{uuid.uuid4().hex[:12]}"
        given = appoint(self.platform.settings, login, "county_administrator", COUNTY)
        return self.platform.person("entrant").sign_in(login, given["password"])

    def _residents(self) -> None:
        for name in ("owner", "neighbour", "newcomer"):
            self.people[name] = self._resident(name, name != "newcomer")

    def _resident(self, name: str, certified: bool) -> Person:
        person, entered = self.registered(name)
        self.newcomers_login = {"login": entered["phone"], "password": entered["password"]}
        person.sign_in(**self.newcomers_login)
        if certified:
            self["village administrator"].post(f"/residents/{person.id}/certification")
        self.platform.wait_for(lambda: self._known(person, certified))
        return person

    def _helper(self) -> Person:
        """Give somebody who acts under a mandate of the owner's for everything."""
        before = self.newcomers_login
        person, self.newcomers_login = self._resident(HELPER.name, True), before
        terms = {"helper_id": person.id, "matters": ["all"], "orders": True, "votes": True, "months": 1}
        mandate = self["owner"].post("/mandates", terms, expect=201)["id"]
        person.post(f"/mandates/{mandate}/acceptance")
        assert person.refresh()  # the token that he signed in with is from before his certification
        person.http.headers["On-Behalf-Of"] = mandate
        return person

    def code_of(self, phone: str) -> dict:
        """Give a visitor's code with its id, as the phone got it."""
        asked = self["nobody"].post("/codes", {"phone": phone, "purpose": "visit"}, expect=201)
        digits = Keys(self.platform.settings.identity_hash_key).of_code(asked["code_id"])
        return {"code_id": asked["code_id"], "code": digits}

    def office_code(self, department_id: str) -> str:
        """Give the code that an office reads to the officer on the phone."""
        return Keys(self.platform.settings.identity_hash_key).of_office(department_id)

    def _visitor(self, name: str, given: dict) -> Person:
        person = self.platform.person(name)
        visit = person.post("/visits", {**self.code_of(new_resident(VILLAGE)["phone"]), **given}, expect=201)
        person.id = visit["person_id"]
        person.http.headers["Authorization"] = f"Bearer {visit['access_token']}"
        return person

    def _known(self, person: Person, certified: bool) -> bool:
        found = [self.platform.database(one).people.find_one({"_id": person.id}) for one in SERVICES]
        return all(one and bool(one.get("certified")) == certified for one in found)

    def _department(self, name: str) -> Person:
        # of a kind that nothing here tells: their endpoints are never asked, and stay well
        asked = {**SUBSCRIPTION, "events": ["identity.party_unit.placed"]}
        asked |= {"delivery": "webhook", "webhook_url": self.webhook_url}
        person = self.platform.person(name)
        given = person.post("/departments", asked, expect=201)
        person.sign_in(given["login"], given["key"])
        self["data officer"].post(f"/departments/{person.id}/grant")
        confirmation = {"code": self.office_code(person.id), "way": "phone"}
        self["data officer"].post(f"/departments/{person.id}/confirmation", confirmation)
        self.platform.wait_for(lambda: person.get("/departments/own")["webhook"], 60)
        return person
