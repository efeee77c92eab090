"""Shapes of signing in and out."""

from marshmallow import fields, validate

from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import Answer, Id, Page, Plain, Shape, Time, page_of
from services.chassis.events.event import Event, public
from services.civic.operation import Operation
from services.identity.inputs import FactorCode, Login, OneTimePassword, Password, ProofOfWork

MOST_INTROSPECTED = 200
"""Sessions that one request asks about."""


def device_token():
    """Declare the device token of an earlier sign-in: with it, what strangers get wrong does not slow this one down."""
    return Plain(load_default=None, allow_none=True, validate=validate.Length(1, 200))


def proof_of_work():
    """Declare the proof of work that lets through who would have to wait; the refusal says what to compute."""
    return ProofOfWork(load_default=None, allow_none=True)


class SignIn(Shape):
    """Sign in with a phone (residents) or a login name (officials)."""

    login = Login(required=True)
    password = Password(required=True)
    code = FactorCode(load_default=None, allow_none=True)
    device_token = device_token()
    proof_of_work = proof_of_work()


class ChoosePassword(Shape):
    """Replace the one-time password, and sign in."""

    login = Login(required=True)
    one_time_password = OneTimePassword(required=True)
    new_password = Password(10, required=True)
    device_token = device_token()
    proof_of_work = proof_of_work()


class ChangePassword(Shape):
    """Replace one's own password; signs out on all other devices."""

    old_password = Password(required=True)
    new_password = Password(10, required=True)


class Refresh(Shape):
    """Exchange the refresh token for new tokens; it works once, and used again within ten seconds gives the same next one."""

    refresh_token = Plain(required=True, validate=validate.Length(1, 200))


class Tokens(Answer):
    """An access token for `expires_in` seconds, the refresh token for the next one, and the device token to keep for the
    next sign-in on this device. `next_step` is what must be done first (choose_password or
    enrol_second_factor): until then `kind` is entrant, and
    the access token is good for nothing else.
    """

    access_token = fields.String(required=True)
    refresh_token = fields.String(required=True)
    device_token = fields.String(required=True)
    token_type = fields.String(required=True)
    expires_in = fields.Integer(required=True)
    person_id = fields.String(required=True)
    kind = fields.String(required=True)
    next_step = fields.String(required=True, allow_none=True)


class OfferSecondFactor(Shape):
    """Ask for the secret of a new second factor; who has one already proves it with `code`."""

    code = FactorCode(load_default=None, allow_none=True)


class OfferedSecondFactor(Answer):
    """The secret for an authenticator, in base32 and as an otpauth address; it is good once a code of it has come back."""

    secret = fields.String(required=True)
    uri = fields.String(required=True)


class ConfirmSecondFactor(Shape):
    """Prove with a code that the authenticator knows the secret; signs out on all other devices."""

    code = FactorCode(required=True)


class ConfirmedSecondFactor(Tokens):
    """New tokens for this device, and the recovery codes, each of which works once instead of a code; not shown again."""

    recovery_codes = fields.List(fields.String(), required=True)


class SigningKeys(Answer):
    """The public keys that access tokens are verified with (JWKS, RFC 7517)."""

    keys = fields.List(fields.Dict(), required=True)


class ListDevices(Page):
    """The devices on which the caller is signed in, latest sign-in first."""


class EndSession(Shape):
    """Sign out on one device of one's own."""

    session_id = Id(required=True)


class EndEverywhere(Shape):
    """Sign out on all devices, or on all others than this one."""

    devices = fields.String(required=True, validate=validate.OneOf(("all", "others")))


class Device(Answer):
    """One device on which the caller is signed in; `last_used_at` is exact to the life of an access token. `by` is wechat where
    somebody signed in there with WeChat, and empty for a password or a code.
    """

    id = Id(required=True)
    name = fields.String(attribute="device_name", required=True)
    started_at = Time(required=True)
    last_used_at = Time(attribute="refreshed_at", required=True)
    expires_at = Time(required=True)
    this = fields.Boolean(required=True)
    by = fields.String(required=True)


DevicePage = page_of(Device)


class EndedEverywhere(Answer):
    """How many sign-ins are over."""

    ended = fields.Integer(required=True)


class SignedOut(Answer):
    """The session is over."""

    state = fields.String(required=True)


