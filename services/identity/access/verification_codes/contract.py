"""Shapes of codes."""

from marshmallow import fields, validate

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import Answer, Id, Shape, Time
from services.civic.operation import Operation
from services.identity.access.sessions.contract import Tokens, device_token

PHONE = validate.Regexp(r"\A1[3-9][0-9]{9}\Z", error="手机号应为 11 位数字，以 1 开头。")
DIGITS = validate.Regexp(r"\A[0-9]{6}\Z", error="验证码应为 6 位数字。")
ENDING = validate.Regexp(r"\A[0-9]{3}[0-9Xx]\Z", error="身份证号后四位应为 4 位数字，末位可以是 X。")
PURPOSES = ("sign_in", "visit")


class AskForCode(Shape):
    """Have a code sent to a phone: to sign in, or to visit without an account."""

    phone = fields.String(required=True, validate=PHONE, metadata={"description": "手机号"})
    purpose = fields.String(load_default="sign_in", validate=validate.OneOf(PURPOSES))
    device_token = device_token()


class CodeAsked(Answer):
    """The code's id, to be sent with its digits; the answer is the same where nobody has the phone, and nothing is sent then."""

    code_id = Id(required=True, attribute="id")
    expires_at = Time(required=True)


class SignInByCode(Shape):
    """Sign in with the digits that came to the phone and the last four characters of the ID number."""

    code_id = Id(required=True)
    code = fields.String(required=True, validate=DIGITS)
    id_number_ending = fields.String(
        required=True, validate=ENDING, metadata={"description": "身份证号后四位"}
    )
    device_token = device_token()


ask_for_code = Operation(AskForCode, CodeAsked, allow=(ANYONE,), caller=True)
sign_in_by_code = Operation(SignInByCode, Tokens, allow=(ANYONE,), caller=True)
