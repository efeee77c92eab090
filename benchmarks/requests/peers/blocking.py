"""The work itself over blocking pymongo: for the monolith in its routes, for stock nameko in its services."""

from pymongo.errors import DuplicateKeyError

from benchmarks.requests.peers import queries, writes
from benchmarks.requests.peers.queries import Many, One
from services.affairs.matters.applications.contract import ApplyForMatter
from services.chassis.core.secrets import Passwords
from services.civic.actor import CivicActor
from services.civic.settings import CivicSettings
from services.identity.access.sessions.contract import SignIn
from services.identity.access.sessions.tokens import Tokens


class Work:
    """Everything that the benchmark asks for; `databases` by service."""

    def __init__(self, databases: dict, settings: CivicSettings):
        self.databases = databases
        self.tokens = Tokens.from_platform(None, settings)
        self.passwords = Passwords()
        self.apply_shape, self.sign_in_shape = ApplyForMatter(), SignIn()

    def read(self, query: One) -> dict | None:
        """Give the answer to a read."""
        documents = self.databases[query.service][query.collection]
        unshown = dict.fromkeys(query.leave_out, 0)
        if isinstance(query, Many):
            found = documents.find(query.where, unshown).sort(query.sort).limit(query.limit + 1)
            return query.page(list(found))
        return query.answer(documents.find_one(query.where, unshown))

    def part(self, actor: CivicActor, service: str) -> dict:
        """Give one service's part of the page."""
        return {name: self.read(query) for name, query in queries.overview(actor)[service].items()}

    def apply(self, actor: CivicActor, key: str | None, body: dict) -> dict:
        """Store a new application with its event in one write; gives the first answer to a repeated key."""
        asked = self.apply_shape.load(body)
        bound = writes.bound(actor, key, asked)
        affairs = self.databases["affairs"]
        person = affairs["people"].find_one({"_id": actor.id})
        matter = affairs["matters"].find_one({"_id": asked["matter_id"]}, dict.fromkeys(queries.UNREAD, 0))
        document = writes.application(actor, person, matter, asked, bound)
        try:
            affairs["applications"].insert_one(document)
        except DuplicateKeyError:
            return writes.repeated(affairs["applications"].find_one({"_id": document["_id"]}), bound)
        return document["requests"][0]["answer"]

    def sign_in(self, body: dict) -> dict:
        """Begin a session."""
        asked = self.sign_in_shape.load(body)
        person = self.databases["identity"]["residents"].find_one({"phone": asked["login"]})
        if not self.passwords.matches(person and person["password_hash"], asked["password"]):
            raise writes.Refused(403)
        who, begun, document = writes.session(person)
        self.databases["identity"]["sessions"].insert_one(document)
        return self.tokens.give(begun, who, document["started_at"])
