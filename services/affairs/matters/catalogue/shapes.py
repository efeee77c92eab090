"""The parts of a version of a matter as they are asked for and answered."""

from marshmallow import fields, validate

from services.affairs.matters.catalogue.content import (
    ACTORS,
    CHANNELS,
    FIELDS,
    LEVELS,
    PRESENCE,
    RULES,
    TRUST,
    UNITS,
)
from services.chassis.core.schemas import Answer, Fen, Name, Shape, Text, Whole


def _one_of(values: tuple, description: str, **options) -> fields.String:
    return fields.String(validate=validate.OneOf(values), metadata={"description": description}, **options)


def _some_of(values: tuple, description: str) -> fields.List:
    return fields.List(
        fields.String(validate=validate.OneOf(values)),
        load_default=list,
        validate=validate.Length(0, len(values)),
        metadata={"description": description},
    )


def _several(shape: type, most: int, description: str) -> fields.List:
    return fields.List(
        fields.Nested(shape),
        load_default=list,
        validate=validate.Length(0, most),
        metadata={"description": description},
    )


class RequiredMaterial(Shape):
    """One document that the applicant brings, how far it is trusted and why it may be asked for."""

    name = Name(100, required=True, metadata={"description": "材料名称"})
    note = Text(200, 0, load_default="", metadata={"description": "份数、原件或复印件等说明"})
    issuer = Text(100, 0, load_default="", metadata={"description": "材料由谁出具"})
    trust = _one_of(
        ("", *TRUST), "可信等级：A 电子证照 B 窗口核验后可重复使用 C 上传待核 D 本人承诺", load_default=""
    )
    ground = Text(200, 0, load_default="", metadata={"description": "要求提交这份材料的依据"})


class LegalGround(Shape):
    """One law with the article on which a matter rests."""

    law = Name(100, required=True, metadata={"description": "法律、法规或规章的名称"})
    article = Text(60, 0, load_default="", metadata={"description": "条款"})


class MatterRule(Shape):
    """One rule of the procedure, as its article has it."""

    what = _one_of(
        RULES, "规定的内容：时限、告知、逾期后果、延长、不计入、申请人期限、公示、材料", required=True
    )
    days = Whole(0, 3650, load_default=None, allow_none=True, metadata={"description": "天数，没有的为空"})
    unit = _one_of(UNITS, "working 工作日，calendar 自然日", load_default="working")
    text = Text(300, 2, required=True, metadata={"description": "规定的内容"})
    law = Name(100, required=True, metadata={"description": "出处"})
    article = Text(60, 0, load_default="", metadata={"description": "条款"})


class MatterStep(Shape):
    """One step that the applicant or the office takes."""

    name = Name(60, required=True, metadata={"description": "步骤名称"})
    text = Text(500, 0, load_default="", lines=True, metadata={"description": "怎么做"})


class MatterQuestion(Shape):
    """A question that people ask, and its answer."""

    question = Name(200, required=True, metadata={"description": "问题"})
    answer = Text(1000, 1, required=True, lines=True, metadata={"description": "回答"})


class FieldSource(Shape):
    """Where one field of a matter is from."""

    field = _one_of(tuple(FIELDS), "字段", required=True)
    source = Text(300, 2, required=True, metadata={"description": "出处：法律条款，或者谁确认的"})


class MatterFee(Shape):
    """What it costs."""

    charged = fields.Boolean(load_default=None, allow_none=True, metadata={"description": "是否收费"})
    amount_fen = Fen(load_default=None, allow_none=True, metadata={"description": "金额，分"})
    basis = Text(200, 0, load_default="", metadata={"description": "收费依据"})


