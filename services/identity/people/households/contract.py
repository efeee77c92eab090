"""Shapes of households: requests and answers; the events stand in `events.py`."""

from marshmallow import ValidationError, fields, validate, validates_schema

from services.chassis.core.schemas import (
    Answer,
    Day,
    Edit,
    Former,
    Id,
    Page,
    Region,
    Shape,
    Text,
    Time,
    Whole,
    page_of,
)
from services.civic.inputs import PersonId
from services.civic.operation import Operation

HEAD = "head"
RELATIONS = (
    HEAD, "spouse", "son", "daughter", "grandchild", "parent", "grandparent", "sibling", "other",
)  # fmt: skip
"""To the head: the classes of GB/T 4761-2008 (户主、配偶、子、女、孙子女、父母、祖父母、兄弟姐妹、其他)."""
LEFT_BEHIND = ("elder", "child")
MARKS = ("away", "left_behind_elder", "left_behind_child", "disabled", "headless", "asked")
"""What a household can be looked for by: a member's circumstances, or that the village has something to decide."""
KINDS = ("add", "remove")
ASK_STATES = ("waiting", "approved", "refused", "withdrawn")
STATES = ("active", "dissolved")
MOST_AT_ONCE = 30


class Away(Shape):
    """A migrant worker away from home: where to, since when."""

    destination = Text(60, 2, required=True, metadata={"description": "外出务工地，如 广东省东莞市"})
    since = Day(required=True, metadata={"description": "外出日期"})


class Circumstances(Shape):
    """What the village knows of a member's circumstances."""

    away = fields.Nested(Away, load_default=None, allow_none=True, metadata={"description": "外出务工"})
    left_behind = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(LEFT_BEHIND),
        metadata={"description": "留守老人 elder、留守儿童 child"},
    )
    disability_grade = Whole(
        1, 4, load_default=None, allow_none=True, metadata={"description": "残疾等级，一级至四级"}
    )


class NewMember(Circumstances):
    """A certified resident of the village, or somebody whom it has recorded; the head's own relation is `head`."""

    resident_id = PersonId(required=True)
    relation = fields.String(required=True, validate=validate.OneOf(RELATIONS))


class Relation(Shape):
    """How a member is related to the head."""

    resident_id = Id(required=True)
    relation = fields.String(required=True, validate=validate.OneOf(RELATIONS))


def _relations() -> fields.List:
    return fields.List(fields.Nested(Relation), required=True, validate=validate.Length(0, MOST_AT_ONCE))


class FormHousehold(Shape):
    """The village enters a household; its region is the head's village."""

    members = fields.List(fields.Nested(NewMember), required=True, validate=validate.Length(1, MOST_AT_ONCE))


class AddMember(NewMember):
    """The village adds a person who is in no household."""

    household_id = Id(required=True)


class OfMember(Shape):
    """One member of one household."""

    household_id = Id(required=True)
    resident_id = Id(required=True)


class ChangeMember(OfMember, Edit):
    """The village corrects a member's relation or circumstances; what is not named stays, null takes away."""

    relation = fields.String(validate=validate.OneOf(RELATIONS))
    away = fields.Nested(Away, allow_none=True)
    left_behind = fields.String(allow_none=True, validate=validate.OneOf(LEFT_BEHIND))
    disability_grade = Whole(1, 4, allow_none=True)

    @validates_schema
    def something_is_changed(self, data, **kwargs):
        """Refuse a change of nothing."""
        if len(data.keys() - {"seen_version"}) < 3:
            raise ValidationError("请至少填写一项要修改的内容。")


class ChangeHead(Edit):
    """A member becomes the head; everybody else's relation to the new head is told."""

    household_id = Id(required=True)
    head_id = Id(required=True)
    relations = _relations()


class SplitHousehold(Shape):
    """Members become a household of their own (分户): all who go, with their relation to its head."""

    household_id = Id(required=True)
    members = fields.List(fields.Nested(Relation), required=True, validate=validate.Length(1, MOST_AT_ONCE))


class JoinHouseholds(Shape):
    """A household takes in all members of another (并户), with their relation to its head."""

    household_id = Id(required=True)
    other_household_id = Id(required=True)
    relations = _relations()


class FindHousehold(Shape):
    """One household by id."""

    household_id = Id(required=True)


class ListHouseholds(Page):
    """The households of the caller's regions, oldest entry first, all or those with a mark."""

    state = fields.String(load_default="active", validate=validate.OneOf(STATES))
    mark = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf(MARKS),
        metadata={"description": "有外出务工、留守老人、留守儿童、残疾成员，或待定户主、待答复请求的家庭"},
    )


