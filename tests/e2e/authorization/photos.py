"""The table of the photos of listings; a listing here is the owner's, from 黑虎村."""

import hashlib
import uuid

from tests.e2e.authorization.market import LISTING, an_offer
from tests.e2e.authorization.row import Row
from tests.e2e.authorization.seats import EVERYBODY
from tests.photos import photo

PHOTOS = f"{LISTING}/photos"
RAW = photo(size=(64, 48))


def begun(cast) -> dict:
    """A photo of which nothing was sent."""
    made = an_offer(cast)
    found = cast["owner"].post(f"/listings/{made['id']}/photos/begun", expect=201)
    return {**made, "file_id": found["file_id"]}


def sent(cast) -> dict:
    """A photo of which all pieces are there."""
    made, owner = begun(cast), cast["owner"]
    path = f"{owner.base}/listings/{made['id']}/photos/begun/{made['file_id']}/pieces"
    headers = {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/octet-stream"}
    owner.http.put(path, data=RAW, headers=headers, timeout=30).raise_for_status()
    return made


def whole(made: dict) -> dict:
    """What says that they are all."""
    return {"file_id": made["file_id"], "size": len(RAW), "sha256": hashlib.sha256(RAW).hexdigest()}


def shown(cast) -> dict:
    """A photo of an offer that waits for the village."""
    made = sent(cast)
    listing = cast["owner"].post(f"/listings/{made['id']}/photos", whole(made), expect=201)
    return {**made, "photo_id": listing["photos"][0]["id"]}


def shown_to_all(cast) -> dict:
    """A photo of what is on sale."""
    made = shown(cast)
    cast["village administrator"].post(f"/listings/{made['id']}/endorsement")
    return made


ROWS = [
    Row(f"POST {PHOTOS}/begun", "owner", an_offer),
    Row(f"PUT {PHOTOS}/begun/{{file_id}}/pieces", "owner", begun),
    Row(f"POST {PHOTOS}", "owner", sent, whole),
    Row(f"GET {PHOTOS}/{{photo_id}}", EVERYBODY, shown_to_all),
    Row(f"DELETE {PHOTOS}/{{photo_id}}", "owner", shown),
]
