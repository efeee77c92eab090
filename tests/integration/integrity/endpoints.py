"""The doors of integrity on a real database, called as the host calls them, without a broker."""

import secrets
from types import SimpleNamespace

import pymongo

from services.chassis.core.actor import Role
from services.chassis.core.errors import to_wire
from services.chassis.rpc.answering import RequestHandler
from services.chassis.rpc.operation import operations_of
from services.civic.actor import ANONYMOUS, CivicActor
from services.civic.editions.code_crosswalk import CodeCrosswalk
from services.civic.guards import GUARDS
from services.integrity.civic.store import CertifiedPeople, Places
from services.integrity.openness.powers.store import PowerStore, finder
from services.integrity.openness.powers.vain import VainPowerSearchStore
from services.integrity.openness.powers.versions import PowerVersionStore
from services.integrity.reports.cases.store import ReportStore
from services.integrity.reports.categories.store import CategoryStore
from services.integrity.reports.receipts.store import Receipts
from services.integrity.service import Service

COUNTY, TOWN, VILLAGE, ELSEWHERE = "510183", "510183103", "510183103204", "510183102201"
KEY = b"r" * 32


def officer(id="officer-1", region=COUNTY, role="discipline_officer", *more):
    return CivicActor(id, "official", (Role(role, region), *more))


class Integrity(Service):
    """The service's one object for all calls, with its stores in place of the declared ones."""

    def __init__(self, database):
        self.database = database
        self.reports, self.categories = ReportStore(database), CategoryStore(database)
        self.people, self.places = CertifiedPeople(database), Places(database)
        self.moves, self.followed = CodeCrosswalk(database), Service.followed.make(database)
        self.following = Service.following.make(database)
        self.receipts = Receipts(database, KEY)
        self.powers, self.power_versions = PowerStore(database), PowerVersionStore(database)
        self.vain_power_searches = VainPowerSearchStore(database, COUNTY)
        self.power_finder = finder(self.powers)

    def ask(self, door, data=None, actor=ANONYMOUS, key=None, correlation="", trace=""):
        """Call a door; gives the result, raises nothing: an error comes as its wire form."""
        headers = {
            "nameko.actor": actor.to_wire(),
            "nameko.idempotency_key": key or secrets.token_urlsafe(24),
        }
        headers |= {"nameko.correlation": correlation, "nameko.traceparent": trace}
        handler = RequestHandler(
            f"integrity.{door}", operations_of(Service)[door], GUARDS, CivicActor.from_wire
        )
        outcome = handler.answer(getattr(self, door), data or {}, headers, correlation)
        return to_wire(outcome.error) if outcome.error else outcome.result

    def submit(self, actor=ANONYMOUS, key=None, **changed):
        data = {
            "region": VILLAGE,
            "category_id": self.leaf,
            "accused": "黑虎村村主任张某某",
            "text": "二〇二五年修路款被挪用，共三万元。",
            **changed,
        }
        return self.ask("submit_report", data, actor, key)

    @property
    def leaf(self):
        return self.database.categories.find_one({"name": "挪用公款"})["_id"]

    def only_id(self):
        (document,) = self.database.reports.find({}, {"_id": 1})
        return document["_id"]

    def stored(self):
        """Give the only report as it is stored, with what is sealed in it opened."""
        (document,) = self.database.reports.find()
        opened = self.database.vault.decrypt(document["sealed"])
        answers = [self.reports.recall_answer(request["answer"]) for request in document["requests"]]
        return {**document, **opened, "answers": answers}

    def accepted(self, by=None, **changed):
        """Submit and accept a report; gives its receipt and id."""
        receipt = self.submit(**changed)["receipt"]
        id = self.database.reports.find_one({"receipt_hash": self.receipts.stored(receipt)})["_id"]
        assert self.ask("accept_report", {"report_id": id}, by or officer())["state"] == "accepted"
        return SimpleNamespace(receipt=receipt, id=id)


def plan_of(database, collection, run):
    """Give the stages of the plan of the last find that `run` made on the collection (taken from the profiler)."""
    database.command("profile", 2)
    try:
        run()
    finally:
        database.command("profile", 0)
    asked = database["system.profile"].find_one(
        {"ns": f"{database.name}.{collection}", "op": "query"}, sort=[("$natural", pymongo.DESCENDING)]
    )
    return asked["planSummary"], asked.get("hasSortStage", False), asked["docsExamined"]
