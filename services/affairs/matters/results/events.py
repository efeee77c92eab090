"""Events of results: ids, states and times; never what the paper says, whose name stands on it, or where it is sent."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Id
from services.chassis.events.event import Event, in_state, public
from services.civic.event_shapes import UnderMandate

STATES = ("making", "issued", "revoked")
WAYS = ("page", "print", "pick_up", "post")
"""How somebody gets it: by the page alone, printed at a window or service station, fetched at the office, by post."""


class _OfResult(Event):
    """What every event of a result carries."""

    result_id = public(Id(required=True))
    application_id = public(Id(required=True))
    applicant_id = public(Id(required=True))
    matter_id = public(Id(required=True))
    matter_name = public(fields.String(required=True))


class ResultIssued(_OfResult):
    """The office issued what was granted as a paper; `replaces_id` is the revoked one in whose place it stands."""

    name = "affairs.result.issued"
    state = in_state("issued")
    replaces_id = public(Id(metadata={"description": "所更正的那份结果文书的编号；没有更正时没有此项"}))


class ResultDeliveryChosen(UnderMandate, _OfResult):
    """The applicant said how the paper shall come; to which address stays between applicant and office."""

    name = "affairs.result.delivery_chosen"
    state = in_state("issued")
    way = public(fields.String(required=True, validate=validate.OneOf(WAYS)))


class ResultHandedOver(_OfResult):
    """The office handed the paper over, or to the post."""

    name = "affairs.result.handed_over"
    state = in_state("issued")
    way = public(fields.String(required=True, validate=validate.OneOf(WAYS)))


class ResultRevoked(_OfResult):
    """The office revoked the paper; the reason stays between office and applicant."""

    name = "affairs.result.revoked"
    state = in_state("revoked")
