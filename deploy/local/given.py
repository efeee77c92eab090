"""Whether the broker and the database that the user gave can be worked with, seen before starting."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from deploy.local.refusal import Refusal


def check(given: Mapping[str, str]) -> None:
    """Refuse a broker or database that was given but is incomplete, unreachable or unsuitable."""
    if given.get("AMQP_URI") and not given.get("RABBITMQ_MANAGEMENT_URI"):
        raise Refusal(
            "AMQP_URI is given but RABBITMQ_MANAGEMENT_URI is not: give the address of that broker's "
            "management interface too, for instance http://user:password@host:15672"
        )
    if given.get("AMQP_URI"):
        _broker(given["AMQP_URI"])
        _management(given["RABBITMQ_MANAGEMENT_URI"])
    if given.get("MONGODB_URI"):
        _database(given["MONGODB_URI"])


def _place(uri: str) -> str:
    # Never the whole URI: it holds a password.
    return urlsplit(uri).netloc.rpartition("@")[2] or "its address"


def _broker(uri: str) -> None:
    from services.chassis.amqp import transport

    try:
        transport.close_quietly(transport.connect(uri, "looks before the start"))
    except (*transport.OUTAGES, ValueError) as error:
        raise Refusal(
            f"no AMQP connection to {_place(uri)} ({error}): start that broker or mend AMQP_URI"
        ) from None


def _management(uri: str) -> None:
    import requests

    from services.chassis.amqp import management

    try:
        management.ask(uri, "GET", "overview").raise_for_status()
    except requests.RequestException as error:
        reason = f"status {error.response.status_code}" if error.response is not None else "no answer"
        raise Refusal(
            f"the management interface at {_place(uri)} cannot be used ({reason}): enable the plugin "
            "rabbitmq_management there or mend RABBITMQ_MANAGEMENT_URI"
        ) from None


def _database(uri: str) -> None:
    from pymongo import MongoClient
    from pymongo.errors import PyMongoError

    try:
        client: MongoClient = MongoClient(uri, serverSelectionTimeoutMS=5000)
        with client:
            client.admin.command("ping")
            hello = client.admin.command("hello")
    except PyMongoError:
        raise Refusal(f"no MongoDB answers at {_place(uri)}: start it or mend MONGODB_URI") from None
    if "setName" not in hello and hello.get("msg") != "isdbgrid":
        raise Refusal(
            f"the MongoDB at {_place(uri)} is no replica set, which transactions need: "
            "start it with --replSet, or leave MONGODB_URI out"
        )
