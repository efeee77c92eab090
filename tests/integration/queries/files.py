"""A photo of a listing in the made county, kept and shown, and one of the same seller that is being received."""

import base64
import hashlib

from services.civic.actor import SYSTEM
from services.civic.calls import Call
from services.civic.capability import store_of
from services.civic.files.receiving import FilePurpose, ReceivedFiles
from services.civic.files.store import FileStore, StoredPieces
from tests.photos import photo


def make_photos(database, listing: dict) -> tuple[str, str]:
    """Write both; gives their ids."""
    files = ReceivedFiles(store_of("market", FileStore)(database), StoredPieces(database))
    of = FilePurpose("listing_photo", listing["_id"], listing["seller_id"], listing["region"])
    kept, begun = (files.begin(of, Call({}, SYSTEM, key=key)).id for key in ("kept", "begun"))
    raw = photo()
    files.put(kept, of, 0, base64.b64encode(raw).decode())
    files.finish(kept, of, len(raw), hashlib.sha256(raw).hexdigest(), Call({}, SYSTEM))
    shown = {"id": kept, "width": 20, "height": 40, "thumbnail_width": 20, "thumbnail_height": 40}
    database.listings.update_one({"_id": listing["_id"]}, {"$set": {"photos": [shown]}})
    return kept, begun
