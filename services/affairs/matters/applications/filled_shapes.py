"""The shapes of a form that was filled in, as applicant and office read it: questions and answers in words."""

from marshmallow import fields

from services.chassis.core.schemas import Answer


class FilledLine(Answer):
    """One question of a form and what was answered, in words."""

    question = fields.String(required=True)
    answer = fields.String(required=True)


class FilledPart(Answer):
    """One page of a filled form, or one of several that it was filled in for."""

    title = fields.String(required=True)
    lines = fields.List(fields.Nested(FilledLine), required=True)
