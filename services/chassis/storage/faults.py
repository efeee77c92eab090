"""What may be said of a fault of the database: its text may quote the documents that it speaks of."""

from pymongo.errors import OperationFailure


def told_of(error: Exception) -> str:
    """Name a fault: the database's own name of it for what the database refused, else its kind and text."""
    if isinstance(error, OperationFailure):
        return str((error.details or {}).get("codeName") or type(error).__name__)
    return f"{type(error).__name__}: {str(error)[:300]}"
