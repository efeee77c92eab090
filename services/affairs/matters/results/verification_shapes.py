"""What anybody asks to know whether a paper is true, and what is answered: enough to compare with the paper in the hand."""

from marshmallow import fields, validate

from services.affairs.matters.results.wording import as_compared
from services.chassis.core.schemas import Answer, Compact, Plain, Shape, Text, Time

VERDICTS = ("true", "revoked", "altered")
"""As it was issued and holds; as it was issued and revoked; signed by us, and not as it was issued. What is not ours is not found."""

MOST_BYTES = 1_000_000
"""Of a file that is verified: a paper of ours has 40 kB, and one that somebody added something to is to be known as such."""


class ResultNumber(Text):
    """A number as people copy it from paper: other brackets, blanks and full-width digits mean the same."""

    def __init__(self, **kwargs):
        super().__init__(120, 4, **kwargs)

    def _deserialize(self, value, attr, data, **kwargs):
        return as_compared(super()._deserialize(value, attr, data, **kwargs))


class CheckPaperToken(Shape):
    """Whether the paper with this QR code is true."""

    token = Plain(
        required=True,
        validate=validate.Regexp(r"\A[A-Za-z0-9_\-]{20,100}\Z", error="二维码里的网址不完整，请重新扫描。"),
        metadata={"description": "二维码网址最后一段"},
    )


class CheckPaperNumber(Shape):
    """Whether there is a paper with this number and these characters beside it, and what it says, to be compared."""

    number = ResultNumber(required=True, metadata={"description": "文号，如 邛崃市民政局〔2026〕12号"})
    check = Compact(
        "[A-Z0-9]{8}",
        "校验码是文书下方的 8 个字母和数字，请核对。",
        upper=True,
        required=True,
        metadata={"description": "文书下方的校验码"},
    )


class CheckPaperFile(Shape):
    """Whether a file is as it was issued; nothing of it is kept."""

    body = Plain(
        required=True,
        validate=validate.Length(1, MOST_BYTES * 4 // 3 + 4, error="文件最大 1 MB，请上传收到的原文件。"),
        metadata={"description": "文件内容，base64"},
    )


class PaperChecked(Answer):
    """Whether it is true, and what stands on the true one: the name masked, nothing of what the office added.

    Of a file that was altered the paper is known only where something was added behind it. `official_seal` is always false: what is signed here is
    signed by the county's own authority.
    """

    verdict = fields.String(
        required=True,
        validate=validate.OneOf(VERDICTS),
        metadata={"description": "true 属实，revoked 已撤销，altered 有改动"},
    )
    number = fields.String(required=True, metadata={"description": "文号；看不出是哪一份的是空的"})
    kind = fields.String(required=True, metadata={"description": "文书名称"})
    office = fields.String(required=True)
    matter_name = fields.String(required=True)
    holder_name = fields.String(
        attribute="shown_name",
        required=True,
        metadata={"description": "姓名，已隐去；账号已注销的是空的"},
    )
    issued_at = Time(required=True, allow_none=True, metadata={"description": "出具的时间"})
    revoked_at = Time(required=True, allow_none=True, metadata={"description": "撤销的时间"})
    replaced_by = fields.String(required=True, metadata={"description": "更正它的那份的文号，空的是没有"})
    signer = fields.String(required=True, metadata={"description": "文件是谁签名的；没有核验文件的是空的"})
    official_seal = fields.Boolean(
        required=True, metadata={"description": "是否带国家政务服务平台的电子印章"}
    )
