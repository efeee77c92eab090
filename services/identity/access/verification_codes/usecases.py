"""What is done with codes: one is asked for, and one is exchanged for a session or for the proof of a phone."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from services.identity.access.verification_codes.model import (
    LIFETIME,
    TO_ANYBODY,
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
        NetworkOf,
        OwnerOf,
        Texting,
        WhoIsOpened,
    )
    from services.identity.access.verification_codes.store import CodeRequests, VerificationCodeStore


def ask(
    codes: VerificationCodeStore,
    requests: CodeRequests,
    owner_of: OwnerOf,
    device_of: Callable[[str | None, DeviceHolder | None], str | None],
    hash_of: Callable[[str], str],
    network_of: NetworkOf,
    texting: Texting,
    call: Call,
) -> VerificationCode:
    """Have a code sent to whoever has this phone; the same is written and answered where nobody has it.

    A code to visit or to prove a phone is sent to the phone itself, and whose it is is not looked at. Raises TooMany. `owner_of` gives a
    resident with a phone or None, `device_of` the device that a token names if the owner has signed in on it, `hash_of` a phone's
    keyed hash. Who only typed the phone into a form has no device that counts: a program would flood it from device after device.
    """
    codes_need_a_provider_of_messages(texting.is_on)
    phone, to_anybody = call.data["phone"], call.data["purpose"] in TO_ANYBODY
    owner = None if to_anybody else owner_of(phone)
    device = device_of(call.data["device_token"], owner if owner and owner.phone_vouched else None)
    for names, most in counted(hash_of(phone), network_of(call.caller.address), device):
        until = requests.count(names, most, call.now)
        if until:
            raise too_many_codes(until, call.now)
    code = VerificationCode(
        id=call.new_id("code"),
        region=owner.region if owner else "",
        person=owner.id if owner else "",
        purpose=call.data["purpose"],
        asked_at=call.now,
        expires_at=call.now + LIFETIME,
        phone=phone if owner or to_anybody else "",
    )
    codes.add(code, [], call)
    texting.send_code(code.id, code.person, code.region, code.expires_at, call)
    return code


def sign_in(
    codes: VerificationCodeStore,
    digits_of: Callable[[str], str],
    who_is_opened: WhoIsOpened,
    begin: BeginSession,
    call: Call,
) -> dict:
    """Exchange a code for a session, once; raises Forbidden, the same way whatever was wrong.

    `digits_of` derives a code from its id, `who_is_opened` tells whose entry the phone opens with this end of the number, `begin` gives
    the phone to that person and begins the session.
    """
    asked = call.data
    if not codes.begin_try(asked["code_id"], call):
        raise wrong_code()
    code = codes.get(asked["code_id"])
    person = who_is_opened(code.phone, asked["id_number_ending"])
    right = _same(digits_of(code.id), asked["code"]) and code.purpose == "sign_in"
    if person is None or not right or not codes.use(code.id, call):
        raise wrong_code()
    return begin(person, code.phone, call)


def prove_phone(
    codes: VerificationCodeStore, digits_of: Callable[[str], str], purpose: str, call: Call
) -> str:
    """Exchange a code of this purpose for its phone, once; raises Forbidden, the same way whatever was wrong."""
    id = call.data["code_id"]
    if not codes.begin_try(id, call):
        raise wrong_visitors_code()
    code = codes.get(id)
    right = _same(digits_of(code.id), call.data["code"]) and code.purpose == purpose
    if not right or not codes.use(code.id, call):
        raise wrong_visitors_code()
    return code.phone


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())
