"""What is done with codes: one is asked for, and exchanged for a session, a new password or the proof of a phone."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from services.identity.access.verification_codes.model import (
    LIFETIME,
    VerificationCode,
    codes_need_a_provider_of_messages,
    counted,
    too_many_codes,
    wrong_code,
    wrong_visitors_code,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.civic.calls import Call
    from services.identity.access.account import DeviceHolder
    from services.identity.access.verification_codes.ports import (
        BeginSession,
        EndingIsRight,
        NetworkOf,
        OwnerOf,
        PasswordIsGood,
        ProofsOfWork,
        ReplacePassword,
        Texting,
    )
    from services.identity.access.verification_codes.store import CodeRequests, VerificationCodeStore

ASK = "ask for a code"
"""What a proof of work is good for here."""


def ask(
    codes: VerificationCodeStore,
    requests: CodeRequests,
    owner_of: OwnerOf,
    device_of: Callable[[str | None, DeviceHolder | None], str | None],
    hash_of: Callable[[str], str],
    network_of: NetworkOf,
    proofs: ProofsOfWork,
    texting: Texting,
    call: Call,
) -> VerificationCode:
    """Have a code sent to whoever has this phone; the same is written and answered where nobody has it.

    A visitor's code is sent to the phone itself, and whose it is is not looked at. Raises TooMany, where work would help with
    the challenge. `owner_of` gives the resident with a phone or None, `device_of` the device that a token names if the owner has
    signed in on it, `hash_of` a phone's keyed hash.
    """
    codes_need_a_provider_of_messages(texting.is_on)
    phone, visits = call.data["phone"], call.data["purpose"] == "visit"
    owner = None if visits else owner_of(phone)
    device = device_of(call.data["device_token"], owner)
    paid = proofs.spend(ASK, phone, call.data["proof_of_work"], call.now)
    challenge = {} if paid else {"proof_of_work": proofs.challenge(ASK, phone, call.now)}
    for names, most in counted(hash_of(phone), network_of(call.caller.address), device, paid):
        until = requests.count(names, most, call.now)
        if until:
            raise too_many_codes(until, call.now, **challenge)
    code = VerificationCode(
        id=call.new_id("code"),
        region=owner.region if owner else "",
        person=owner.id if owner else "",
        purpose=call.data["purpose"],
        asked_at=call.now,
        expires_at=call.now + LIFETIME,
        phone=phone if visits else "",
    )
    codes.add(code, [], call)
    texting.send_code(code.id, code.person, code.region, code.expires_at, call)
    return code


def sign_in(
    codes: VerificationCodeStore,
    digits_of: Callable[[str], str],
    ending_is_right: EndingIsRight,
    begin: BeginSession,
    call: Call,
) -> dict:
    """Exchange a code for a session, once; raises Forbidden, the same way whatever was wrong.

    `digits_of` derives a code from its id, `begin` begins the session of a person.
    """
    code = _proved(codes, digits_of, ending_is_right, "sign_in", call)
    _use(codes, code, call)
    return begin(code.person, call)


def reset_password(
    codes: VerificationCodeStore,
    digits_of: Callable[[str], str],
    ending_is_right: EndingIsRight,
    password_is_good: PasswordIsGood,
    replace_password: ReplacePassword,
    call: Call,
) -> dict:
    """Exchange a code for a new password and a session, once; raises as `sign_in`, and Rejected for a bad password.

    A password that is bad whoever chooses it is refused before anything is looked at, so that it uses no try up.
    """
    password_is_good(call.data["new_password"], "", "")
    code = _proved(codes, digits_of, ending_is_right, "reset_password", call)
    return replace_password(code.person, lambda: _use(codes, code, call), call)


def _proved(
    codes: VerificationCodeStore,
    digits_of: Callable[[str], str],
    ending_is_right: EndingIsRight,
    purpose: str,
    call: Call,
) -> VerificationCode:
    """The code whose digits and whose person's ending were said; the ending is looked at only for who holds the phone."""
    asked = call.data
    if not codes.begin_try(asked["code_id"], call):
        raise wrong_code()
    code = codes.get(asked["code_id"])
    right = _same(digits_of(code.id), asked["code"])
    if not right or not code.person or code.purpose != purpose:
        raise wrong_code()
    if not ending_is_right(code.person, asked["id_number_ending"], call):
        raise wrong_code()
    return code


def _use(codes: VerificationCodeStore, code: VerificationCode, call: Call) -> None:
    """Use a code up; raises Forbidden where somebody was faster."""
    if not codes.use(code.id, call):
        raise wrong_code()


def prove_phone(codes: VerificationCodeStore, digits_of: Callable[[str], str], call: Call) -> str:
    """Exchange a visitor's code for its phone, once; raises Forbidden, the same way whatever was wrong."""
    id = call.data["code_id"]
    if not codes.begin_try(id, call):
        raise wrong_visitors_code()
    code = codes.get(id)
    right = _same(digits_of(code.id), call.data["code"]) and code.purpose == "visit"
    if not right or not codes.use(code.id, call):
        raise wrong_visitors_code()
    return code.phone


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
