"""Files on their way through the gateway: piece by piece to the service that they are for, and back to who may see them.

A worker holds one piece of each file at a time. What a service has of a file it keeps: the same form sent again under the same key
goes on with the piece that is missing.
"""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import Request, Response
from werkzeug.exceptions import RequestEntityTooLarge

from gateway.errors import malformed
from gateway.multipart import MULTIPART, FormReader
from gateway.upload_places import SENDER
from services.chassis.core.errors import Rejected, Unavailable
from services.civic.actor import SYSTEM

if TYPE_CHECKING:
    from gateway.routing import Route
    from services.civic.actor import CivicActor

AROUND = 128 * 1024
"""Bytes of a form beside its file."""

PAUSES = (0.5, 1.0, 2.0, 4.0)
"""Seconds before a piece is sent once more to a service that did not answer: as long as one takes that starts anew."""

SILENT = "rpc.timeout"
LOST = (SILENT, "rpc.no_service", "rpc.connection_lost", "rpc.no_broker")
"""What is said of a service that died with what it was asked, or is not there yet."""

PRIVATE = "private, no-store"
"""How a file is kept by whoever is shown it, where nothing else is said: not at all."""
CLOSED = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""A file that somebody sent is no page of ours, whatever a browser would make of it."""

FIND_PIECE = "find_file_piece"
"""The operation by which every service with files gives pieces of them (`services.civic.files.shapes`)."""


def largest(route: Route) -> int:
    """Give how many bytes a request to this route may have."""
    if route.upload is None:
        raise ValueError(f"{route.verb} {route.path} takes no file")
    return route.upload.limit + AROUND


class UploadLimits:
    """Which requests may be larger than others, told by verb and path before anybody looks at them."""

    def __init__(self, places: Iterable[tuple[str, str, int]]):
        self._places = [
            (verb, re.compile(re.sub(r"{\w+}", "[^/]+", path) + r"\Z"), limit) for verb, path, limit in places
        ]

    def of(self, environ: dict) -> int:
        """Give how many bytes a form with a file may have here; 0 where none is taken."""
        if not environ.get("CONTENT_TYPE", "").lower().startswith(MULTIPART):
            return 0
        verb, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        return next((most for of, form, most in self._places if of == verb and form.match(path)), 0)


def has_file(route: Route, came: Request) -> bool:
    """Tell whether a request brings the file that its route may take."""
    return route.upload is not None and came.mimetype == MULTIPART


def from_request(client, route: Route, came: Request, path: dict, actor: CivicActor, key: str | None) -> dict:
    """Take the file that came with a request of the API; gives what the route's operation is asked.

    Not a byte of the body is read before the operation that begins a file was asked whether it takes one.
    """
    reader = FormReader(came, largest(route))
    came.environ[SENDER] = actor.id
    begun = None if _goes_whole(route) else _begun(client, route, path, actor, key)
    fields = reader.fields().to_dict()
    if fields.keys() & path.keys():
        raise malformed("地址中已给出的项，请从表单中删去。")
    with_file = _with_a_file(route, reader)
    told = (
        _whole(route, with_file)
        if begun is None
        else _handed_on(client, route, with_file, path, actor, key, begun)
    )
    return {**fields, **path, **told}


def received(
    client, route: Route, reader: FormReader | None, asked: dict, actor: CivicActor, key: str | None
) -> dict:
    """Hand a file on piece by piece; gives what the service compares it with. Raises DomainError."""
    with_file = _with_a_file(route, reader)
    if _goes_whole(route):
        return _whole(route, with_file)
    begun = _begun(client, route, asked, actor, key)
    return _handed_on(client, route, with_file, asked, actor, key, begun)


def _goes_whole(route: Route) -> bool:
    return route.upload is not None and not route.upload.begin


def _whole(route: Route, reader: FormReader) -> dict:
    """Read a small file to its end, for one message; raises Rejected for an empty one, RequestEntityTooLarge for a larger one."""
    whole = bytearray()
    for piece in reader.content():
        whole += piece
        if route.upload and len(whole) > route.upload.limit:
            raise RequestEntityTooLarge
    if not whole:
        raise _empty(route)
    return {"body": _text(bytes(whole))}


def _empty(route: Route) -> Rejected:
    called = route.upload.called if route.upload else ""
    return Rejected("file.empty", f"选择的{called}是空的，请换一个再提交。")


def _begun(client, route: Route, asked: dict, actor: CivicActor, key: str | None) -> dict:
    if route.upload is None:
        raise ValueError(f"{route.verb} {route.path} takes no file")
    return client.call(route.service, route.upload.begin, asked, actor, key=key)


def _with_a_file(route: Route, reader: FormReader | None) -> FormReader:
    if reader is None or route.upload is None or reader.file != route.upload.field:
        called = route.upload.called if route.upload else ""
        raise Rejected("file.none_chosen", f"请先选择{called}，再提交。")
    return reader


def _handed_on(
    client, route: Route, reader: FormReader, asked: dict, actor: CivicActor, key: str | None, begun: dict
) -> dict:
    put = partial(client.call, route.service, route.upload.piece if route.upload else "")
    size, digest = 0, hashlib.sha256()
    for number, piece in enumerate(pieces_of(reader.content(), begun["piece_bytes"])):
        size += len(piece)
        digest.update(piece)
        if size > begun["most_bytes"]:
            raise RequestEntityTooLarge
        if number >= begun["received"]:
            one = {**asked, "file_id": begun["file_id"], "number": number, "body": _text(piece)}
            patiently(partial(put, one, actor, key=key))
    if not size:
        raise _empty(route)
    return {"file_id": begun["file_id"], "size": size, "sha256": digest.hexdigest()}


def pieces_of(blocks: Iterable[bytes], length: int) -> Iterator[bytes]:
    """Cut what comes in blocks into pieces of this length, the last one shorter; holds one piece and one block."""
    held = bytearray()
    for block in blocks:
        held += block
        while len(held) >= length:
            yield bytes(held[:length])
            del held[:length]
    if held:
        yield bytes(held)


def patiently(ask: Callable[[], Any]) -> Any:
    """Ask again where nobody answered, as who sent twelve megabytes would not like to; raises Unavailable in the end."""
    for pause in PAUSES:
        try:
            return ask()
        except Unavailable:
            time.sleep(pause)
    return ask()


def to_the_end(ask: Callable[[], Any]) -> Any:
    """Ask for the last step of a file, again where its answer was lost, after a silence once; raises Unavailable in the end.

    It is idempotent under its key: what the service had done before it died is not done twice.
    """
    silent = False
    for pause in PAUSES:
        try:
            return ask()
        except Unavailable as lost:
            if lost.code not in LOST or (silent and lost.code == SILENT):
                raise
            silent = silent or lost.code == SILENT
        time.sleep(pause)
    return ask()


def streamed(service: str, cache: str = PRIVATE) -> Callable[[Any, dict, dict], Response]:
    """Make a route's `finish` that gives a file as it is read from its service; `answer` is a `FileContent`."""

    def finish(client, asked: dict, answer: dict) -> Response:
        first = base64.b64decode(answer["body"])
        rest = _others(client, service, answer, len(first)) if len(first) < answer["bytes"] else ()
        headers = {
            "Content-Length": str(answer["bytes"]),
            "Content-Disposition": _disposition(answer),
            "Cache-Control": cache,
            **CLOSED,
        }
        return Response(_in_order(first, rest), 200, headers, content_type=answer["type"])

    return finish


def _disposition(answer: dict) -> str:
    """Only a picture is shown in place; everything else is saved, under a name that nobody sent."""
    name = f"{answer['file_id'][:8]}-{answer['variant']}"
    if answer["type"] == "image/jpeg":
        return f'inline; filename="{name}.jpg"'
    # what was sent as a PDF is one for whoever sent it, whatever it is told to be
    return f'attachment; filename="{name}.pdf"'


def _in_order(first: bytes, rest: Iterable[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _others(client, service: str, answer: dict, given: int) -> Iterator[bytes]:
    number = 1
    while given < answer["bytes"]:
        wanted = {"file_id": answer["file_id"], "variant": answer["variant"], "number": number}
        piece = base64.b64decode(client.call(service, FIND_PIECE, wanted, SYSTEM)["body"])
        yield piece
        given, number = given + len(piece), number + 1


def _text(piece: bytes) -> str:
    return base64.b64encode(piece).decode()
