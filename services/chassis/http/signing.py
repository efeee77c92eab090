"""What is signed with a shared secret: HMAC-SHA256 (hex) of some words and the body, joined by dots."""

import hashlib
import hmac
import re
import time

import orjson

FRESH_SECONDS = 300
"""What is signed is good for five minutes to either side of our clock; a copy not for ever."""

SECONDS = re.compile(r"[0-9]{1,12}")


def sign(secret: bytes, body: bytes, *words: str) -> str:
    """Give the signature of a body and the words before it, 64 hexadecimal digits."""
    before = "".join(f"{word}." for word in words)
    return hmac.new(secret, _encoded(before) + body, hashlib.sha256).hexdigest()


def is_signed(signature: str, secret: bytes, body: bytes, *words: str) -> bool:
    """Tell whether a signature, whatever a stranger sent as one, is the one of this body and these words."""
    return hmac.compare_digest(sign(secret, body, *words).encode(), _encoded(signature))


def is_fresh(timestamp: str, now: float) -> bool:
    """Tell whether a time stamp (Unix seconds), whatever a stranger sent as one, is near enough to `now`."""
    return bool(SECONDS.fullmatch(timestamp)) and abs(now - int(timestamp)) <= FRESH_SECONDS


def signed_headers(
    name: str, secret: bytes, body: bytes, purpose: str = "", nonce: str = ""
) -> dict[str, str]:
    """Give the headers of a JSON request that is signed now: X-<name>-Timestamp, -Nonce where there is one, and -Signature.

    Signed is `[<purpose>.]<timestamp>.[<nonce>.]<body>`.
    """
    timestamp = str(int(time.time()))
    words = [word for word in (purpose, timestamp, nonce) if word]
    headers = {"Content-Type": "application/json", f"X-{name}-Timestamp": timestamp}
    if nonce:
        headers[f"X-{name}-Nonce"] = nonce
    return {**headers, f"X-{name}-Signature": sign(secret, body, *words)}


def json_object(body: bytes) -> dict:
    """Give the JSON object that a stranger sent; an empty one where it is none."""
    try:
        said = orjson.loads(body)
    except orjson.JSONDecodeError:
        return {}
    return said if isinstance(said, dict) else {}


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
