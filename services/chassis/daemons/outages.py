"""Whose outage it is, in words that an operator who reads a log can act upon."""

from pymongo.errors import ConnectionFailure, OperationFailure, PyMongoError

from services.chassis.amqp import transport
from services.chassis.storage.faults import told_of


def whose(error: Exception) -> str:
    """Name who does not answer, with the library's own name of it in brackets.

    A database that hangs makes PyMongo's own thread give up with `_OperationCancelled`, which names nobody.
    """
    kind = type(error).__name__
    if isinstance(error, ConnectionFailure) or (isinstance(error, PyMongoError) and error.timeout):
        return f"the database does not answer ({kind})"
    if isinstance(error, OperationFailure):
        return f"the database refuses ({told_of(error)})"
    if isinstance(error, transport.OUTAGES):
        return f"the broker does not answer, or takes nothing ({kind})"
    return kind
