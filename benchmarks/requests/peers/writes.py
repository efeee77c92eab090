"""What each write decides and stores, said once: documents in, documents and answers out."""

import hashlib
import uuid
from datetime import UTC, datetime

import orjson

from benchmarks.requests.peers import dumps
from services.chassis.core.scope import path_of
from services.civic.actor import CivicActor
from services.civic.working_days import published_working_days
from services.identity.access.account import Account
from services.identity.access.sessions.model import Session, start

NAMESPACE = uuid.UUID("6f1e3f0a-3c0e-5b58-9b55-7d5f6a3c5b1e")


class Refused(Exception):
    """The request is refused with this HTTP status."""

    def __init__(self, status: int):
        super().__init__(status)
        self.status = status


def now() -> datetime:
    """Give the time in UTC, cut to milliseconds."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def bound(actor: CivicActor, key: str | None, body: dict) -> tuple[str, str]:
    """Give the key bound to the actor and the request's fingerprint."""
    if not key or not 16 <= len(key) <= 128:
        raise Refused(400)
    own = hashlib.sha256(f"{actor.id}\napply\n{key}".encode()).hexdigest()[:32]
    print_ = hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
    return own, print_


def application(
    actor: CivicActor, person: dict | None, matter: dict | None, body: dict, key: tuple[str, str]
) -> dict:
    """Give the document of a new application with its event and its answer in it, for ONE insert."""
    if matter is None:
        raise Refused(404)
    if not (person and person["certified"]) or matter["state"] != "open":
        raise Refused(422)
    at = now()
    document = {
        "_id": uuid.uuid5(NAMESPACE, f"application:{key[0]}").hex,
        "region": person["region"],
        "regions": path_of(person["region"]),
        "applicant_id": actor.id,
        "matter_id": matter["_id"],
        "matter_name": matter["name"],
        "matter_number": matter["number"],
        "filled": [],
        "office": matter["office"],
        "promise_days": matter["promise_days"],
        "required": [material["name"] for material in matter["materials"]],
        "applicant_name": body["name"],
        "applicant_phone": body["phone"],
        "materials": body["materials"],
        "submitted_at": at,
        "notice_by": published_working_days().after(at, 5).at,
        "state": "submitted",
        **dict.fromkeys(("notice", "accepted_at", "due_at", "outcome", "reason", "right_of_review")),
        **dict.fromkeys(("closed_at", "stars", "comment", "acted_by")),
        "matter_kind": matter["kind"],
        "provisional": False,
        "steps": [{"at": at, "by": "applicant", "what": "submitted"}],
        "open": True,
        "version": 1,
    }
    document["outbox"], document["pending_since"] = [_submitted(document)], at
    answer = created(document)
    document["requests"] = [{"key": key[0], "fingerprint": key[1], "answer": answer}]
    return document


def created(document: dict) -> dict:
    """Give the answer to a new application: masked, as the platform gives it."""
    shown = dumps.application_row(document)
    return {**dumps.application(document), **{n: shown[n] for n in ("applicant_name", "applicant_phone")}}


def repeated(document: dict | None, key: tuple[str, str]) -> dict:
    """Give the first answer to a repeated key; raises Refused where it is another request's or another's open one."""
    for request in (document or {}).get("requests", ()):
        if request["key"] == key[0] and request["fingerprint"] == key[1]:
            return request["answer"]
    raise Refused(409)


def _submitted(document: dict) -> dict:
    id = document["_id"]
    told = {
        "application_id": id,
        "applicant_id": document["applicant_id"],
        "matter_id": document["matter_id"],
    }
    return {
        "id": f"application:{id}:1",
        "type": "xiangzhi.affairs.application.submitted.v1",
        "source": "/xiangzhi/affairs",
        "subject": id,
        "time": document["submitted_at"],
        "region": document["region"],
        "sequence": 1,
        "data": {**told, "state": "submitted"},
        "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "correlation": "",
        "partitionkey": f"application:{id}",
    }


def session(document: dict) -> tuple[Account, Session, dict]:
    """Give who signs in, the new session and its document; `document` is a resident's."""
    who = Account(document["_id"], "resident", document["region"], (), document["assurance"], "", False)
    begun = start(uuid.uuid4().hex, who, now())
    made = {**vars(begun), "_id": begun.id, "regions": path_of(begun.region), "version": 1}
    del made["id"]
    return who, begun, {**made, "outbox": [], "requests": []}
