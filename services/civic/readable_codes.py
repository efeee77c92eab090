"""Codes that people copy from a screen or a paper and read out on the phone."""

import hashlib

CHARACTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""None that people confuse when they copy them: no I and O, no 0 and 1."""


def readable(secret: str, length: int) -> str:
    """Give the characters that a secret text has for others: who has it can tell them, not the other way round."""
    digest = hashlib.sha256(secret.encode()).digest()
    return "".join(CHARACTERS[byte % len(CHARACTERS)] for byte in digest[:length])
