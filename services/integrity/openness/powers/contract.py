"""What can be asked of the powers, and what is told of them."""

from marshmallow import fields, validate

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import (
    Answer,
    Edit,
    Id,
    Name,
    Page,
    Region,
    Shape,
    Text,
    Time,
    Whole,
    page_of,
)
from services.chassis.events.event import Event, in_state, public
from services.civic.operation import Operation
from services.civic.searching.shapes import ListVainSearches, VainSearchPage
from services.integrity.openness.powers.content import FIELDS as FIELDS
from services.integrity.openness.powers.content import GROUPS as GROUPS
from services.integrity.openness.powers.shapes import PowerFields, SaidOfPower

STATES = ("unpublished", "published", "withdrawn")
SHOWN = ("published", "withdrawn")
DRAFT_STATES = ("drafting", "in_review", "set_aside")
NUMBER = {"description": "版本序号"}


def _group(**options) -> fields.String:
    return fields.String(validate=validate.OneOf(tuple(GROUPS)), metadata={"description": "分类"}, **options)


class ListPowers(Page):
    """The powers that the county has published, by name; by words, the closest first."""

    text = Text(
        40,
        load_default=None,
        allow_none=True,
        metadata={"description": "要找的字词、拼音或首字母，也可以用平时的说法，例如 分红、盖章、dibao"},
    )
    group = _group(load_default=None, allow_none=True)
    state = fields.String(load_default="published", validate=validate.OneOf(SHOWN))


class ListPowersOfCategory(Page):
    """The published powers that the county names for a category of complaints."""

    category = Text(
        160, required=True, metadata={"description": "举报类别的全名，例如 农村农业/村务管理/村务公开"}
    )


class ListPowersOfMatter(Page):
    """The published powers that the county names for a matter."""

    matter_id = Id(required=True)


class FindPower(Shape):
    """One power by its id."""

    power_id = Id(required=True)


class FindPowerVersion(FindPower):
    """One version of a power by its number."""

    number = Whole(1, 10**6, required=True, metadata=NUMBER)


class ComparePowerVersions(FindPowerVersion):
    """A version beside another one of the same power."""

    against = Whole(
        1,
        10**6,
        load_default=None,
        allow_none=True,
        metadata={"description": "和哪一版比，填版本序号；不填就和前一版比"},
    )


class BeginPower(Shape):
    """A power that the list lacks: begins as a draft."""

    name = Name(60, required=True, metadata={"description": "权力名称"})
    group = _group(required=True)


class WritePowerDraft(PowerFields, Edit):
    """The next version of a power as far as it is: what is not named stays as it is."""

    power_id = Id(required=True)
    note = Text(300, 0, load_default="", metadata={"description": "改了什么、为什么改"})


class ListPowerDrafts(Page):
    """The drafts of the caller's county in one state, longest waiting first."""

    state = fields.String(load_default="in_review", validate=validate.OneOf(DRAFT_STATES))


class ListPowerReviews(Page):
    """The published powers of the caller's county, those first that have to be looked at again soonest."""


class PowerDraftAsSeen(Edit):
    """Hand a draft in, or throw it away."""

    power_id = Id(required=True)


class ReturnPowerDraft(PowerDraftAsSeen):
    """Give a draft back to who wrote it."""

    reason = Text(500, 2, required=True, lines=True, metadata={"description": "要改什么"})


class PublishPowerDraft(Edit):
    """Publish a draft as it was seen: whoever reviews says which version that was."""

    power_id = Id(required=True)
    seen_version = Whole(
        1,
        10**9,
        required=True,
        metadata={"description": "审核时看到的 version；其后有人改动过则不予公布"},
    )


class WithdrawPower(FindPower):
    """Stop a power: it is shown as withdrawn, with the reason."""

    reason = Text(300, 2, required=True, metadata={"description": "停用的原因，群众看得到"})


class PowerRow(Answer):
    """A power in a list."""

    id = Id(required=True)
    region = Region(required=True)
    name = fields.String(required=True, metadata={"description": "权力名称"})
    group = fields.String(required=True, validate=validate.OneOf(tuple(GROUPS)))
    who = fields.String(required=True, metadata={"description": "谁来决定、谁来办"})
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    number = fields.Integer(required=True, metadata=NUMBER)
    since = Time(required=True, allow_none=True, metadata={"description": "这一版的公布时间"})
    review_by = fields.String(required=True, metadata={"description": "复核日期"})
    withdrawn = fields.String(required=True, metadata={"description": "停用的原因"})
    withdrawn_at = Time(required=True, allow_none=True, metadata={"description": "停用的时间"})
    version = fields.Integer(required=True)


PowerPage = page_of(PowerRow)


class Power(PowerRow):
    """A power in full, as everybody may see it."""

    content = fields.Nested(SaidOfPower, required=True, metadata={"description": "这一版的全部内容"})


