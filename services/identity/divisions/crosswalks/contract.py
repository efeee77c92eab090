"""Shapes of tables of successors."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Id, Page, Region, Shape, Time, page_of
from services.chassis.events.event import Event, public
from services.civic.operation import Operation

GROUNDS = ("same_code_and_name", "town_renamed", "same_name_in_town", "same_name_in_county", "by_hand")
MOST_ROWS = 500


class BeginSuccession(Shape):
    """Propose what became of each division of the county's adopted edition in a later one."""

    county = Region("county", required=True)
    later = fields.String(
        required=True,
        validate=validate.Regexp(r"\A[0-9]{4}\Z"),
        metadata={"description": "新版次，例如 2020"},
    )


class SettledRow(Shape):
    """What became of one division: several codes where it was split; the same code in several rows is a merger."""

    old = Region(required=True)
    new = fields.List(Region(), required=True, validate=validate.Length(1, 20))
    was = fields.List(
        Region(),
        validate=validate.Length(0, 20),
        metadata={"description": "填写时看到的 new；其后有人改过则不予采用，不填则不核对", "example": []},
    )


class SettleSuccession(Shape):
    """Rows that the county sets by hand, all or none; what is not named stays."""

    succession_id = Id(required=True)
    rows = fields.List(fields.Nested(SettledRow), required=True, validate=validate.Length(1, MOST_ROWS))


class FindSuccession(Shape):
    """One table by id."""

    succession_id = Id(required=True)


class ListSuccessions(Page):
    """The tables of the caller's county, by the later edition."""


class SuccessionRow(Answer):
    """An earlier division, what it became, and on what ground; `new` is empty while it is open."""

    old = Region(required=True)
    name = fields.String(required=True)
    parent_name = fields.String(required=True, allow_none=True)
    new = fields.List(Region(), required=True)
    ground = fields.String(required=True, allow_none=True, validate=validate.OneOf(GROUNDS))


class SuccessionHead(Answer):
    """A table without its rows."""

    id = Id(required=True)
    region = Region(required=True)
    earlier = fields.String(required=True)
    later = fields.String(required=True)
    begun_at = Time(required=True)
    confirmed_by = Id(required=True, allow_none=True)
    confirmed_at = Time(required=True, allow_none=True)


class Succession(SuccessionHead):
    """A table with a row for each division of the earlier edition."""

    rows = fields.List(fields.Nested(SuccessionRow), required=True)


SuccessionPage = page_of(SuccessionHead)


class Kinds(Answer):
    """Divisions by what becomes of them."""

    stays = fields.Integer(required=True)
    recoded = fields.Integer(required=True)
    merged = fields.Integer(required=True)
    split = fields.Integer(required=True)
    open = fields.Integer(required=True)


class Concerned(Answer):
    """People by what becomes of their division; in a merger also those whose code stays."""

    recoded = fields.Integer(required=True)
    merged = fields.Integer(required=True)
    split = fields.Integer(required=True)


class Rehearsal(Answer):
    """What adopting the later edition by this table would concern; `open` and `unreached` name what leads nowhere or from nowhere."""

    regions = fields.Nested(Kinds, required=True)
    residents = fields.Nested(Concerned, required=True)
    officials = fields.Nested(Concerned, required=True)
    moving = fields.Dict(
        fields.String(),
        fields.Dict(fields.String(), fields.Integer()),
        required=True,
        metadata={"description": "各服务将随区划变动的记录数；纪检件数不公开"},
    )
    unanswered = fields.List(
        fields.String(), required=True, metadata={"description": "尚未答复的服务，请先发起演练或稍后再看"}
    )
    rehearsed_at = Time(required=True, allow_none=True)
    open = fields.List(Region(), required=True)
    unreached = fields.List(Region(), required=True)


class SuccessionConfirmed(Event):
    """A county stands for what became of each of its divisions; their entries name each other from then on."""

    name = "identity.succession.confirmed"
    succession_id = public(Id(required=True))
    earlier = public(fields.String(required=True))
    later = public(fields.String(required=True))


class SuccessionRehearsed(Event):
    """A county asks every service how much an adoption by its table would move: what belongs to these codes. Nothing moves."""

    name = "identity.succession.rehearsed"
    succession_id = public(Id(required=True))
    rehearsal = public(fields.Integer(required=True))
    codes = public(fields.List(Region(), required=True))


EDITORS = ("county_administrator",)

begin_succession = Operation(BeginSuccession, SuccessionHead, allow=EDITORS, writes=True)
settle_succession = Operation(SettleSuccession, SuccessionHead, allow=EDITORS, writes=True)
confirm_succession = Operation(FindSuccession, SuccessionHead, allow=EDITORS, writes=True)
find_succession = Operation(FindSuccession, Succession, allow=EDITORS)
list_successions = Operation(ListSuccessions, SuccessionPage, allow=EDITORS)
rehearse_succession = Operation(FindSuccession, Rehearsal, allow=EDITORS)
ask_rehearsal = Operation(FindSuccession, SuccessionHead, allow=EDITORS, writes=True)
