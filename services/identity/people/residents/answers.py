"""Parts of what is answered about a resident: in a list what happened and when, on one's own page also what was written."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Region, Time

ENDS = ("deceased", "deactivated")
CORRECTABLE = ("name", "phone", "id_number")
REQUESTS = ("correction", "move")


class AppealRow(Answer):
    """That there is an appeal against a rejection; one resident's page has what was written."""

    appealed_at = Time(required=True)
    decided_at = Time(required=True, allow_none=True)


class Appeal(AppealRow):
    """An appeal against a rejection, and what the town answered."""

    reason = fields.String(required=True, allow_none=True)
    answer = fields.String(required=True, allow_none=True)


class RequestRow(Answer):
    """What a resident asks for now; new values are seen under a purpose only."""

    kind = fields.String(required=True, validate=validate.OneOf(REQUESTS))
    what = fields.String(validate=validate.OneOf(CORRECTABLE))
    to = Region()
    asked_at = Time(required=True)
    released_at = Time(allow_none=True)


class Request(RequestRow):
    """What a resident asks for now, and why."""

    reason = fields.String()
    value = fields.String(metadata={"description": "申请更正成的值，只有本人看得到；证件号码只显示掩码"})


class OutcomeRow(Answer):
    """What became of the last request."""

    kind = fields.String(required=True, validate=validate.OneOf(REQUESTS))
    outcome = fields.String(required=True)
    decided_at = Time(required=True)


class Outcome(OutcomeRow):
    """What became of the last request, and why."""

    reason = fields.String(required=True, allow_none=True)


class EndReport(Answer):
    """A report that the town has to confirm."""

    kind = fields.String(required=True, validate=validate.OneOf(ENDS))
    reason = fields.String(required=True, allow_none=True)
    reported_at = Time(required=True)
