"""Shapes of looking at personal data unmasked, and of what is kept about it."""

from marshmallow import ValidationError, fields, post_load, validate

from services.chassis.core.schemas import Answer, Id, Page, Region, Shape, Text, Time, page_of
from services.chassis.events.event import Event, public
from services.civic.inputs import Phone
from services.civic.operation import Operation
from services.identity.inputs import Country, MaskedNumber, PaperNumber
from services.identity.people.papers import PAPERS
from services.identity.privacy.unmaskings.model import MANDATE_PAPER, OWN_COPY, PURPOSES_OF_ROLE

PURPOSES = ("certification", "correction", "home_visit", "emergency", "merge")


class Disclose(Shape):
    """An official asks to see a resident unmasked: what for, and why in words."""

    resident_id = Id(required=True)
    purpose = fields.String(required=True, validate=validate.OneOf(PURPOSES))
    reason = Text(500, 4, lines=True, required=True, metadata={"description": "具体事由，居民本人可以看到"})


KNOWN_BY: dict[str, fields.Field] = {"phone": Phone(), "id_number": PaperNumber()}
"""By what somebody who stands at the window is found, and what it must look like: whole, as nothing else can be looked for."""


class LookUp(Shape):
    """An official finds who stands at the window by the whole phone or number, and sees that person unmasked: a look like any other."""

    what = fields.String(required=True, validate=validate.OneOf(tuple(KNOWN_BY)))
    value = Text(50, required=True, metadata={"description": "完整的手机号或证件号码"})
    paper = fields.String(
        load_default="id_card",
        validate=validate.OneOf(PAPERS),
        metadata={"description": "证件种类，按证件号码查找时填写"},
    )
    country = Country(load_default=None, allow_none=True)
    purpose = fields.String(required=True, validate=validate.OneOf(PURPOSES))
    reason = Text(500, 4, lines=True, required=True, metadata={"description": "具体事由，居民本人可以看到"})

    @post_load
    def the_value_is_one_of_its_kind(self, data, **kwargs):
        """Clean a phone or a number as where it was entered first."""
        try:
            return {**data, "value": KNOWN_BY[data["what"]].deserialize(data["value"])}
        except ValidationError as wrong:
            raise ValidationError(wrong.messages, "value") from None


class ListDisclosures(Page):
    """Who looked, newest first."""


class Disclosed(Answer):
    """A resident unmasked; what a correction asks for stands beside it. The number of the paper stays masked."""

    id = Id(required=True)
    resident_id = Id(required=True)
    name = fields.String(required=True)
    phone = fields.String(required=True)
    id_number = MaskedNumber(required=True)
    requested_name = fields.String(required=True, allow_none=True)
    requested_phone = fields.String(required=True, allow_none=True)
    requested_id_number = MaskedNumber(required=True, allow_none=True)


class Disclosure(Answer):
    """One look: who, as whom, what for and when; nothing of what was seen."""

    id = Id(required=True)
    resident_id = Id(required=True)
    region = Region(required=True)
    edition = fields.String(required=True, metadata={"description": "该区划代码所属的版次，空为未知"})
    official_id = Id(required=True)
    role = fields.String(required=True)
    purpose = fields.String(required=True, validate=validate.OneOf((*PURPOSES, MANDATE_PAPER, OWN_COPY)))
    reason = fields.String(required=True)
    made_at = Time(required=True)


DisclosurePage = page_of(Disclosure)


class DisclosureMade(Event):
    """An official saw a resident's personal data unmasked; the reason in words stays with the resident."""

    name = "identity.disclosure.made"
    disclosure_id = public(Id(required=True))
    resident_id = public(Id(required=True))
    purpose = public(fields.String(required=True, validate=validate.OneOf(PURPOSES)))


AUDITORS = ("auditor",)
READERS = tuple(PURPOSES_OF_ROLE)

disclose_resident = Operation(Disclose, Disclosed, allow=READERS, writes=True, remember=False)
look_up_resident = Operation(LookUp, Disclosed, allow=READERS, writes=True, remember=False)
list_own_disclosures = Operation(ListDisclosures, DisclosurePage, allow=("resident",), in_full=True)
list_disclosures = Operation(ListDisclosures, DisclosurePage, allow=AUDITORS, in_full=True)
