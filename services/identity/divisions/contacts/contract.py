"""Shapes of the contacts of offices."""

from marshmallow import fields

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import Answer, Edit, Region, Shape, Text, Time
from services.chassis.events.event import Event, public
from services.civic.inputs import OfficePhone
from services.civic.operation import Operation

MOST = 100
ADDRESS = "办公地点，如 黑虎村 3 组党群服务中心"
HOURS = "什么时候有人，如 周一至周五 9:00-17:00"


class TellContact(Edit):
    """Tell, or tell anew, how the office of a village or town is reached; what is not named is told no more."""

    region = Region(required=True)
    phone = OfficePhone(required=True)
    address = Text(MOST, metadata={"description": ADDRESS})
    hours = Text(MOST, metadata={"description": HOURS})


class FindContact(Shape):
    """The contact of one village or town."""

    region = Region(required=True)


class ToldContact(Answer):
    """What an office told; address and hours are null where it did not say."""

    region = Region(required=True)
    phone = fields.String(required=True)
    address = fields.String(required=True, allow_none=True)
    hours = fields.String(required=True, allow_none=True)
    told_at = Time(required=True)
    version = fields.Integer(required=True)


class Contact(ToldContact):
    """How an office is reached, and what its village or town is called."""

    name = fields.String(required=True)


class ContactList(Answer):
    """The contacts of one's own village and town, the village first; those that nobody told are left out."""

    items = fields.List(fields.Nested(Contact), required=True)


class ContactTold(Event):
    """An office told by which phone it is reached."""

    name = "identity.contact.told"
    phone = public(OfficePhone(required=True))


ADMINISTRATORS = ("county_administrator", "town_administrator", "village_administrator")

tell_contact = Operation(TellContact, ToldContact, allow=ADMINISTRATORS, writes=True)
find_contact = Operation(FindContact, Contact, allow=(ANYONE,))
find_own_contacts = Operation(None, ContactList, allow=("resident", "official"))