class MatterContent(Shape):
    """What a version says beside its name, materials and days."""

    governs = Text(100, 0, load_default="", metadata={"description": "办理程序按哪部法"})
    grounds = _several(LegalGround, 20, "法律依据")
    rules = _several(MatterRule, 20, "程序规定")
    levels = _some_of(LEVELS, "可以办理的层级")
    assurance = Whole(0, 3, load_default=None, allow_none=True, metadata={"description": "核实身份的等级"})
    actors = _some_of(ACTORS, "谁可以办或者代办")
    in_person = _one_of(
        ("", *PRESENCE), "到场：none 不用 once 一次 appointment 只能预约到场", load_default=""
    )
    channels = _some_of(CHANNELS, "办理渠道，按推荐的先后")
    fee = fields.Nested(MatterFee, load_default=None, allow_none=True, metadata={"description": "收费"})
    steps = _several(MatterStep, 20, "办理步骤")
    result = Text(200, 0, load_default="", metadata={"description": "办理结果"})
    questions = _several(MatterQuestion, 20, "常见问题")
    days_unit = _one_of(UNITS, "时限的单位：working 工作日，calendar 自然日", load_default="working")
    sources = _several(FieldSource, len(FIELDS), "各字段的出处；没有出处的由主办部门填写")


class MaterialAnswer(Answer):
    """One document that the applicant brings, as the catalogue shows it."""

    name = fields.String(required=True)
    note = fields.String(required=True)
    issuer = fields.String(metadata={"description": "材料由谁出具"})
    trust = fields.String(metadata={"description": "可信等级，没有填写的为空"})
    ground = fields.String(metadata={"description": "要求提交这份材料的依据"})


class GroundAnswer(Answer):
    """One law with its article."""

    law = fields.String(required=True, metadata={"description": "法律、法规或规章的名称"})
    article = fields.String(required=True, metadata={"description": "条款"})


class RuleAnswer(GroundAnswer):
    """One rule of the procedure."""

    what = _one_of(RULES, "规定的内容", required=True)
    days = fields.Integer(required=True, allow_none=True, metadata={"description": "天数，没有的为空"})
    unit = _one_of(UNITS, "working 工作日，calendar 自然日", required=True)
    text = fields.String(required=True, metadata={"description": "规定的内容"})


class StepAnswer(Answer):
    """One step."""

    name = fields.String(required=True, metadata={"description": "步骤名称"})
    text = fields.String(required=True, metadata={"description": "怎么做"})


class QuestionAnswer(Answer):
    """A question with its answer."""

    question = fields.String(required=True, metadata={"description": "问题"})
    answer = fields.String(required=True, metadata={"description": "回答"})


class SourceAnswer(Answer):
    """Where a field is from; an empty source says that the office must say."""

    field = _one_of(tuple(FIELDS), "字段", required=True)
    name = fields.String(required=True, metadata={"description": "字段的名称"})
    source = fields.String(required=True, metadata={"description": "出处；为空的由主办部门填写"})
    note = fields.String(metadata={"description": "没有出处的写明由办理单位确认，有出处的为空"})


class FeeAnswer(Answer):
    """What it costs."""

    charged = fields.Boolean(
        required=True, allow_none=True, metadata={"description": "是否收费，没有填写的为空"}
    )
    amount_fen = fields.Integer(required=True, allow_none=True, metadata={"description": "金额，分"})
    basis = fields.String(required=True, metadata={"description": "收费依据"})


class ContentAnswer(Answer):
    """What a version says beside its name, materials and days."""

    governs = fields.String(required=True, metadata={"description": "办理程序按哪部法"})
    grounds = fields.List(fields.Nested(GroundAnswer), required=True, metadata={"description": "法律依据"})
    rules = fields.List(fields.Nested(RuleAnswer), required=True, metadata={"description": "程序规定"})
    levels = fields.List(fields.String(), required=True, metadata={"description": "可以办理的层级"})
    assurance = fields.Integer(required=True, allow_none=True, metadata={"description": "核实身份的等级"})
    actors = fields.List(fields.String(), required=True, metadata={"description": "谁可以办或者代办"})
    in_person = fields.String(required=True, metadata={"description": "要不要到场，没有填写的为空"})
    channels = fields.List(fields.String(), required=True, metadata={"description": "办理渠道，按推荐的先后"})
    fee = fields.Nested(FeeAnswer, required=True, metadata={"description": "收费"})
    steps = fields.List(fields.Nested(StepAnswer), required=True, metadata={"description": "办理步骤"})
    result = fields.String(required=True, metadata={"description": "办理结果"})
    questions = fields.List(
        fields.Nested(QuestionAnswer), required=True, metadata={"description": "常见问题"}
    )
    days_unit = _one_of(UNITS, "时限的单位", required=True)
    sources = fields.List(
        fields.Nested(SourceAnswer), required=True, metadata={"description": "各字段的出处"}
    )
