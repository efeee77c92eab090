"""Chapter 6: the statistics department subscribes at the beginning and is asked at the end what it received."""

import json

from deploy.local.story.department import Reader
from deploy.local.story.person import Person
from deploy.local.story.teller import Teller

PUBLIC = ("village", "notice_version")
"""What somebody enters at registration and no secret is."""
EXPECTED = {
    "identity.resident.registered",
    "identity.resident.certified",
    "identity.resident.rejected",
    "affairs.application.submitted",
    "affairs.application.materials_missing",
    "affairs.application.supplemented",
    "affairs.application.accepted",
    "affairs.application.decided",
    "affairs.application.rated",
    "market.listing.offered",
    "market.listing.endorsed",
    "market.order.placed",
    "market.order.paid",
    "market.order.shipped",
    "market.order.received",
}
"""What the department must have received at the end; the events of a report come when its hour is over."""


class Told:
    """Tells after each chapter which events the department received meanwhile."""

    def __init__(self, teller: Teller, reader: Reader):
        self.teller, self.reader, self.read = teller, reader, 0

    def chapter(self, title: str) -> None:
        """End the chapter before with the events received in it, and begin the next."""
        names = self.reader.names(self.read)
        self.read += len(names)
        if names:
            self.teller.note(f"the statistics department received: {', '.join(dict.fromkeys(names))}")
        self.teller.chapter(title)


def subscribes(teller: Teller, staff: dict[str, Person], base: str) -> dict:
    """The department applies, the county's data officer grants; gives the credentials of its stream."""
    department = Person(base, "statistics department")
    asked = {
        "name": "邛崃市统计局",
        "contact": "数据科",
        "purpose": "统计乡村治理与农产品交易情况",
        "legal_ground": "《中华人民共和国统计法》",
        "events": ["identity.resident.*", "affairs.*.*", "market.*.*", "integrity.*.*"],
        "region": "510183",
    }
    applied = department.post("/departments", asked, expect=201)
    department.sign_in(applied["login"], applied["key"])
    one = f"/departments/{applied['id']}"
    staff["data"].post(f"{one}/grant", {"days": 30})
    # what the officer is told on the office's own phone
    code = department.get("/departments/own")["confirmation_code"]
    staff["data"].post(f"{one}/confirmation", {"code": code, "way": "phone"})

    def connected() -> dict | None:
        return department.get("/departments/own")["stream"] if _state(department) == "connected" else None

    credentials = teller.wait_for("the department's stream", connected)
    teller.step(
        "The statistics department applies, is granted events without personal data and recognised on the phone, "
        "and gets its own stream."
    )
    return credentials


def _state(department: Person) -> str:
    return department.get("/departments/own")["state"]


def received(teller: Teller, reader: Reader, entered: list[dict], told: list[str]) -> None:
    """Every event is there, in order per aggregate, and nothing in it is personal or tells of the report."""
    teller.wait_for(
        "every kind of event in the department's stream", lambda: set(reader.names()) >= EXPECTED, seconds=60
    )
    kinds = len(set(reader.names()))
    teller.step(f"It has received {len(reader.events)} events of {kinds} kinds.")
    wrong = reader.out_of_order()
    teller.must(not wrong, f"events out of order: {wrong}")
    teller.step("Within each aggregate they came in order.")
    everything = json.dumps(reader.events, ensure_ascii=False)
    secrets = [value for one in entered for name, value in one.items() if name not in PUBLIC] + told
    found = [secret for secret in secrets if secret in everything]
    teller.must(not found, f"{len(found)} personal values reached the department")
    teller.step(
        f"None of the {len(secrets)} names, numbers, phones, addresses and secrets of this story is in them."
    )
