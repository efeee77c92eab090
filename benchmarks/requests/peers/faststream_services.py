"""One of the four services on FastStream: `python -m benchmarks.requests.peers.faststream_services affairs`."""

import asyncio
import os
import sys

import uvloop
from faststream import FastStream
from faststream.rabbit import Channel, RabbitBroker, RabbitQueue
from pydantic import BaseModel, ConfigDict, Field
from pymongo import AsyncMongoClient
from pymongo.errors import DuplicateKeyError
from pymongo.write_concern import WriteConcern

from benchmarks.requests.peers import queries, writes
from benchmarks.requests.peers.queries import Many, One
from services.chassis.core import garbage
from services.chassis.core.secrets import Passwords
from services.civic.actor import CivicActor
from services.civic.settings import CivicSettings
from services.identity.access.sessions.tokens import Tokens

PREFETCH = 100


class Strict(BaseModel):
    """A shape that refuses what it does not know."""

    model_config = ConfigDict(extra="forbid")


class Material(Strict):
    """One document that is handed in."""

    name: str = Field(min_length=2, max_length=100)
    note: str = Field("", max_length=500)


class ApplyForMatter(Strict):
    """A new application."""

    matter_id: str = Field(pattern=r"^[A-Za-z0-9_.\-]{1,64}$")
    name: str = Field(min_length=2, max_length=50)
    phone: str = Field(pattern=r"^1[3-9][0-9]{9}$")
    materials: list[Material] = Field(max_length=30)


class SignIn(Strict):
    """Signing in."""

    login: str = Field(min_length=1, max_length=64)
    password: str = Field(min_length=1, max_length=128)


class Work:
    """What the services answer, over pymongo's asynchronous client."""

    def __init__(self, service: str, settings: CivicSettings):
        client = AsyncMongoClient(settings.mongodb_uri, appname=service, tz_aware=True, maxPoolSize=PREFETCH)
        majority = WriteConcern("majority", wtimeout=10_000)
        self.service = service
        self.database = client.get_database(f"{settings.database_prefix}_{service}", write_concern=majority)
        self.tokens, self.passwords = Tokens.from_platform(None, settings), Passwords()

    async def read(self, query: One) -> dict | None:
        """Give the answer to a read."""
        documents, unshown = self.database[query.collection], dict.fromkeys(query.leave_out, 0)
        if isinstance(query, Many):
            found = documents.find(query.where, unshown).sort(query.sort).limit(query.limit + 1)
            return query.page(await found.to_list(query.limit + 1))
        return query.answer(await documents.find_one(query.where, unshown))

    async def application(self, asked: dict) -> dict | None:
        """Give a resident's own application."""
        return await self.read(queries.application(CivicActor.from_wire(asked["actor"]), asked["id"]))

    async def waiting(self, asked: dict) -> dict:
        """Give what waits in an official's regions."""
        return await self.read(queries.waiting(CivicActor.from_wire(asked["actor"]), asked["limit"]))

    async def matters(self, asked: dict) -> dict:
        """Give what a search finds."""
        return await self.read(queries.matters(asked["text"], asked["limit"]))

    async def listing(self, asked: dict) -> dict | None:
        """Give a listing on sale."""
        return await self.read(queries.listing(asked["id"]))

    async def part(self, asked: dict) -> dict:
        """Give this service's part of the page; its reads run at once."""
        parts = queries.overview(CivicActor.from_wire(asked["actor"]))[self.service]
        return dict(zip(parts, await asyncio.gather(*map(self.read, parts.values())), strict=True))

    async def apply(self, asked: dict) -> dict:
        """Store a new application with its event in one write."""
        actor, body = CivicActor.from_wire(asked["actor"]), ApplyForMatter(**asked["body"]).model_dump()
        bound = writes.bound(actor, asked["key"], body)
        person = await self.database["people"].find_one({"_id": actor.id})
        unread = dict.fromkeys(queries.UNREAD, 0)
        matter = await self.database["matters"].find_one({"_id": body["matter_id"]}, unread)
        document = writes.application(actor, person, matter, body, bound)
        applications = self.database["applications"]
        try:
            await applications.insert_one(document)
        except DuplicateKeyError:
            return writes.repeated(await applications.find_one({"_id": document["_id"]}), bound)
        return document["requests"][0]["answer"]

    async def sign_in(self, asked: dict) -> dict:
        """Begin a session; the hash is computed in a thread."""
        body = SignIn(**asked)
        person = await self.database["residents"].find_one({"phone": body.login})
        hashed = person and person["password_hash"]
        if not await asyncio.to_thread(self.passwords.matches, hashed, body.password):
            raise writes.Refused(403)
        who, begun, document = writes.session(person)
        await self.database["sessions"].insert_one(document)
        return self.tokens.give(begun, who, document["started_at"])


DOORS = {
    "identity": ("sign_in", "part"),
    "affairs": ("application", "waiting", "matters", "apply", "part"),
    "market": ("listing", "part"),
    "integrity": ("part",),
}


def answering(broker: RabbitBroker, work: Work, door: str) -> None:
    """Answer one queue; a refusal is an answer too."""
    method = getattr(work, door)

    @broker.subscriber(RabbitQueue(f"faststream.{work.service}.{door}", durable=False))
    async def handle(body: dict) -> dict | None:
        try:
            return {"answer": await method(body)}
        except writes.Refused as refused:
            return {"refused": refused.status}


async def serve(service: str) -> None:
    """Serve until asked to end."""
    settings = CivicSettings.from_environment()
    channel = Channel(prefetch_count=PREFETCH, publisher_confirms=False)
    broker = RabbitBroker(os.environ["AMQP_URI"], default_channel=channel, logger=None)
    work = Work(service, settings)
    for door in DOORS[service]:
        answering(broker, work, door)
    garbage.settle()
    await FastStream(broker, logger=None).run()


if __name__ == "__main__":
    uvloop.run(serve(sys.argv[1]))
