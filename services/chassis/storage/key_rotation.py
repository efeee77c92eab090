"""Give personal data a new data key, document by document, while the service works.

Each document tells by itself whether it has been moved: an interrupted rotation is begun again and does what is left. Old
data keys stay in the key vault: they open old backups, and what a slow process encrypted with them meanwhile.
"""

import inspect
import time
from collections.abc import Callable, Iterator

from pymongo import UpdateOne
from pymongo.database import Database
from pymongo.errors import EncryptionError

from services.chassis.storage.encrypted_fields import in_full, is_empty
from services.chassis.storage.field_encryption import UNFINISHED, Vault, is_encrypted, key_of
from services.chassis.storage.store import HOUSEKEEPING, Store

BATCH = 200


def personal_stores(service: type, database: Database) -> list[Store]:
    """Give the stores with personal data among all that a service class `Provided`."""
    makers = {m.make for _, m in inspect.getmembers(service) if hasattr(m, "make")}
    stores = [make for make in makers if isinstance(make, type) and issubclass(make, Store) and make.personal]
    return [store(database) for store in sorted(stores, key=lambda store: store.collection)]


def rotate(vault: Vault, stores: list[Store], say: Callable[[str], None] = print) -> int:
    """Move everything to a new data key, or go on where that was interrupted; gives how many documents cannot be opened.

    Ends once every process of the service has heard of the new data key (`vault.refresh` seconds) and nothing is left.
    """
    if vault.unfinished():
        say("goes on with the rotation that was interrupted")
    else:
        vault.make_key(UNFINISHED)
    heard = time.monotonic() + vault.refresh
    while True:
        last_word = time.monotonic() >= heard
        passes = [_move(store, vault, say) for store in stores]
        unreadable = sum(unreadable for _, unreadable in passes)
        if unreadable:
            return unreadable
        if last_word and not any(moved for moved, _ in passes):
            vault.finish()
            return 0
        time.sleep(max(0.0, heard - time.monotonic()))


def _move(store: Store, vault: Vault, say: Callable[[str], None]) -> tuple[int, int]:
    """Move what one collection has under older keys; gives how many documents had to be, and how many cannot be opened."""
    newest, wanted, unreadable = bytes(vault.newest()), 0, 0
    for batch in _batches(store):
        stale = [document for document in batch if not _is_moved(store, document, newest)]
        changes = []
        for document in stale:
            try:
                changes.append(encrypted_anew(store, document))
            except EncryptionError as error:
                unreadable += 1
                say(f"{store.collection}: {document['_id']} cannot be opened: {error}")
        if changes:
            store.documents.bulk_write(changes, ordered=False)
        wanted += len(changes)
        if stale:
            say(f"{store.collection}: {wanted} documents moved to the new data key")
    return wanted, unreadable


def _batches(store: Store) -> Iterator[list[dict]]:
    beyond: dict = {}
    while batch := list(store.documents.find(beyond, HOUSEKEEPING).sort("_id", 1).limit(BATCH)):
        yield batch
        beyond = {"_id": {"$gt": batch[-1]["_id"]}}


def _is_moved(store: Store, document: dict, newest: bytes) -> bool:
    answers = [request["answer"] for request in document.get("requests", ())]
    sealed = [document.get("sealed"), *answers]
    plain = any(not is_empty(document.get(name)) for name in store.personal)
    return not plain and all(key_of(one) == newest for one in sealed if is_encrypted(one))


def encrypted_anew(store: Store, document: dict) -> UpdateOne:
    """Give the write that encrypts a document anew, if nobody changes it meanwhile: then it is looked at again.

    It has no version of its own, so nobody who changes the document loses to it.
    """
    fresh = store.aggregate(**in_full(store.from_document(document)))
    anew = store.to_document(fresh)
    changed = {name: value for name, value in anew.items() if document.get(name) != value}
    changed["requests"] = [_kept(store, request) for request in document.get("requests", ())]
    same = {"_id": document["_id"], "version": document["version"]}
    gone = {name: "" for name in store.personal if name not in anew}
    return UpdateOne(same, {"$set": changed, **({"$unset": gone} if gone else {})})


def _kept(store: Store, request: dict) -> dict:
    """Encrypt an answer anew, a plain one too: it may be from before a field was named personal."""
    return {**request, "answer": store.keep_answer(store.recall_answer(request["answer"]))}