class EndedSince(Shape):
    """The sessions that have ended since a time, or all whose access tokens could still be used."""

    since = Time(load_default=None, allow_none=True)


class EndedSession(Answer):
    """A session that is over, and when its last access token has expired."""

    session_id = Id(required=True)
    tokens_expire_at = Time(required=True)


class EndedSessions(Answer):
    """Ended sessions; `whole` tells whether there are no more of them, `asked_at` is the next `since`."""

    items = fields.List(fields.Nested(EndedSession), required=True)
    whole = fields.Boolean(required=True)
    asked_at = Time(required=True)


class FindSession(Shape):
    """One session by id."""

    session_id = fields.String(required=True, validate=validate.Length(1, 64))


class IntrospectedSession(FindSession):
    """A session of somebody of this kind."""

    kind = fields.String(required=True)


class IntrospectSessions(Shape):
    """What sessions let their people do: all that a gateway wants to know at a moment."""

    sessions = fields.List(
        fields.Nested(IntrospectedSession), required=True, validate=validate.Length(1, MOST_INTROSPECTED)
    )


class SessionState(Answer):
    """Whether a session goes on: active, ended or revoked."""

    state = fields.String(required=True)


class Introspection(Answer):
    """What a session lets its person do, as it is committed at this moment; `roles` is null for a visit, whose token tells all."""

    session_id = fields.String(required=True)
    kind = fields.String(required=True)
    roles = fields.List(fields.List(fields.String()), required=True, allow_none=True)
    assurance = fields.Integer(required=True)
    away = fields.Boolean(required=True)
    next_step = fields.String(allow_none=True)


class IntrospectedSessions(Answer):
    """What those sessions let their people do that go on; of the others there is no item."""

    items = fields.List(fields.Nested(Introspection), required=True)


class KeptInBrowser(Answer):
    """The secret of a browser's cookie; it is the same until the session ends, so that a lost answer signs nobody out."""

    secret = fields.String(required=True)
    expires_at = Time(required=True)


class OpenFromBrowser(Shape):
    """The secret that a browser's cookie holds."""

    secret = Plain(required=True, validate=validate.Length(1, 200))


class BrowserAccess(Answer):
    """An access token for `expires_in` seconds; the gateway keeps it, a browser never sees it."""

    access_token = fields.String(required=True)
    expires_in = fields.Integer(required=True)


class SessionEnded(Event):
    """A sign-in is over: signed out, ended by its owner or revoked; its access tokens are refused from now on."""

    name = "identity.session.ended"
    session_id = public(Id(required=True))
    tokens_expire_at = public(Time(required=True))


EVERYBODY = ("resident", "official", "department")
ENTRANTS = ("official", "entrant")

sign_in = Operation(SignIn, Tokens, allow=(ANYONE,), caller=True)
choose_password = Operation(ChoosePassword, Tokens, allow=(ANYONE,), caller=True)
change_password = Operation(ChangePassword, Tokens, allow=("resident", *ENTRANTS), caller=True, assurance=0)
offer_second_factor = Operation(
    OfferSecondFactor, OfferedSecondFactor, allow=ENTRANTS, writes=True, remember=False
)
confirm_second_factor = Operation(ConfirmSecondFactor, ConfirmedSecondFactor, allow=ENTRANTS)
refresh_session = Operation(Refresh, Tokens, allow=(ANYONE,))
sign_out = Operation(None, SignedOut, allow=(*EVERYBODY, "entrant", "visitor"))
list_sessions = Operation(ListDevices, DevicePage, allow=EVERYBODY)
end_session = Operation(EndSession, SignedOut, allow=EVERYBODY)
end_sessions = Operation(EndEverywhere, EndedEverywhere, allow=EVERYBODY)
ended_sessions = Operation(EndedSince, EndedSessions, allow=("system",))
introspect_sessions = Operation(IntrospectSessions, IntrospectedSessions, allow=("system",))
keep_in_browser = Operation(FindSession, KeptInBrowser, allow=("system",))
open_from_browser = Operation(OpenFromBrowser, BrowserAccess, allow=("system",))
session_state = Operation(FindSession, SessionState, allow=("system",))
signing_keys = Operation(None, SigningKeys, allow=(ANYONE,))
