"""Where on a running platform words can be read: every document opened with its service's key, every queue, stream, log and file."""

import json
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from services.chassis.amqp import transport
from services.chassis.storage.database import connect
from services.chassis.storage.field_encryption import is_encrypted
from tests.e2e.platform import Platform, management
from tests.e2e.wire import read_streams

SERVICES = ("identity", "affairs", "market", "integrity")


def found(platform: Platform, words: list[str]) -> set[tuple[str, str]]:
    """Give where any of these words stands, as (<service>.<collection>, field), ("queue", name), ("stream", name) or ("file", path)."""
    texts = {**_documents(platform), **_queues(platform), **_streams(platform), **_files(platform)}
    return {place for place, text in texts.items() if any(word in text for word in words)}


def _documents(platform: Platform) -> dict[tuple[str, str], str]:
    texts: dict[tuple[str, str], list[str]] = {}
    for service in SERVICES:
        database = connect(platform.settings, service)
        for name in database.list_collection_names():
            for document in database[name].find():
                for field, value in document.items():
                    place = f"{service}.{name}", field
                    texts.setdefault(place, []).append(_opened(value, database.vault))
        database.client.close()
    return {place: "\n".join(found) for place, found in texts.items()}


def _opened(value, vault) -> str:
    """Give a value as who holds the keys reads it."""
    if is_encrypted(value):
        return _opened(vault.decrypt(value), vault)
    if isinstance(value, dict):
        return "\n".join(f"{name} {_opened(one, vault)}" for name, one in value.items())
    if isinstance(value, list):
        return "\n".join(_opened(one, vault) for one in value)
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _queues(platform: Platform) -> dict[tuple[str, str], str]:
    """Give what lies in queues; of one that only its consumer may read it is waited for until it is empty."""
    texts, uri = {}, platform.settings.amqp_uri
    for one in _all_queues(platform, uri.rsplit("/", 1)[1]):
        if one["exclusive"]:
            continue
        with closing(transport.connect(uri, "test traces")) as connection:
            channel = connection.channel()

            def left(name=one["name"], channel=channel) -> int:
                return channel.queue_declare(name, passive=True).message_count

            if one["arguments"].get("x-single-active-consumer"):
                platform.wait_for(lambda left=left: left() == 0, why=lambda one=one: one["name"])
                continue
            messages = [channel.basic_get(one["name"]) for _ in range(left())]
            read = [f"{each.headers} {_text(each.body)}" for each in messages if each]
        texts["queue", one["name"]] = "\n".join(read)
    return texts


def _streams(platform: Platform) -> dict[tuple[str, str], str]:
    vhost = platform.settings.departments_vhost
    uri = transport.in_virtual_host(platform.settings.amqp_uri, vhost)
    there = {one["name"] for one in _all_queues(platform, vhost)}
    cursors = platform.database("identity").cursors.find({"number": {"$gt": 0}})
    fed = {f"dept.{one['_id']}": one["number"] for one in cursors}
    messages = read_streams(uri, {name: number for name, number in fed.items() if name in there})
    texts: dict[tuple[str, str], str] = {}
    for one in messages:
        place = "stream", one.delivery_info["routing_key"]
        texts[place] = f"{texts.get(place, '')}\n{one.headers} {_text(one.body)}"
    return texts


def _files(platform: Platform) -> dict[tuple[str, str], str]:
    files = [path for path in Path(platform.folder.path).rglob("*") if path.is_file()]
    return {("file", path.name): path.read_bytes().decode("utf-8", "replace") for path in files}


def _all_queues(platform: Platform, vhost: str) -> list[dict]:
    answer = management(platform.settings.rabbitmq_management_uri, "GET", f"queues/{quote(vhost, safe='')}")
    return answer.json()


def _text(body) -> str:
    """Give a body as text, JSON's escapes undone."""
    text = body if isinstance(body, str) else bytes(body).decode("utf-8", "replace")
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text
