"""Shapes of codes."""

from marshmallow import fields, validate

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import Answer, Id, Shape, Time
from services.civic.inputs import Phone
from services.civic.operation import Operation
from services.identity.access.sessions.contract import Tokens, device_token, proof_of_work
from services.identity.inputs import NumberEnding, Password, SmsCode

PURPOSES = ("sign_in", "reset_password", "visit", "phone", "wechat")


class AskForCode(Shape):
    """Have a code sent to a phone: to sign in, to replace a forgotten password, to visit without an account, to prove the phone
    for the own account, or to bind WeChat to it.
    """

    phone = Phone(required=True)
    purpose = fields.String(load_default="sign_in", validate=validate.OneOf(PURPOSES))
    device_token = device_token()
    proof_of_work = proof_of_work()


class CodeAsked(Answer):
    """The code's id, to be sent with its digits; the answer is the same where nobody has the phone, and nothing is sent then."""

    code_id = Id(required=True, attribute="id")
    expires_at = Time(required=True)


class SignInByCode(Shape):
    """Sign in with the digits that came to the phone and the last four characters of the ID number."""

    code_id = Id(required=True)
    code = SmsCode(required=True)
    id_number_ending = NumberEnding(required=True)
    device_token = device_token()


class ResetPassword(SignInByCode):
    """Replace a forgotten password with the digits that came to the phone and the last four characters of the ID number, and
    sign in; signs out on all other devices.
    """

    new_password = Password(10, required=True)


ask_for_code = Operation(AskForCode, CodeAsked, allow=(ANYONE,), caller=True)
sign_in_by_code = Operation(SignInByCode, Tokens, allow=(ANYONE,), caller=True)
reset_password = Operation(ResetPassword, Tokens, allow=(ANYONE,), caller=True)
