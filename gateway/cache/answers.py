"""A kept answer as HTTP: validator, age, and 304 for who has it already (RFC 9110, 9111, 9211)."""

from hashlib import blake2b

CONTROL = "public, no-cache"
"""Anybody may keep it and must ask each time whether it still holds: 304 is a few bytes on a slow line. It never varies:
the question is asked without the caller's token."""

LONGEST_LIST = 1024
"""Characters of If-None-Match that are read."""


def etag_of(body: bytes) -> str:
    """Give a strong validator: the same bytes have the same one in every worker."""
    return f'"{blake2b(body, digest_size=12).hexdigest()}"'


def lasting(body: bytes, etag: str) -> list[tuple[str, str]]:
    """Give the headers that stay the same as long as the answer is kept."""
    return [
        ("Content-Type", "application/json"),
        ("Content-Length", str(len(body))),
        ("ETag", etag),
        ("Cache-Control", CONTROL),
    ]


def lasting_unchanged(etag: str) -> list[tuple[str, str]]:
    """Give the headers of 304, which has no body to describe."""
    return [("ETag", etag), ("Cache-Control", CONTROL)]


def status_line(what: str) -> tuple[str, str]:
    """Give the header that says what the cache did."""
    return ("Cache-Status", f"xiangzhi; {what}")


def has_it_already(if_none_match: str | None, etag: str) -> bool:
    """Tell whether the caller holds these bytes; validators are compared weakly (RFC 9110, 13.1.2)."""
    if not if_none_match:
        return False
    if if_none_match == etag:
        return True
    listed = (one.strip().removeprefix("W/") for one in if_none_match[:LONGEST_LIST].split(","))
    return any(one in (etag, "*") for one in listed)
