"""What an Idempotency-Key must be, said once: for the service that is bound by it, and for a gateway that sends another in its place."""

import re

from services.chassis.core.errors import Invalid, Rejected

KEY = re.compile(r"[\x21-\x7e]{16,128}")

RANDOM_LENGTH, RANDOM_DIFFERENT = 22, 8
"""Characters, and different ones, of a key that nobody can guess: 128 random bits in base64 have 22."""


def checked(key: object, random_key: bool) -> str:
    """Give the key back; raises Invalid where it is missing or none, Rejected where it must be random and is not."""
    if not key:
        raise Invalid("request.key_missing", "缺少 Idempotency-Key，请生成一个新的再提交。")
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise Invalid(
            "request.key_invalid", "Idempotency-Key 须为 16 至 128 个可见的英文字符，请换一个新的再提交。"
        )
    if random_key and (len(key) < RANDOM_LENGTH or len(set(key)) < RANDOM_DIFFERENT):
        raise Rejected(
            "request.key_too_weak",
            "请换一个至少 22 个字符的随机 Idempotency-Key（如 UUID）再提交。",
            least=RANDOM_LENGTH,
        )
    return key
