"""What a receipt is made of.

Everything goes through one keyed hash (HMAC-SHA256) with a word of its own in front, so that nobody without the key gets from the
idempotency key to the receipt, from the receipt to the report's id, or back; not even with the whole database.
"""

from collections.abc import Callable

from services.chassis.core.cleaning import compact

Keyed = Callable[..., str]
"""Gives 64 hexadecimal digits of any strings."""

DIGITS = 16


def receipt_for(keyed: Keyed, call_key: str) -> str:
    """Derive the 16 digits for a submission; the same submission gives the same digits, so none need be stored."""
    return str(int(keyed("receipt", call_key), 16) % 10**DIGITS).zfill(DIGITS)


def stored_form(keyed: Keyed, receipt: str) -> str:
    """Hash what is stored of a receipt; full-width digits, spaces and dashes that people write are the same receipt."""
    return keyed("stored receipt", compact(receipt))


def untraceable(keyed: Keyed, call_key: str, fingerprint: str) -> tuple[str, str]:
    """Derive the key and fingerprint under which an anonymous call may be remembered.

    The chassis' own are plain hashes. A request that holds a receipt has only 10^16 possible fingerprints: whoever stole the
    database could try them all. With the key in them nothing can be tried.
    """
    return keyed("request key", call_key)[:32], keyed("request fingerprint", fingerprint)[:16]
