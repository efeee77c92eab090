"""Affairs with people, matters and clerks to act on, and the plans of what was asked of the database."""

import io
import secrets
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest

from services.affairs.matters.applications.draft_store import ApplicationDraftStore
from services.affairs.matters.applications.store import ApplicationStore
from services.affairs.matters.catalogue import loader
from services.affairs.matters.catalogue.model import Matter
from services.affairs.matters.catalogue.source import DATA
from services.affairs.matters.catalogue.store import MatterStore
from services.affairs.matters.catalogue.versions import VersionStore
from services.chassis.core.actor import Role
from services.chassis.core.calls import write_call
from services.chassis.core.clock import CHINA
from services.chassis.events.registry import import_all
from services.chassis.runtime.load import LoadReport
from services.civic.actor import CivicActor
from services.civic.capability import store_of
from services.civic.editions.code_crosswalk import CodeCrosswalk
from services.civic.files.receiving import ReceivedFiles
from services.civic.files.store import FileStore
from services.civic.people import People
from services.civic.working_days import published_working_days

VILLAGE = "510183103204"
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA).astimezone(UTC)


@dataclass
class Affairs:
    """The stores of affairs, and short ways to call."""

    people: People
    moves: CodeCrosswalk
    matters: MatterStore
    applications: ApplicationStore
    drafts: ApplicationDraftStore
    versions: VersionStore
    files: ReceivedFiles
    days = published_working_days()
    resident = CivicActor("r1", "resident")
    other_resident = CivicActor("r2", "resident")
    clerk = CivicActor("c1", "official", (Role("clerk", "510183"),))

    def call(self, actor, key="", now=MONDAY, render=None, **data):
        """Make a call; whoever applies with a name is vouched for under it, unless the account was asked already."""
        if actor.kind == "resident" and actor.facts is None and data.get("name"):
            actor = replace(actor, facts=tuple((one, data[one]) for one in ("name", "phone") if data[one]))
        made = write_call("test", data, actor, key or uuid.uuid4().hex, render)
        return replace(made, now=now)

    def official(self, role, region):
        return CivicActor(f"{role}-{region}", "official", (Role(role, region),))


def loaded(database, folder=DATA) -> LoadReport:
    """Load the real catalogue; gives what was counted and refused."""
    report = LoadReport("matters", io.StringIO())
    loader.load(database, None, report, folder)
    return report


@pytest.fixture(scope="module")
def catalogue(mongo):
    """The loaded catalogue, for tests that only read."""
    import_all()
    name = f"test_{secrets.token_hex(6)}"
    loaded(mongo[name])
    yield MatterStore(mongo[name])
    mongo.drop_database(name)


@pytest.fixture
def affairs(database):
    made = Affairs(
        People(database),
        CodeCrosswalk(database),
        MatterStore(database),
        ApplicationStore(database),
        ApplicationDraftStore(database),
        VersionStore(database),
        ReceivedFiles.of(store_of("affairs", FileStore))(database),
    )
    made.matters.create_indexes()
    made.applications.create_indexes()
    made.drafts.create_indexes()
    made.files.files.create_indexes()
    for person in ("r1", "r2"):
        known = {"region": VILLAGE, "regions": [], "certified": True}
        made.people.learn(person, 2, known)
    for id, name in (("m1", "80周岁以上老年人高龄津贴发放"), ("m2", "临时救助")):
        matter = Matter(
            id=id,
            region="510183",
            name=name,
            main_item="",
            kind="20",
            office="邛崃市民政局",
            source_code=f"code-{id}",
            published_at=MONDAY,
            materials=[{"name": "居民身份证", "note": ""}, {"name": "居民户口簿", "note": ""}],
        )
        made.matters.add(matter, matter.published(), made.call(made.clerk))
    return made


@pytest.fixture
def plans():
    """Give the plans of the finds that something really ran, as the server's profiler saw them."""

    def of(documents, run):
        database = documents.database
        database.command("profile", 2)
        try:
            run()
        finally:
            database.command("profile", 0)
        seen = list(database["system.profile"].find({"op": "query", "ns": documents.full_name}))
        database["system.profile"].drop()
        return seen

    return of