class PowerVersion(Answer):
    """A version of a power in full; `until` is empty for the one in force."""

    power_id = Id(required=True)
    number = fields.Integer(required=True, metadata=NUMBER)
    since = Time(required=True, allow_none=True, metadata={"description": "起用时间"})
    until = Time(required=True, allow_none=True, metadata={"description": "停用时间，现行的为空"})
    content = fields.Nested(SaidOfPower, required=True, metadata={"description": "这一版的全部内容"})


class PowerDifference(Answer):
    """One field that two versions say otherwise, as text."""

    field = fields.String(required=True, metadata={"description": "字段"})
    name = fields.String(required=True, metadata={"description": "字段的名称"})
    before = fields.String(required=True, metadata={"description": "原来的内容"})
    after = fields.String(required=True, metadata={"description": "现在的内容"})


class PowerDifferences(Answer):
    """What a version says otherwise than another one."""

    items = fields.List(fields.Nested(PowerDifference), required=True)
    against = fields.Integer(required=True, metadata={"description": "和哪一版比的"})


class PowerDraftRow(Answer):
    """A draft in a list; its id is that of its power, which has no more than one."""

    id = Id(required=True)
    name = fields.String(required=True, metadata={"description": "权力名称"})
    group = fields.String(required=True, validate=validate.OneOf(tuple(GROUPS)))
    state = fields.String(required=True, validate=validate.OneOf(DRAFT_STATES))
    by = Id(required=True, metadata={"description": "最近一次起草的人，system 为随项目提供"})
    at = Time(required=True, metadata={"description": "最近一次起草的时间"})
    note = fields.String(required=True, metadata={"description": "改了什么、为什么改"})
    returned = fields.String(required=True, metadata={"description": "退回时写的意见"})
    number = fields.Integer(required=True, metadata={"description": "现行版本的序号，0 为还没有公布过"})
    version = fields.Integer(required=True)


PowerDraftPage = page_of(PowerDraftRow)


class PowerDraft(PowerDraftRow):
    """A draft with what it changes."""

    authors = fields.List(Id(), required=True, metadata={"description": "起草过或交审的人，不能审核"})
    items = fields.List(fields.Nested(PowerDifference), required=True)
    content = fields.Nested(SaidOfPower, required=True, metadata={"description": "公布后的样子"})


class PowerPublished(Event):
    """A version of a power took force: written by one official of the county, published by another."""

    name = "integrity.power.published"
    state = in_state("published")
    power_id = public(Id(required=True))
    number = public(fields.Integer(required=True, metadata={"description": "现行版本的序号"}))


class PowerWithdrawn(Event):
    """A power is not in force any more; its versions stay to be read."""

    name = "integrity.power.withdrawn"
    state = in_state("withdrawn")
    power_id = public(Id(required=True))
    number = public(fields.Integer(required=True, metadata={"description": "停用时的版本序号"}))


KEEPERS = ("discipline_officer", "county_administrator")
"""Who keeps the list, both of the county: the committee that asked for it, and the county's administration."""

list_powers = Operation(ListPowers, PowerPage, allow=(ANYONE,))
list_powers_of_category = Operation(ListPowersOfCategory, PowerPage, allow=(ANYONE,))
list_powers_of_matter = Operation(ListPowersOfMatter, PowerPage, allow=(ANYONE,))
find_power = Operation(FindPower, Power, allow=(ANYONE,))
find_power_version = Operation(FindPowerVersion, PowerVersion, allow=(ANYONE,))
compare_power_version = Operation(ComparePowerVersions, PowerDifferences, allow=(ANYONE,))
begin_power = Operation(BeginPower, PowerRow, allow=KEEPERS, writes=True)
list_power_drafts = Operation(ListPowerDrafts, PowerDraftPage, allow=KEEPERS)
list_power_reviews = Operation(ListPowerReviews, PowerPage, allow=KEEPERS)
find_power_draft = Operation(FindPower, PowerDraft, allow=KEEPERS)
write_power_draft = Operation(WritePowerDraft, PowerRow, allow=KEEPERS, writes=True)
submit_power_draft = Operation(PowerDraftAsSeen, PowerRow, allow=KEEPERS, writes=True)
return_power_draft = Operation(ReturnPowerDraft, PowerRow, allow=KEEPERS, writes=True)
publish_power_draft = Operation(PublishPowerDraft, PowerRow, allow=KEEPERS, writes=True)
discard_power_draft = Operation(PowerDraftAsSeen, PowerRow, allow=KEEPERS, writes=True)
withdraw_power = Operation(WithdrawPower, PowerRow, allow=KEEPERS, writes=True)
list_vain_power_searches = Operation(ListVainSearches, VainSearchPage, allow=KEEPERS)
