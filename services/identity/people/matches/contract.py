"""Shapes of matching."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Former, Id, Page, Region, Shape, Time, page_of
from services.civic.operation import Operation
from services.identity.inputs import PaperNumber
from services.identity.people.matches.model import STATES

ADVICE = {
    "matched": "已与户籍登记核对一致，刷新登录后生效。",
    "unmatched": "没有核对上，请核对身份证号和姓名；仍不一致的，请带证件到便民服务窗口办理。",
    "waiting": "正在核对，请稍后查看结果。",
    "unavailable": "核对服务暂时没有答复，请明天再试，或带证件到便民服务窗口办理。",
}
"""What each state means for the person; why nothing was found is not said."""

DELAYED = "核对服务暂时没有答复，系统会自动再次核对，有结果会通知您，不必重复申请。"
"""What `waiting` means once the provider was silent."""


class AskMatch(Shape):
    """Have a certified resident compared with the household register; the ID number is entered anew and not kept."""

    resident_id = Id(required=True)
    id_number = PaperNumber("居民身份证号，18 位", required=True)


class FindMatch(Shape):
    """What became of a resident's comparison."""

    resident_id = Id(required=True)


class ListMatches(Page):
    """The comparisons of the county's residents in a state, latest first."""

    state = fields.String(load_default="unmatched", validate=validate.OneOf(STATES))


def advice_of(match) -> str:
    """Give the sentence for the person."""
    return DELAYED if match.state == "waiting" and match.silences else ADVICE[match.state]


class Match(Answer):
    """A resident's comparison with the register."""

    id = Id(required=True, metadata={"description": "居民编号"})
    region = Region(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    advice = fields.Function(lambda match: advice_of(match))
    asked_at = Time(required=True)
    asked_by = Id(required=True)
    settled_at = Time(required=True, allow_none=True)
    formerly = fields.List(fields.Nested(Former), required=True)


MatchPage = page_of(Match)

CERTIFIERS = ("village_administrator", "town_administrator")
READERS = (*CERTIFIERS, "county_administrator")
COUNTY = ("county_administrator",)

ask_match = Operation(AskMatch, Match, allow=("resident", *CERTIFIERS), writes=True, assurance=1)
find_match = Operation(FindMatch, Match, allow=("resident", *READERS))
list_matches = Operation(ListMatches, MatchPage, allow=COUNTY)
