"""What may be said of a fault of the database, whose text may quote documents, and which one is none: what is there already."""

from pymongo.errors import BulkWriteError, DuplicateKeyError, OperationFailure

DUPLICATE_KEY = 11000
"""The server's code for what a unique index refuses."""


def told_of(error: Exception) -> str:
    """Name a fault: the database's own name of it for what the database refused, else its kind and text."""
    if isinstance(error, OperationFailure):
        return str((error.details or {}).get("codeName") or type(error).__name__)
    return f"{type(error).__name__}: {str(error)[:300]}"


def only_duplicates(error: BulkWriteError | DuplicateKeyError) -> bool:
    """Tell whether all that went wrong is that something is there already; what no majority has written may yet be taken back."""
    details = error.details or {}
    errors = details.get("writeErrors")
    if details.get("writeConcernErrors"):
        return False
    return (
        all(one["code"] == DUPLICATE_KEY for one in errors)
        if errors
        else isinstance(error, DuplicateKeyError)
    )
