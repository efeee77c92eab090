"""Which passwords are good: long, not the account's name or its person's number, not one that guessers try first.

Source: NIST SP 800-63B section 3.1.1.2 (length, a blocklist of common and context-specific ones, no rules about kinds of characters).
"""

import itertools
import re
import unicodedata

from services.chassis.core.errors import Rejected
from services.identity.people.papers import is_national

FEWEST_DIFFERENT = 5
COMMON = (
    "password", "passw0rd", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx", "3edc4rfv", "qazwsxedc", "q1w2e3r4", "letmein",
    "iloveyou", "woaini", "5201314", "1314520", "administrator", "admin", "welcome", "changeme", "abc123", "abcd1234", "a1b2c3d4",
    "xiangzhi", "zhengfu", "cunweihui", "12345678", "123456", "654321", "11223344", "test1234", "superman", "dragon", "monkey",
)  # fmt: skip
"""What common passwords are made of; taken out of a password, enough must be left to guess."""

LEFT = 6
"""Characters, at least, that a password has beside common parts and what the account is known by."""

EIGHTEEN = re.compile(r"(?=([0-9]{17}[0-9x]))")


def a_password_is_good(new: str, old: str, login: str) -> None:
    """Refuse a password that is the old one, what the account is known by, or one of the first that somebody would try.

    `login` is the account's name, or a number by which its person is known. It is looked at what the characters mean, as they are compared.
    """
    the_new_password_is_another_one(new, old)
    normal = unicodedata.normalize("NFKC", new)
    a_password_does_not_follow_from_the_account(normal, login)
    a_password_is_not_a_common_one(normal)


def the_new_password_is_another_one(new: str, old: str) -> None:
    """The chosen password must not be the one before."""
    if new == old:
        raise Rejected("session.password_not_new", "新密码不能与原密码相同，请另设一个。")


def a_password_does_not_follow_from_the_account(new: str, login: str) -> None:
    """Who knows the account's name, the phone or the paper must not be near its password.

    Whole numbers are not kept: where the own one is not at hand, no number that somebody has on a Chinese ID card is taken.
    """
    plain = new.casefold()
    anybodys = [found for found in EIGHTEEN.findall(plain) if is_national(found.upper())]
    known = (one.casefold() for one in (login, *anybodys))
    if any(one and one in plain and len(plain) - len(one) < LEFT for one in known):
        raise Rejected(
            "session.password_follows_from_login",
            "密码不能由登录名、手机号或证件号码加几个字符组成，请另设一个。",
        )


def a_password_is_not_a_common_one(new: str) -> None:
    """Repetitions, rows of digits and the words that everybody takes are tried first."""
    rest = new.casefold()
    for part in sorted(COMMON, key=len, reverse=True):
        rest = rest.replace(part, "")
    if len(set(new)) < FEWEST_DIFFERENT or len(rest) < min(LEFT, len(new)) or _is_a_row(new):
        raise Rejected("session.password_too_common", "这个密码太常见，容易被猜中，请另设一个。")


def _is_a_row(password: str) -> bool:
    """Tell whether each character follows from the one before, as in 0123456789 or zyxwvutsrq."""
    steps = {ord(b) - ord(a) for a, b in itertools.pairwise(password)}
    return len(steps) == 1 or (password.isdigit() and steps <= {1, -9})
