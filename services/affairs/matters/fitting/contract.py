"""Shapes of what fits: three questions, suggestions, and answers that somebody keeps."""

from marshmallow import ValidationError, fields, validate, validates_schema

from services.affairs.matters.fitting.circumstances import AGE_BANDS, HARDSHIP, HOME
from services.affairs.matters.fitting.terms import CERTAINTIES
from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import Answer, Day, Id, Shape, Time
from services.civic.operation import Operation

LEAVE = ("not_asked", "given", "missing")
"""Whether what the village has entered was asked for, and may be used."""


def _ticks(values: tuple[str, ...], description: str) -> fields.List:
    return fields.List(
        fields.String(validate=validate.OneOf(values)),
        load_default=list,
        validate=validate.Length(0, len(values)),
        metadata={"description": description},
    )


class _Answers(Shape):
    """Three questions: how old, how the family lives, which papers and hardships. None has to be answered."""

    age_band = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(tuple(AGE_BANDS)),
        metadata={
            "description": "多大年纪：不满6、6-15、16-17、18-59、60-79、80 岁以上；填了出生日期的不用选"
        },
    )
    born_on = Day(load_default=None, allow_none=True, metadata={"description": "出生日期，可不填"})
    home = _ticks(HOME, "家里和平时的情况，可多选")
    hardship = _ticks(HARDSHIP, "证件和难处，可多选")


class SuggestMatters(_Answers):
    """What fits somebody, by these answers alone."""


class SuggestOwnMatters(_Answers):
    """What fits the caller, or the ward, by these answers and, where `known` is true and there is leave, by what the village has entered."""

    known = fields.Boolean(
        load_default=False,
        metadata={"description": "同时参照村里登记的情况，要先同意“找适合我的事项”"},
    )


class KeepFittingAnswers(_Answers):
    """Keep the answers for the next time, in place of what was kept before."""

    @validates_schema
    def _says_something(self, data: dict, **_: object) -> None:
        if not any(data.values()):
            raise ValidationError("请先回答，再保存。", "home")


class MatterSuggestion(Answer):
    """A matter that fits, or may fit: why, and what is still open."""

    matter_id = Id(required=True)
    name = fields.String(required=True)
    office = fields.String(required=True)
    elsewhere = fields.String(required=True)
    certainty = fields.String(
        required=True,
        validate=validate.OneOf(CERTAINTIES),
        metadata={"description": "fits 条件都符合，maybe 还有条件要核实"},
    )
    because = fields.List(
        fields.String(), required=True, metadata={"description": "为什么推荐，每个条件一句"}
    )
    unsure = fields.List(
        fields.String(), required=True, metadata={"description": "还要核实或者由办理单位说明的"}
    )
    source = fields.String(required=True, metadata={"description": "规则的出处"})


class MatterSuggestions(Answer):
    """What fits, the most certain first; `leave` tells whether what the village has entered was used."""

    items = fields.List(fields.Nested(MatterSuggestion), required=True)
    leave = fields.String(
        required=True,
        validate=validate.OneOf(LEAVE),
        metadata={
            "description": "村里登记的情况：not_asked 没有要求参照，given 已参照，missing 本人没有同意，没有参照"
        },
    )
    from_the_village = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "参照了村里登记的哪些情况"},
    )


class FittingAnswers(Answer):
    """The answers as they were kept, and until when."""

    age_band = fields.String(
        required=True,
        allow_none=True,
        validate=validate.OneOf(tuple(AGE_BANDS)),
        metadata={"description": "年龄段，没有选的为空"},
    )
    born_on = fields.String(
        required=True, allow_none=True, metadata={"description": "出生日期，没有填的为空", "format": "date"}
    )
    home = fields.List(fields.String(), required=True, metadata={"description": "家里和平时的情况"})
    hardship = fields.List(fields.String(), required=True, metadata={"description": "证件和难处"})
    saved_at = Time(required=True, metadata={"description": "保存的时间"})
    ends_at = Time(required=True, metadata={"description": "到这时自动删除"})


class FittingAnswersGone(Answer):
    """That no answers are kept any more."""

    kept = fields.Boolean(required=True, metadata={"description": "是否还保存着回答"})


suggest_matters = Operation(SuggestMatters, MatterSuggestions, allow=(ANYONE,))
suggest_own_matters = Operation(SuggestOwnMatters, MatterSuggestions, allow=("resident",), mandate="affairs")
keep_fitting_answers = Operation(
    KeepFittingAnswers, FittingAnswers, allow=("resident",), writes=True, assurance=0, remember=False
)
find_fitting_answers = Operation(None, FittingAnswers, allow=("resident",), in_full=True)
discard_fitting_answers = Operation(None, FittingAnswersGone, allow=("resident",), writes=True, assurance=0)
