"""The error tree: every refusal a caller can meet, and how it crosses RPC whole.

    DomainError                     {code, message, detail}
    ├── Invalid       the request is malformed: correct it and send it again        gateway: 400
    ├── Forbidden     the actor may not do this at all                              gateway: 403
    ├── NotFound      it does not exist, or not in the actor's scope                gateway: 404
    ├── Conflict      somebody else was first, or it was changed meanwhile          gateway: 409
    │   └── VersionConflict   lost an optimistic write; load, decide and save again (never leaves a service)
    ├── Rejected      a rule of the regulation says no                              gateway: 422
    ├── TooMany       asked too often: try again after `retry_after` seconds        gateway: 429
    └── Unavailable   a part is down or full: try again later                       gateway: 503

    AlreadyAnswered                 not an error: this idempotency key has its answer already

A `code` is `<noun>.<what_is_wrong>`, unique in the platform and stable for clients; a `message` is one Chinese
sentence that tells the person what to do; `detail` is a JSON object (never personal data).
"""


class DomainError(Exception):
    """A refusal with a stable code, a sentence for the person and details for the program."""

    kind = "DomainError"

    def __init__(self, code: str, message: str, **detail):
        super().__init__(code, message)
        self.code = code
        self.message = message
        self.detail = detail


class Invalid(DomainError):
    """The request is malformed."""

    kind = "Invalid"


class Forbidden(DomainError):
    """The actor may not do this at all."""

    kind = "Forbidden"


class NotFound(DomainError):
    """It does not exist, or not in the actor's scope: the two look the same."""

    kind = "NotFound"


class Conflict(DomainError):
    """Somebody else was first, or the document was changed meanwhile."""

    kind = "Conflict"


class VersionConflict(Conflict):
    """An optimistic write lost its race; the use case is run again from the load."""


class Rejected(DomainError):
    """A rule of the regulation says no."""

    kind = "Rejected"


class TooMany(DomainError):
    """It was asked for too often; `detail` holds `retry_after`, the whole seconds to wait."""

    kind = "TooMany"


class Unavailable(DomainError):
    """A part that is needed is down, full or too slow."""

    kind = "Unavailable"


class AlreadyAnswered(Exception):
    """This idempotency key was answered before; `answer` is that first answer (None where it is not kept)."""

    def __init__(self, answer):
        super().__init__("already answered")
        self.answer = answer


KINDS = {kind.kind: kind for kind in (Invalid, Forbidden, NotFound, Conflict, Rejected, TooMany, Unavailable)}


def to_wire(error: DomainError) -> dict:
    """Give the error as the JSON object that crosses RPC: {kind, code, message, detail}."""
    return {"kind": error.kind, "code": error.code, "message": error.message, "detail": error.detail}


def from_wire(wire: dict) -> DomainError:
    """Rebuild the error that `to_wire` gave; an unknown kind becomes `Unavailable`."""
    kind = KINDS.get(wire.get("kind", ""), Unavailable)
    detail = wire.get("detail") or {}
    return kind(wire.get("code", "rpc.unknown_error"), wire.get("message", ""), **detail)
