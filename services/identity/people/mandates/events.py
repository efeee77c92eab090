"""Events of mandates: who for whom and in which state; never why, and nothing of the paper."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Id, Time
from services.chassis.events.event import Event, in_state, public

STATES = ("offered", "active", "refused", "ended", "expired")
ENDERS = ("ward", "helper", "village")
ACTS = (
    "affairs.application.submitted",
    "affairs.application.supplemented",
    "affairs.application.withdrawn",
    "affairs.application.file_added",
    "affairs.application.file_removed",
    "affairs.application.paper_reused",
    "affairs.result.delivery_chosen",
    "affairs.review.asked",
    "affairs.review.raised",
    "affairs.review.withdrawn",
    "market.order.requested",
    "market.order.cancelled",
    "market.order.received",
    "market.order.called_off",
    "market.payment.requested",
    "market.claim.asked",
    "market.claim.disputed",
    "market.claim.sent_back",
    "market.claim.withdrawn",
)
"""The events by which something that was done under a mandate is known; each is told by the write that did it."""


class _OfMandate(Event):
    """What every event of a mandate carries."""

    mandate_id = public(Id(required=True))
    ward_id = public(Id(required=True))
    helper_id = public(Id(required=True))


class MandateOffered(_OfMandate):
    """A resident, or a village for one, asked somebody to act for that resident."""

    name = "identity.mandate.offered"
    state = in_state("offered")


class MandateAccepted(_OfMandate):
    """The helper accepted: from now on the helper may act within the scope."""

    name = "identity.mandate.accepted"
    state = in_state("active")
    expires_at = public(Time(required=True))


class MandatePhotoAdded(_OfMandate):
    """The village added a photo of the paper; nothing says what it shows."""

    name = "identity.mandate.photo_added"
    state = in_state("offered", "active")
    photo_id = public(Id(required=True))


class MandatePhotoRemoved(_OfMandate):
    """The village took a photo of the paper away; nothing says why. It is erased."""

    name = "identity.mandate.photo_removed"
    state = in_state("offered", "active")
    photo_id = public(Id(required=True))


class MandateRefused(_OfMandate):
    """The helper does not want to."""

    name = "identity.mandate.refused"
    state = in_state("refused")


class MandateEnded(_OfMandate):
    """The ward, the helper or the village ended it."""

    name = "identity.mandate.ended"
    state = in_state("ended")
    ended_by = public(fields.String(required=True, validate=validate.OneOf(ENDERS)))


class MandateExpired(_OfMandate):
    """Its time is over, or nobody answered the offer in time."""

    name = "identity.mandate.expired"
    state = in_state("expired")
