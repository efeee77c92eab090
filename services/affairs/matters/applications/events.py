"""Events of applications: ids, states, times and counts; never who, why or which papers."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Id, Time
from services.chassis.events.event import Event, in_state, public
from services.civic.event_shapes import UnderMandate

STATES = (
    "submitted",
    "materials_missing",
    "supplemented",
    "accepted",
    "declined",
    "decided",
    "withdrawn",
    "lapsed",
    "rated",
)
OUTCOMES = ("granted", "refused")
OPEN = ("submitted", "materials_missing", "supplemented", "accepted")
PUT_BACK = ("released", "left_office")
"""Why nobody has it in hand any more: it was put back, or who had it is no clerk any more."""


class _OfApplication(Event):
    """What every event of an application carries; the matter's name, as the catalogue has it, since 0.2.0."""

    application_id = public(Id(required=True))
    applicant_id = public(Id(required=True))
    matter_id = public(Id(required=True))
    matter_name = public(fields.String())


class ApplicationSubmitted(UnderMandate, _OfApplication):
    """A resident or a visitor applied for a matter."""

    name = "affairs.application.submitted"
    selectors = (*UnderMandate.selectors, "visitor_id")
    visitor_id = public(Id(metadata={"description": "访客办理时的访客编号；有账号的居民办理时没有此项"}))
    state = in_state("submitted")


class ApplicationMaterialsMissing(_OfApplication):
    """The office told once what is missing; it can be supplied until `due_at`."""

    name = "affairs.application.materials_missing"
    state = in_state("materials_missing")
    missing_count = public(fields.Integer(required=True))
    due_at = public(Time(required=True))
    provisional = public(fields.Boolean(required=True))


class ApplicationSupplemented(UnderMandate, _OfApplication):
    """The applicant supplied all that the notice named."""

    name = "affairs.application.supplemented"
    state = in_state("supplemented")


class ApplicationAccepted(_OfApplication):
    """The office took it up and decides until `due_at`: provisional before the year's holidays are known."""

    name = "affairs.application.accepted"
    state = in_state("accepted")
    due_at = public(Time(required=True))
    provisional = public(fields.Boolean(required=True))


class ApplicationDeclined(_OfApplication):
    """The office did not take it up; the reason stays between office and applicant."""

    name = "affairs.application.declined"
    state = in_state("declined")


class ApplicationDecided(_OfApplication):
    """The office decided."""

    name = "affairs.application.decided"
    state = in_state("decided")
    outcome = public(fields.String(required=True, validate=validate.OneOf(OUTCOMES)))


class ApplicationWithdrawn(UnderMandate, _OfApplication):
    """The applicant took it back before the decision."""

    name = "affairs.application.withdrawn"
    state = in_state("withdrawn")


class ApplicationLapsed(_OfApplication):
    """The office closed it because the missing materials never came."""

    name = "affairs.application.lapsed"
    state = in_state("lapsed")


class ApplicationRated(_OfApplication):
    """The applicant rated the handling, 1 to 5 stars; the comment stays with the office."""

    name = "affairs.application.rated"
    state = in_state("rated")
    stars = public(fields.Integer(required=True))


class ApplicationClaimed(_OfApplication):
    """A clerk has it in hand from now on; `previous_id` is the one from whom it was taken over."""

    name = "affairs.application.claimed"
    state = in_state(*OPEN)
    official_id = public(Id(required=True))
    previous_id = public(Id(metadata={"description": "原来的承办人；从同事那里接手时才有"}))


class ApplicationHanded(_OfApplication):
    """A clerk has it in hand from now on because `by_id`, a colleague or the head, gave it; what was said with it stays in the office."""

    name = "affairs.application.handed"
    state = in_state(*OPEN)
    official_id = public(Id(required=True))
    by_id = public(Id(required=True))
    previous_id = public(Id(metadata={"description": "原来的承办人；没有人承办时没有此项"}))


class ApplicationReleased(_OfApplication):
    """Nobody has it in hand any more, not even `official_id`."""

    name = "affairs.application.released"
    state = in_state(*OPEN)
    official_id = public(Id(required=True))
    why = public(fields.String(required=True, validate=validate.OneOf(PUT_BACK)))
