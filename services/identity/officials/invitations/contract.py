"""Shapes of invitations and of what is told of them."""

from marshmallow import fields, validate

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import Answer, Id, Page, Plain, Region, Shape, Time, Whole, page_of
from services.chassis.events.event import Event, public
from services.civic.inputs import PersonName, Phone
from services.civic.operation import Operation
from services.identity.inputs import Password
from services.identity.officials.staff.contract import ROLES, NewLogin

STATES = ("open", "accepted", "revoked", "lapsed")


def _secret() -> Plain:
    description = {"description": "链接中 # 之后的部分"}
    return Plain(required=True, validate=validate.Length(1, 64), metadata=description)


class InviteOfficial(Shape):
    """Invite a person to a role in a region; with a phone the link is sent there too, by SMS."""

    name = PersonName(required=True)
    phone = Phone(optional=True, load_default="", metadata={"description": "手机号，可不填"})
    role = fields.String(required=True, validate=validate.OneOf(ROLES))
    region = Region(required=True)


class FindInvitation(Shape):
    """One invitation by id."""

    invitation_id = Id(required=True)


class ListInvitations(Page):
    """The invitations in the caller's regions in one state, newest first."""

    state = fields.String(load_default="open", validate=validate.OneOf(STATES))


class OpenInvitation(Shape):
    """Look at what a link invites to."""

    secret = _secret()


class AcceptInvitation(Shape):
    """Choose login and password and take the office; the link is used up."""

    secret = _secret()
    login = NewLogin(required=True)
    password = Password(10, required=True)


class Invitation(Answer):
    """An invitation as administrators see it: the name masked, the phone never."""

    id = Id(required=True)
    name = fields.String(attribute="masked_name", required=True)
    role = fields.String(required=True)
    region = Region(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    invited_by = Id(required=True)
    invited_at = Time(required=True)
    expires_at = Time(required=True)
    official_id = Id(required=True, allow_none=True)


class Invited(Invitation):
    """An invitation with its link, for whoever sent it; null once it is over or somebody else has sent another one."""

    link = fields.String(required=True, allow_none=True)


class OpenedInvitation(Answer):
    """What the invited person is shown before accepting."""

    name = fields.String(attribute="masked_name", required=True)
    role = fields.String(required=True)
    region = Region(required=True)
    expires_at = Time(required=True)


class AcceptedInvitation(Answer):
    """The office that was taken; signing in comes next, and asks for a second factor where the role needs one."""

    official_id = Id(required=True)
    role = fields.String(required=True)
    region = Region(required=True)


InvitationPage = page_of(Invitation)


class _OfInvitation(Event):
    """What every event of an invitation carries."""

    invitation_id = public(Id(required=True))
    role = public(fields.String(required=True, validate=validate.OneOf(ROLES)))


class InvitationSent(_OfInvitation):
    """Somebody was sent a link to an office, the first or another one; those before are good for nothing."""

    name = "identity.invitation.sent"
    number = public(Whole(1, 1_000_000, required=True))
    expires_at = public(Time(required=True))


class InvitationRevoked(_OfInvitation):
    """An invitation was taken back."""

    name = "identity.invitation.revoked"


class InvitationAccepted(_OfInvitation):
    """Whoever was invited is in office."""

    name = "identity.invitation.accepted"
    official_id = public(Id(required=True))


class InvitationLapsed(_OfInvitation):
    """Nobody came, and nobody sent another link: the invitation is over."""

    name = "identity.invitation.lapsed"


ADMINISTRATORS = ("county_administrator", "town_administrator")

invite_official = Operation(InviteOfficial, Invited, allow=ADMINISTRATORS, writes=True, remember=False)
resend_invitation = Operation(FindInvitation, Invited, allow=ADMINISTRATORS, writes=True, remember=False)
revoke_invitation = Operation(FindInvitation, Invitation, allow=ADMINISTRATORS, writes=True)
list_invitations = Operation(ListInvitations, InvitationPage, allow=ADMINISTRATORS)
open_invitation = Operation(OpenInvitation, OpenedInvitation, allow=(ANYONE,))
accept_invitation = Operation(AcceptInvitation, AcceptedInvitation, allow=(ANYONE,), writes=True)