class AskForChange(Shape):
    """The head asks the village to add or remove a member; whoever is to be added tells the head the own number."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    resident_id = PersonId(required=True)
    relation = fields.String(
        load_default="other", validate=validate.OneOf(RELATIONS), metadata={"description": "与户主的关系"}
    )
    note = Text(500, 0, load_default="", lines=True, metadata={"description": "原因，如 结婚、迁出"})


class OwnAsk(Shape):
    """One of the own household's asks."""

    ask_id = Id(required=True)


class OfAsk(OwnAsk):
    """What a household's head asked for."""

    household_id = Id(required=True)


class RefuseAsk(OfAsk):
    """The village refuses, and says why."""

    reason = Text(500, 2, lines=True, required=True)


class AwaySince(Answer):
    """Where a migrant worker is, and since which day."""

    destination = fields.String(required=True)
    since = fields.String(required=True, metadata={"format": "date"})


class Member(Answer):
    """A member as the village and the household see it."""

    resident_id = Id(required=True)
    relation = fields.String(required=True, validate=validate.OneOf(RELATIONS))
    since = Time(required=True)
    away = fields.Nested(AwaySince, allow_none=True)
    left_behind = fields.String(allow_none=True)
    disability_grade = fields.Integer(allow_none=True)


class NamedMember(Member):
    """A member with the masked name; who has no account stands under the id that the village's record has."""

    name = fields.String(required=True, allow_none=True)
    registered = fields.Boolean(required=True, metadata={"description": "是否有账号；没有账号的由村里登记"})


class Ask(Answer):
    """What the head asked for and what became of it."""

    id = Id(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    resident_id = Id(required=True)
    relation = fields.String(required=True)
    note = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(ASK_STATES))
    reason = fields.String(allow_none=True)
    asked_at = Time(required=True)
    decided_at = Time(allow_none=True)


class Household(Answer):
    """A household by its members' ids; without `head_id` it waits until the village names a head."""

    id = Id(required=True)
    region = Region(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    head_id = Id(required=True, allow_none=True)
    members = fields.List(fields.Nested(Member), required=True)
    asks = fields.List(fields.Nested(Ask), required=True)
    formed_at = Time(required=True)
    dissolved_at = Time(allow_none=True)
    formerly = fields.List(fields.Nested(Former), required=True)
    version = fields.Integer(required=True)


class NamedHousehold(Household):
    """A household with its members' masked names."""

    members = fields.List(fields.Nested(NamedMember), required=True)


class RowMember(Answer):
    """A member in a list, with the masked name; the household's own page tells relation and circumstances."""

    resident_id = Id(required=True)
    name = fields.String(required=True, allow_none=True)
    registered = fields.Boolean(required=True)


class HouseholdRow(Answer):
    """A household in a list: who belongs to it, and what it can be looked for by."""

    id = Id(required=True)
    region = Region(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    head_id = Id(required=True, allow_none=True)
    members = fields.List(fields.Nested(RowMember), required=True)
    marks = fields.List(fields.String(validate=validate.OneOf(MARKS)), required=True)
    formed_at = Time(required=True)
    dissolved_at = Time(allow_none=True)


HouseholdPage = page_of(HouseholdRow)

OFFICIALS = ("village_administrator", "town_administrator", "county_administrator")
VILLAGE = "village_administrator"
HEADS = ("resident",)

form_household = Operation(FormHousehold, Household, allow=(VILLAGE,), writes=True)
add_household_member = Operation(AddMember, Household, allow=(VILLAGE,), writes=True)
remove_household_member = Operation(OfMember, Household, allow=(VILLAGE,), writes=True)
change_household_member = Operation(ChangeMember, Household, allow=(VILLAGE,), writes=True)
change_household_head = Operation(ChangeHead, Household, allow=(VILLAGE,), writes=True)
split_household = Operation(SplitHousehold, Household, allow=(VILLAGE,), writes=True)
join_households = Operation(JoinHouseholds, Household, allow=(VILLAGE,), writes=True)
dissolve_household = Operation(FindHousehold, Household, allow=(VILLAGE,), writes=True)
ask_for_household_change = Operation(AskForChange, Household, allow=HEADS, writes=True, assurance=0)
withdraw_household_ask = Operation(OwnAsk, Household, allow=HEADS, writes=True, assurance=0)
approve_household_ask = Operation(OfAsk, Household, allow=(VILLAGE,), writes=True)
refuse_household_ask = Operation(RefuseAsk, Household, allow=(VILLAGE,), writes=True)
find_household = Operation(FindHousehold, NamedHousehold, allow=OFFICIALS, in_full=True)
find_own_household = Operation(None, NamedHousehold, allow=HEADS, in_full=True)
list_households = Operation(ListHouseholds, HouseholdPage, allow=OFFICIALS, in_full=True)
