"""What every route of a file has alike: how a piece comes, and how long somebody waits until a photo was looked at."""

import base64

from flask import Request

from gateway.routing import Named, RawBody, Routes, Upload
from gateway.uploads import PRIVATE, streamed
from services.chassis.core.cleaning import is_number
from services.civic.operation import Operation

PIECE = RawBody("application/octet-stream", query=("number",))
LOOKING_SECONDS = 15.0
"""How long somebody waits until a photo was looked at: its child has 10 seconds, and may wait 5 for its turn; after a silence it is
asked once more."""


def piece(request: Request) -> dict:
    """Give the piece's number and bytes."""
    number = request.args.get("number", "0")
    given = int(number) if is_number(number) and len(number) < 9 else number
    return {"number": given, "body": base64.b64encode(request.get_data(cache=False)).decode()}


def photo_comes_in(routes: Routes, at: str, begin: Operation, put: Operation, add: Operation) -> None:
    """Declare the three routes by which a photo comes in there: begun and sent in pieces, or whole with its form."""
    begin_name, put_name = (Named.of(routes.contract, one).name for one in (begin, put))
    routes.post(f"{at}/begun", begin, status=201)
    routes.put(f"{at}/begun/{{file_id}}/pieces", put, collect=piece, raw=PIECE)
    routes.post(at, add, status=201, upload=Upload("photo", begin_name, put_name), seconds=LOOKING_SECONDS)


def photo_is_shown(
    routes: Routes, at: str, find: Operation, cache: str = PRIVATE, documents: tuple[str, ...] = ()
) -> None:
    """Declare the route that streams a photo, or one of these kinds of documents, to whom the operation lets see it."""
    service = Named.of(routes.contract, find).service
    media = ("image/jpeg", *documents)
    routes.get(at, find, media=media, only_media=True, finish=streamed(service, cache))
