"""What an office asks to have changed of the form of a draft, one question or page at a time."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Edit, Fen, Id, Name, Plain, Text, Whole
from services.civic.forms.kinds import KINDS
from services.civic.forms.writing import LARGEST

WAYS = ("up", "down", "out")
PARTS = ("question", "page")
MOST_ANSWERS = 40


class FormKey(Plain):
    """The key of a page or question of a form."""

    def __init__(self, **kwargs):
        error = "代号由小写字母、数字和 _ 组成，字母开头，最多 30 个字符，请核对。"
        super().__init__(validate=validate.Regexp(r"\A[a-z][a-z0-9_]{0,29}\Z", error=error), **kwargs)


def _answers(description: str) -> fields.List:
    return fields.List(
        Text(140),
        load_default=list,
        validate=validate.Length(0, MOST_ANSWERS, error=f"最多 {MOST_ANSWERS} 项，请删减。"),
        metadata={"description": description},
    )


WHEN = "什么时候才问：题目代号=答案，同一题可以写几个答案；不写就总是问"


class WriteQuestion(Edit):
    """One question of a draft's form: the one with this key is changed; without a key it is a new one."""

    matter_id = Id(required=True)
    question = FormKey(load_default=None, allow_none=True, metadata={"description": "题目代号；新的题不填"})
    page = FormKey(
        load_default=None, allow_none=True, metadata={"description": "放在哪一页；不填就是新的一页"}
    )
    page_title = Text(100, 0, load_default="", metadata={"description": "新的一页的标题"})
    kind = fields.String(
        required=True, validate=validate.OneOf(tuple(KINDS)), metadata={"description": "哪一种题"}
    )
    title = Name(100, required=True, metadata={"description": "问什么"})
    hint = Text(500, 0, load_default="", lines=True, metadata={"description": "填写说明"})
    example = Text(100, 0, load_default="", metadata={"description": "例子"})
    required = fields.Boolean(load_default=False, metadata={"description": "必须回答"})
    choices = fields.List(
        Text(100),
        load_default=list,
        validate=validate.Length(0, 40, error="最多 40 个选项，请删减。"),
        metadata={"description": "单选、多选题的选项，至少两个"},
    )
    longest = Whole(
        1, 2000, load_default=None, allow_none=True, metadata={"description": "文字题最多写几个字"}
    )
    least = Whole(
        0, LARGEST["fen"], load_default=None, allow_none=True, metadata={"description": "数字题最小填几"}
    )
    most = Whole(
        0, LARGEST["fen"], load_default=None, allow_none=True, metadata={"description": "数字题最大填几"}
    )
    least_fen = Fen(load_default=None, allow_none=True, metadata={"description": "金额题最小填几分"})
    most_fen = Fen(load_default=None, allow_none=True, metadata={"description": "金额题最大填几分"})
    when = _answers(WHEN)
    from_account = fields.Boolean(
        load_default=False, metadata={"description": "照申请人账户里的姓名、手机号、身份证号或所在村填"}
    )


class WriteFormPage(Edit):
    """What a page of a draft's form is called, and whether it is filled in for each of several."""

    matter_id = Id(required=True)
    page = FormKey(required=True, metadata={"description": "哪一页"})
    title = Name(100, required=True, metadata={"description": "这一页的标题"})
    hint = Text(500, 0, load_default="", lines=True, metadata={"description": "填写说明"})
    most_rows = Whole(
        1,
        20,
        load_default=None,
        allow_none=True,
        metadata={"description": "像家庭成员那样每人填一份的，最多几份；只填一次的不填"},
    )
    least_rows = Whole(
        0, 20, load_default=None, allow_none=True, metadata={"description": "至少几份，不填就是可以不填"}
    )
    when = _answers(WHEN)


class ArrangeForm(Edit):
    """Move a question or a page of a draft's form, or take it out."""

    matter_id = Id(required=True)
    part = fields.String(
        required=True, validate=validate.OneOf(PARTS), metadata={"description": "question 题，page 页"}
    )
    of = FormKey(required=True, metadata={"description": "题目或页的代号"})
    move = fields.String(
        required=True,
        validate=validate.OneOf(WAYS),
        metadata={"description": "up 往前，down 往后，out 删掉"},
    )
