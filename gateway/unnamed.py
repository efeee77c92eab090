"""Operations that leave the gateway without the caller: whoever reads what travels inside finds nobody in it.

A reporter who is signed in is nobody's business but the own: neither person nor session stands in the request's headers, and identity
is not asked about the session either, for a question at that moment would tell as much. The Idempotency-Key that is sent on is derived:
bound to who sent it, so that a repeat meets the first and another person with the same key does not, and readable by nobody.
"""

from services.chassis.core.secrets import keyed_hash
from services.chassis.rpc.keys import checked
from services.civic.actor import CivicActor
from services.civic.operation import Operation


def leaves_unnamed(operation: Operation, asked: dict) -> bool:
    """Tell whether a request goes without its caller: where the operation says so, and the caller does not want to be known."""
    return operation.unnamed and asked.get(operation.unless) not in (True,)


def key_of(secret: bytes, operation: Operation, caller: CivicActor, key: str | None) -> str | None:
    """Derive the key that is sent on; raises Invalid and Rejected for the caller's as the service would."""
    if not operation.writes:
        return None
    return keyed_hash(secret, "unnamed", caller.id, checked(key, operation.random_key))
