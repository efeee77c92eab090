"""How a failure is written down without personal data: class, code and places, never texts or values."""

import traceback

from services.chassis.core.errors import DomainError

FRAMES = 12


def describe(error: BaseException) -> str:
    """Give the error's class, and a DomainError's code; its text may hold personal data."""
    kind = type(error).__name__
    return f"{kind} {error.code}" if isinstance(error, DomainError) else kind


def frames(error: BaseException) -> str:
    """Give the last places of the trace, one `file:line function` a line."""
    stack = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return "\n".join(f"{_short(f.filename)}:{f.lineno} {f.name}" for f in stack)


def _short(filename: str) -> str:
    parts = filename.replace("\\", "/").split("/")
    return "/".join(parts[parts.index("services") :] if "services" in parts else parts[-2:])
