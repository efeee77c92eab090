"""The answers that a document keeps under idempotency keys: a repeat gets the first one.

requests: [{key, fingerprint, answer}]      in the same write as what was asked for

Where an answer has to be forgotten, because it tells of a person who is gone, its key stays as `forgotten`: a repeat changes nothing.
"""

from collections.abc import Callable

from pymongo.collection import Collection

from services.chassis.core.calls import Call
from services.chassis.core.errors import AlreadyAnswered, Conflict, Rejected

ANSWERS_KEPT = 50
"""Idempotency keys that one document remembers; older ones are forgotten first."""


FORGET = {"$set": {"requests.$[kept].answer": None, "requests.$[kept].forgotten": True}}
WITH_AN_ANSWER = {"answer": {"$ne": None}}
"""What a request is that has to be forgotten; an event's has no answer, and stays the repeat that it is."""


class KeptRequests:
    """What the documents of one collection keep; `keep(answer, aggregate)` and `recall(kept)` encrypt what tells of a person."""

    def __init__(self, keep: Callable, recall: Callable):
        self._keep, self._recall = keep, recall

    def of(self, aggregate, version: int, call: Call) -> list[dict]:
        """Give what is kept of a call that brings the aggregate to this version: nothing where it has no key."""
        if not call.key:
            return []
        aggregate.version, before = version, aggregate.version
        answer = call.render(aggregate) if call.render else None
        aggregate.version = before
        kept = self._keep(answer, aggregate)
        return [{"key": call.key, "fingerprint": call.fingerprint, "answer": kept}]

    def stop_at_repeat(self, document: dict, call: Call) -> None:
        """Raise AlreadyAnswered where the key was answered before, Rejected where that was another request.

        Raises Conflict where what was answered is forgotten.
        """
        for request in document.get("requests") or ():
            if request["key"] != call.key:
                continue
            if request["fingerprint"] != call.fingerprint:
                raise used_otherwise()
            if request.get("forgotten"):
                raise Conflict(
                    "request.answer_forgotten",
                    "这个请求已经办理过，当时的答复涉及已离开或已注销的人，不再保留，请刷新后查看现在的情况。",
                )
            raise AlreadyAnswered(self._recall(request["answer"]))


def used_otherwise() -> Rejected:
    """Give the error for a key that was used before for something else."""
    return Rejected(
        "request.key_used_otherwise", "这个 Idempotency-Key 已用于另一个请求，请换一个新的再提交。"
    )


def only_the_one(call: Call | None) -> dict | int:
    """Give the projection of `requests` that finds whether a call was answered; none of them where it has no key."""
    return {"$elemMatch": {"key": call.key}} if call and call.key else 0


def forget_answers(documents: Collection, where: dict) -> None:
    """Forget the answers that these documents keep; what else is in them stays."""
    kept = {"requests": {"$elemMatch": WITH_AN_ANSWER}}
    of_a_request = {f"kept.{name}": value for name, value in WITH_AN_ANSWER.items()}
    documents.update_many({"$and": [where, kept]}, FORGET, array_filters=[of_a_request])


def pushing(kept: list[dict]) -> dict:
    """Give what $push adds to `requests`."""
    return {"$each": kept, "$slice": -ANSWERS_KEPT}
