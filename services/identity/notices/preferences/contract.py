"""Shapes of preferences."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Shape
from services.civic.operation import Operation
from services.identity.notices.preferences.model import CHANNELS, KINDS

KIND, CHANNEL = validate.OneOf(tuple(KINDS)), validate.OneOf(CHANNELS)


class ChoosePreferences(Shape):
    """What is wanted where, by kind: the whole choice, what is left out comes as usual."""

    choices = fields.Dict(
        keys=fields.String(validate=KIND),
        values=fields.String(validate=CHANNEL),
        required=True,
        validate=validate.Length(max=len(KINDS)),
        metadata={"description": "各类通知的接收方式：none 不接收，inbox 站内，sms 站内和短信"},
    )


class Preference(Answer):
    """One kind of notices: where it goes now, and what could be chosen."""

    kind = fields.String(required=True, validate=KIND)
    channel = fields.String(required=True, validate=CHANNEL)
    channels = fields.List(fields.String(validate=CHANNEL), required=True)


class Preferences(Answer):
    """All kinds that the caller gets."""

    items = fields.List(fields.Nested(Preference), required=True)


EVERYBODY = ("resident", "official")

list_preferences = Operation(None, Preferences, allow=EVERYBODY)
choose_preferences = Operation(
    ChoosePreferences, Preferences, allow=EVERYBODY, writes=True, assurance=0, remember=False
)
