"""The parts of a version of a power as they are written and answered."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Day, Id, Name, Shape, Text
from services.civic.web_addresses import WebAddress
from services.integrity.openness.powers.content import FIELDS, GROUPS, PARTS

MOST_STEPS, MOST_RULES, MOST_LAWS, MOST_CASES, MOST_WORDS = 20, 20, 20, 20, 30


def _part(name: str, most: int, **options) -> Text:
    return Text(most, 0, load_default="", metadata={"description": PARTS[name]}, **options)


def _several(shape: type, most: int, description: str) -> fields.List:
    return fields.List(
        fields.Nested(shape), validate=validate.Length(0, most), metadata={"description": description}
    )


class PowerStep(Shape):
    """One step: what is done, by whom, when, what paper it leaves, by which law; what is empty the county has not said."""

    text = Text(300, 2, required=True, metadata={"description": PARTS["text"]})
    who = _part("who", 100)
    when = _part("when", 100)
    paper = _part("paper", 100)
    law = _part("law", 200)


class PowerRule(Shape):
    """What one has to do, or may not do."""

    text = Text(300, 2, required=True, metadata={"description": "内容"})
    law = _part("law", 200)


class PowerLaw(Shape):
    """A law with its articles."""

    law = Name(100, required=True, metadata={"description": "法律、法规的名称"})
    article = Text(200, 1, required=True, metadata={"description": "条款"})


class PowerCase(Shape):
    """A case that an office has published: who published it, where it can be read, and when."""

    title = Name(120, required=True, metadata={"description": "案例的标题"})
    source = Name(100, required=True, metadata={"description": "由哪个单位公布"})
    address = WebAddress(required=True, metadata={"description": "在哪个网址看得到原文，以 https:// 开头"})
    published_on = Day(required=True, metadata={"description": "公布日期"})


class PowerSource(Shape):
    """Where one field of a power is from."""

    field = fields.String(
        required=True, validate=validate.OneOf(tuple(FIELDS)), metadata={"description": "字段"}
    )
    source = Text(600, 2, required=True, metadata={"description": "出处：法律条款，或者谁确认的"})


class PowerFields(Shape):
    """What a version says; what is not named stays as it is."""

    name = Name(60, metadata={"description": FIELDS["name"]})
    group = fields.String(validate=validate.OneOf(tuple(GROUPS)), metadata={"description": FIELDS["group"]})
    who = Text(100, 0, metadata={"description": FIELDS["who"]})
    steps = _several(PowerStep, MOST_STEPS, FIELDS["steps"])
    papers = fields.List(
        Name(60), validate=validate.Length(0, MOST_WORDS), metadata={"description": FIELDS["papers"]}
    )
    laws = _several(PowerLaw, MOST_LAWS, FIELDS["laws"])
    dos = _several(PowerRule, MOST_RULES, FIELDS["dos"])
    donts = _several(PowerRule, MOST_RULES, FIELDS["donts"])
    cases = _several(PowerCase, MOST_CASES, FIELDS["cases"])
    keywords = fields.List(
        Name(20), validate=validate.Length(0, MOST_WORDS), metadata={"description": FIELDS["keywords"]}
    )
    categories = fields.List(
        Name(160),
        validate=validate.Length(0, 20),
        metadata={"description": "对应的举报类别的全名，例如 农村农业/村务管理/村务公开"},
    )
    matters = fields.List(
        Id(), validate=validate.Length(0, 20), metadata={"description": "对应的办事事项的编号"}
    )
    review_by = Day(allow_none=True, metadata={"description": "复核日期：到这一天以前再核对一遍"})
    sources = fields.List(
        fields.Nested(PowerSource),
        validate=validate.Length(0, len(FIELDS)),
        metadata={"description": "各字段的出处；没有出处的由县里填写"},
    )


def told(name: str, **options) -> fields.String:
    """Declare a text of an answer by the words of its field."""
    return fields.String(required=True, metadata={"description": name}, **options)


class StepOfPower(Answer):
    """One step; what is empty the county has not said."""

    text = told(PARTS["text"])
    who = told(PARTS["who"])
    when = told(PARTS["when"])
    paper = told(PARTS["paper"])
    law = told(PARTS["law"])


class RuleOfPower(Answer):
    """What one has to do, or may not do."""

    text = told("内容")
    law = told(PARTS["law"])


class LawOfPower(Answer):
    """A law with its articles."""

    law = told("法律、法规的名称")
    article = told("条款")


class CaseOfPower(Answer):
    """A case that an office has published."""

    title = told("案例的标题")
    source = told("由哪个单位公布")
    address = told("原文的网址")
    published_on = told("公布日期")


class SourceOfPower(Answer):
    """Where a field is from; an empty source says that the county must say."""

    field = told("字段", validate=validate.OneOf(tuple(FIELDS)))
    name = told("字段的名称")
    source = told("出处；为空的由县里填写")


class SaidOfPower(Answer):
    """What a version says."""

    name = told(FIELDS["name"])
    group = told(FIELDS["group"], validate=validate.OneOf(tuple(GROUPS)))
    who = told(FIELDS["who"])
    steps = fields.List(fields.Nested(StepOfPower), required=True, metadata={"description": FIELDS["steps"]})
    papers = fields.List(fields.String(), required=True, metadata={"description": FIELDS["papers"]})
    laws = fields.List(fields.Nested(LawOfPower), required=True, metadata={"description": FIELDS["laws"]})
    dos = fields.List(fields.Nested(RuleOfPower), required=True, metadata={"description": FIELDS["dos"]})
    donts = fields.List(fields.Nested(RuleOfPower), required=True, metadata={"description": FIELDS["donts"]})
    cases = fields.List(fields.Nested(CaseOfPower), required=True, metadata={"description": FIELDS["cases"]})
    keywords = fields.List(fields.String(), required=True, metadata={"description": FIELDS["keywords"]})
    categories = fields.List(fields.String(), required=True, metadata={"description": "举报类别的全名"})
    matters = fields.List(Id(), required=True, metadata={"description": "办事事项的编号"})
    review_by = told("复核日期，没有写明的为空")
    sources = fields.List(
        fields.Nested(SourceOfPower), required=True, metadata={"description": "各字段的出处"}
    )
