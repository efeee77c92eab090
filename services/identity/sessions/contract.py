"""Shapes of signing in and out."""

from marshmallow import fields, validate

from services.chassis.schemas import Answer, Shape

PASSWORD = validate.Length(10, 128)


def device_token():
    """Declare the device token of an earlier sign-in: with it, what strangers get wrong does not slow this one down."""
    return fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 200))


class SignIn(Shape):
    """Sign in with a phone (residents) or a login name (officials)."""

    login = fields.String(
        required=True, validate=validate.Length(1, 64), metadata={"description": "手机号或登录名"}
    )
    password = fields.String(required=True, validate=validate.Length(1, 128))
    device_token = device_token()


class ChoosePassword(Shape):
    """Replace the one-time password, and sign in."""

    login = fields.String(required=True, validate=validate.Length(1, 64))
    one_time_password = fields.String(required=True, validate=validate.Length(1, 128))
    new_password = fields.String(required=True, validate=PASSWORD)
    device_token = device_token()


class Refresh(Shape):
    """Exchange the refresh token for new tokens; it works once."""

    refresh_token = fields.String(required=True, validate=validate.Length(1, 200))


class Tokens(Answer):
    """An access token for `expires_in` seconds, the refresh token for the next one, and the device token to keep for the
    next sign-in on this device.
    """

    access_token = fields.String(required=True)
    refresh_token = fields.String(required=True)
    device_token = fields.String(required=True)
    token_type = fields.String(required=True)
    expires_in = fields.Integer(required=True)
    person_id = fields.String(required=True)
    kind = fields.String(required=True)


class SigningKeys(Answer):
    """The public keys that access tokens are verified with (JWKS, RFC 7517)."""

    keys = fields.List(fields.Dict(), required=True)


class SignedOut(Answer):
    """The session is over."""

    state = fields.String(required=True)
