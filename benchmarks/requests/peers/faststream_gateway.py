"""FastAPI before FastStream's services: one reply queue for each worker, answers settle futures.

`broker.request` consumes anew for each request and lets one through at a time; for a permanent flow FastStream's
author advises a subscriber of one's own (issue 1318 of FastStream), which is this.
"""

import asyncio
import os
import uuid
from contextlib import asynccontextmanager

import orjson
from fastapi import FastAPI, Request, Response
from faststream.rabbit import Channel, RabbitBroker, RabbitMessage, RabbitQueue
from jwt import PyJWTError

from benchmarks.requests.peers.authentication import Authentication
from benchmarks.requests.peers.writes import Refused
from services.chassis.core import garbage
from services.civic.settings import CivicSettings

SERVICES = ("identity", "affairs", "market", "integrity")
PATIENCE = 10


class Remote:
    """Asks the services over one connection."""

    def __init__(self):
        channel = Channel(prefetch_count=1000, publisher_confirms=False)
        self.broker = RabbitBroker(os.environ["AMQP_URI"], default_channel=channel, logger=None)
        self.replies = f"faststream.replies.{uuid.uuid4().hex}"
        self.waiting: dict[str, asyncio.Future] = {}
        queue = RabbitQueue(self.replies, durable=False, exclusive=True, auto_delete=True)
        self.broker.subscriber(queue, no_reply=True)(self.settle)

    async def settle(self, body: dict, message: RabbitMessage) -> None:
        """Give an answer to who waits for it."""
        future = self.waiting.pop(message.correlation_id, None)
        if future and not future.done():
            future.set_result(body)

    async def ask(self, service: str, door: str, asked: dict):
        """Ask a service; raises Refused as it does, and TimeoutError."""
        correlation = uuid.uuid4().hex
        future = self.waiting[correlation] = asyncio.get_running_loop().create_future()
        try:
            await self.broker.publish(
                asked, f"faststream.{service}.{door}", reply_to=self.replies, correlation_id=correlation
            )
            body = await asyncio.wait_for(future, PATIENCE)
        finally:
            self.waiting.pop(correlation, None)
        if "refused" in body:
            raise Refused(body["refused"])
        return body["answer"]


def create_app() -> FastAPI:
    """Make the app."""
    remote, authentication = Remote(), Authentication(CivicSettings.from_environment())

    @asynccontextmanager
    async def lifespan(app):
        await remote.broker.start()
        garbage.settle()
        yield
        await remote.broker.stop()

    app = FastAPI(lifespan=lifespan, openapi_url=None)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(PyJWTError, lambda request, error: Response(status_code=401))

    def caller(request: Request, kind: str) -> dict:
        actor = authentication.actor(request.headers.get("Authorization"), kind)
        if actor is None:
            raise Refused(403)
        return actor.to_wire()

    @app.get("/applications/{id}")
    async def application(request: Request, id: str):
        return _given(
            await remote.ask("affairs", "application", {"actor": caller(request, "resident"), "id": id})
        )

    @app.get("/applications")
    async def waiting(request: Request, limit: int = 20):
        asked = {"actor": caller(request, "official"), "limit": limit}
        return _given(await remote.ask("affairs", "waiting", asked))

    @app.get("/matters")
    async def matters(text: str, limit: int = 20):
        return _given(await remote.ask("affairs", "matters", {"text": text, "limit": limit}))

    @app.get("/listings/{id}")
    async def listing(id: str):
        return _given(await remote.ask("market", "listing", {"id": id}))

    @app.get("/overview")
    async def overview(request: Request):
        asked = {"actor": caller(request, "resident")}
        parts = await asyncio.gather(*(remote.ask(service, "part", asked) for service in SERVICES))
        return _given({name: part for answer in parts for name, part in answer.items()})

    @app.post("/applications")
    async def apply(request: Request):
        actor, key = caller(request, "resident"), request.headers.get("Idempotency-Key")
        asked = {"actor": actor, "key": key, "body": orjson.loads(await request.body())}
        return _given(await remote.ask("affairs", "apply", asked), 201)

    @app.post("/sessions")
    async def sign_in(request: Request):
        return _given(await remote.ask("identity", "sign_in", orjson.loads(await request.body())), 201)

    return app


async def _refused(request: Request, refused: Refused) -> Response:
    return Response(status_code=refused.status)


def _given(answer, status: int = 200) -> Response:
    if answer is None:
        raise Refused(404)
    return Response(orjson.dumps(answer), status, media_type="application/json")
