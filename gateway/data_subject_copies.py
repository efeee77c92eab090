"""The copy of a person's own data: identity has said whose it is, every service gives its part, and here they become one.

A part that is not there, or whose service does not answer, is named as missing; the rest is given.
"""

import orjson
from flask import Response

from gateway.pdf_export import printed
from services.chassis.core.errors import DomainError
from services.civic.actor import SYSTEM

SECONDS = 5.0
"""Seconds that the parts have; a large one takes some tenths."""

SERVICES = ("identity", "affairs", "market", "integrity")


def finished(client, asked: dict, export: dict) -> Response:
    """Give the copy as a file, JSON or PDF; `export` is identity's answer to its owner, who has just signed in."""
    whole = {**export, "parts": _parts(client, export)}
    if asked.get("format") == "pdf":
        return _file(printed(whole), "application/pdf", export["id"], "pdf")
    return _file(orjson.dumps(whole), "application/json", export["id"], "json")


def _parts(client, export: dict) -> list[dict]:
    wanted = {"export_id": export["id"], "person": export["resident_id"]}
    requests = {service: (service, "open_portion", wanted) for service in SERVICES}
    found = client.gather(requests, SYSTEM, timeout=SECONDS)
    return [_part(service, found[service]) for service in SERVICES]


def _part(service: str, found) -> dict:
    if isinstance(found, DomainError):
        return {"service": service, "gathered_at": None, "detail": found.message, "sections": []}
    return {
        "service": service,
        "gathered_at": found["gathered_at"],
        "detail": None,
        "sections": found["sections"],
    }


def _file(body: bytes, media: str, id: str, ending: str) -> Response:
    named = {"Content-Disposition": f'attachment; filename="xiangzhi-{id[:8]}.{ending}"'}
    return Response(body, 200, named, content_type=media)
