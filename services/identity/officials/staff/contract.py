"""Shapes of officials and their roles."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Id, Page, Region, Shape, Time, page_of
from services.chassis.events.event import Event, public
from services.civic.inputs import PersonName
from services.civic.operation import Operation
from services.identity.inputs import Login

ROLES = (
    "county_administrator",
    "town_administrator",
    "village_administrator",
    "clerk",
    "discipline_officer",
    "data_officer",
    "grid_worker",
    "legal_adviser",
    "auditor",
)


class NewLogin(Login):
    """What an official signs in with from now on, besides the password."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        error = "登录名应为 3 至 40 个字母、数字或 . _ -，以字母开头。"
        self.validators = [validate.Regexp(r"\A[a-z][a-z0-9._\-]{2,39}\Z", error=error)]


class AppointOfficial(Shape):
    """Give a person a role in a region; the answer holds the one-time password."""

    name = PersonName(required=True)
    login = NewLogin(required=True)
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    region = Region(required=True)


class DismissOfficial(Shape):
    """Take all roles from an official."""

    official_id = Id(required=True)


class FindOfficial(Shape):
    """One official by id."""

    official_id = Id(required=True)


class ListOfficials(Page):
    """The officials in the caller's regions, by login."""


class ListColleagues(Shape):
    """The clerks who handle what comes from a region, in the caller's reach."""

    region = Region(required=True)


class Colleague(Answer):
    """A clerk in office as colleagues know them: by name."""

    id = Id(required=True)
    login = fields.String(required=True)
    name = fields.String(required=True)
    region = Region(required=True)


class Colleagues(Answer):
    """Clerks to whom something of a region can be given, by login."""

    items = fields.List(fields.Nested(Colleague), required=True)


class OfficialRow(Answer):
    """An official in a list: the name masked, the login in full."""

    id = Id(required=True)
    login = fields.String(required=True)
    name = fields.String(attribute="masked_name", required=True)
    role = fields.String(required=True)
    region = Region(required=True)
    active = fields.Boolean(required=True)
    appointed_at = Time(required=True)


class Official(OfficialRow):
    """An official with the full name, as administrators see it."""

    name = fields.String(required=True)


class Appointed(Official):
    """A new official with the password that works once."""

    one_time_password = fields.String(required=True, allow_none=True)


OfficialPage = page_of(OfficialRow)


class OfficialAppointed(Event):
    """A person was given a role in a region."""

    name = "identity.official.appointed"
    official_id = public(Id(required=True))
    role = public(fields.String(required=True, validate=validate.OneOf(ROLES)))


class OfficialDismissed(Event):
    """An official lost all roles."""

    name = "identity.official.dismissed"
    official_id = public(Id(required=True))


class OfficialPasswordChanged(Event):
    """An official has chosen a password; sessions that another one opened are over."""

    name = "identity.official.password_changed"
    official_id = public(Id(required=True))


class ResetSecondFactor(Shape):
    """Take the second factor from an official who has lost it; the next sign-in asks for a new one."""

    official_id = Id(required=True)


class OfficialSecondFactorConfirmed(Event):
    """An official signs in with a new second factor from now on; sessions that were opened without it are over."""

    name = "identity.official.second_factor_confirmed"
    official_id = public(Id(required=True))


class OfficialRecoveryCodeUsed(Event):
    """An official signed in with a recovery code, which is used up."""

    name = "identity.official.recovery_code_used"
    official_id = public(Id(required=True))
    left = public(fields.Integer(required=True))


class OfficialSecondFactorReset(Event):
    """An administrator took an official's second factor away; all sessions are over."""

    name = "identity.official.second_factor_reset"
    official_id = public(Id(required=True))


class OfficialPlaced(Event):
    """An official whose division was split serves one part of it: the event's region."""

    name = "identity.official.placed"
    official_id = public(Id(required=True))
    role = public(fields.String(required=True, validate=validate.OneOf(ROLES)))


ADMINISTRATORS = ("county_administrator", "town_administrator")
COMMITTEE = "discipline_officer"
WHO_MAY_LOOK = (*ADMINISTRATORS, COMMITTEE)
"""Administrators see everybody of their regions; the discipline committee its own, among whom it recuses and takes over."""

appoint_official = Operation(AppointOfficial, Appointed, allow=ADMINISTRATORS, writes=True, remember=False)
dismiss_official = Operation(DismissOfficial, OfficialRow, allow=ADMINISTRATORS, writes=True)
find_official = Operation(FindOfficial, Official, allow=WHO_MAY_LOOK, in_full=True)
reset_second_factor = Operation(ResetSecondFactor, OfficialRow, allow=ADMINISTRATORS, writes=True)
DESK = ("clerk", *ADMINISTRATORS)
list_colleagues = Operation(ListColleagues, Colleagues, allow=DESK, in_full=True)
list_officials = Operation(ListOfficials, OfficialPage, allow=WHO_MAY_LOOK)
