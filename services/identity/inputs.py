"""What people type where they say who they are: papers and their numbers, codes, logins and passwords; and what is shown of them."""

import re
import unicodedata

import pycountry
from marshmallow import ValidationError, fields, validate

from services.chassis.core import cleaning
from services.chassis.core.schemas import Compact, Plain, described
from services.civic.inputs import MOBILE, national
from services.civic.masking import mask_id_number

LONGEST_PASSWORD = 128
STATELESS = ("XXA", "XXB", "XXC", "XXX", "UNO", "UNA", "XOM")
"""Issuers of travel documents that are no country (ICAO Doc 9303 part 3, section 5)."""

ISSUERS = frozenset({*(country.alpha_3 for country in pycountry.countries), *STATELESS, "RKS"})
_SHORT = {"D": "DEU"}
"""What a passport's machine-readable zone writes shorter than ISO 3166-1 (ICAO Doc 9303 part 3, section 5)."""


class PaperNumber(Compact):
    """The number of a paper, in capitals; whether it is one of its kind is a rule (`people/papers.py`)."""

    def __init__(self, description: str = "证件号码；居民身份证号为 18 位", **kwargs):
        error = "证件号码应为 5 至 24 位字母或数字，请核对后重新填写。"
        super().__init__("[0-9A-Z]{5,24}", error, upper=True, **described(description, kwargs))


class MaskedNumber(fields.String):
    """A paper's number as an answer shows it: masked by the rule of today, however it was stored."""

    def _serialize(self, value, attr, obj, **kwargs):
        return super()._serialize(value and mask_id_number(value), attr, obj, **kwargs)


class NumberEnding(Compact):
    """The last four characters of a paper's number."""

    def __init__(self, **kwargs):
        error = "请填写证件号码的后四位（字母或数字）。"
        super().__init__("[0-9A-Z]{4}", error, upper=True, **described("证件号码后四位", kwargs))


class SmsCode(Compact):
    """The six digits that came to a phone."""

    def __init__(self, **kwargs):
        super().__init__("[0-9]{6}", "验证码应为 6 位数字。", **described("短信验证码", kwargs))


class FactorCode(Compact):
    """A code of an authenticator, or a recovery code, whose capitals count."""

    def __init__(self, description: str = "第二因素：验证器上的数字或恢复码", **kwargs):
        error = "请填写验证器上的 6 位数字，或 10 位恢复码。"
        super().__init__("[0-9A-Za-z]{1,32}", error, **described(description, kwargs))


class ProofOfWork(Plain):
    """What was computed to a challenge: the challenge, a colon and the solution."""

    FORM = r"\A[0-9]{1,2}\.[0-9]{1,12}\.[0-9a-f]{32}\.[0-9a-f]{64}:[0-9A-Za-z_\-]{1,64}\Z"
    SAID = "安全验证的结果格式不对，请重新获取后再试。"

    def __init__(self, **kwargs):
        form = validate.Regexp(self.FORM, error=self.SAID)
        super().__init__(validate=form, **described("工作量证明：质询、冒号和解", kwargs))


class Country(Compact):
    """The country that issued a passport, ISO 3166-1 alpha-3; refused where there is none with these letters."""

    def __init__(self, **kwargs):
        super().__init__(
            "[A-Z]{3}",
            self.SAID,
            upper=True,
            **described("护照签发国（地区），ISO 3166-1 三位字母代码", kwargs),
        )

    SAID = "请填写护照上的三位字母国家代码，如 VNM。"

    def _deserialize(self, value, attr, data, **kwargs):
        code = super()._deserialize(value, attr, data, **kwargs).rstrip("<")
        code = _SHORT.get(code, code)
        if code not in ISSUERS:
            raise ValidationError(self.SAID)
        return code


class Login(Plain):
    """What somebody signs in with: a phone, however it is written, or a login name, small letters whatever was typed."""

    def __init__(self, **kwargs):
        length = validate.Length(1, 64, error="请填写登录名或手机号，最多 64 个字符。")
        super().__init__(validate=length, **described("手机号或登录名", kwargs))

    def _deserialize(self, value, attr, data, **kwargs):
        return as_login(super()._deserialize(value, attr, data, **kwargs))


def as_login(text: str) -> str:
    """Tell a phone from a login name, which may hold dashes; neither holds blanks at its ends."""
    phone = national(cleaning.compact(text))
    if re.fullmatch(MOBILE, phone):
        return phone
    return cleaning.visible(unicodedata.normalize("NFKC", text)).strip().lower()


class Password(Plain):
    """A password as it was typed, blanks included; `least` for one that is chosen. What it is compared as: `core/secrets.py`."""

    def __init__(self, least: int = 1, **kwargs):
        error = f"密码应为 {least} 至 {LONGEST_PASSWORD} 个字符。" if least > 1 else "请填写密码。"
        length = validate.Length(least, LONGEST_PASSWORD, error=error)
        super().__init__(validate=length, **described(error.rstrip("。"), kwargs))


class OneTimePassword(Password):
    """The password that was handed over: blanks that came along with a copy are dropped."""

    def _deserialize(self, value, attr, data, **kwargs):
        return cleaning.visible(super()._deserialize(value, attr, data, **kwargs)).strip()
