"""Events of applications: ids, states, times and counts; never who, why or which papers."""

from marshmallow import fields, validate

from services.affairs.matters.applications.clock_rules import GROUNDS
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
WITH_FILES = tuple(state for state in STATES if state != "withdrawn")
"""With a withdrawal the files go."""
OUTCOMES = ("granted", "refused")
OPEN = ("submitted", "materials_missing", "supplemented", "accepted")
VERIFIED_IN = (*OPEN, "decided", "rated")
CHANNELS = ("page", "link")
"""How a handling was rated: on the applicant's own page, or by the link that hangs at the window."""
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


class ApplicationFileAdded(UnderMandate, _OfApplication):
    """The applicant handed in a photo of a material; nothing says what it shows or of which material."""

    name = "affairs.application.file_added"
    state = in_state("submitted", "materials_missing", "supplemented")
    file_id = public(Id(required=True))


class ApplicationFileRemoved(UnderMandate, _OfApplication):
    """The applicant took a photo away that nobody had looked at; it is erased."""

    name = "affairs.application.file_removed"
    state = in_state("submitted", "materials_missing", "supplemented")
    file_id = public(Id(required=True))


class ApplicationMaterialVerified(_OfApplication):
    """A clerk compared a material with its original; nothing says which, and until when it holds."""

    name = "affairs.application.material_verified"
    state = in_state(*VERIFIED_IN)


class ApplicationPaperReused(UnderMandate, _OfApplication):
    """The applicant let a paper count that a window verified in an earlier case; nothing says of which material."""

    name = "affairs.application.paper_reused"
    state = in_state("submitted", "materials_missing", "supplemented")
    paper_id = public(Id(required=True))


class ApplicationFileCleared(_OfApplication):
    """The virus scanner found nothing in a photo that was handed in: the office can open it."""

    name = "affairs.application.file_cleared"
    state = in_state(*WITH_FILES)
    file_id = public(Id(required=True))


class ApplicationFileInfected(_OfApplication):
    """The virus scanner found something in a photo that was handed in: it is erased; nothing says what was found."""

    name = "affairs.application.file_infected"
    state = in_state(*WITH_FILES)
    file_id = public(Id(required=True))


class ApplicationOriginalOpened(_OfApplication):
    """An official had a PDF opened as it was sent, for proof; the reason stays between office and applicant."""

    name = "affairs.application.original_opened"
    state = in_state(*WITH_FILES)
    file_id = public(Id(required=True))
    official_id = public(Id(required=True))


class ApplicationAccepted(_OfApplication):
    """The office took it up and decides until `due_at`: provisional before the year's holidays are known."""

    name = "affairs.application.accepted"
    state = in_state("accepted")
    due_at = public(Time(required=True))
    provisional = public(fields.Boolean(required=True))
    legal_due_at = public(Time(metadata={"description": "法定办结期限；法律没有规定期限的没有此项"}))


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
    channel = public(
        fields.String(validate=validate.OneOf(CHANNELS), metadata={"description": "从哪里评价的"})
    )


class ApplicationReopened(_OfApplication):
    """It is the second handling of `reviewed_id`, whose decision a review has set aside: opened for that with everything carried over, or open already."""

    name = "affairs.application.reopened"
    state = in_state(*OPEN)
    reviewed_id = public(Id(required=True, metadata={"description": "被撤销决定的原申请"}))


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


class _OfTheClock(_OfApplication):
    """What every event of the clock carries: the day until which the office's step is due, and the law's where it names one."""

    due_at = public(Time(required=True))
    provisional = public(fields.Boolean(required=True))
    legal_due_at = public(Time(metadata={"description": "法定办结期限；法律没有规定期限的没有此项"}))


class ApplicationExtended(_OfTheClock):
    """The head gave so many days more, the only time; the reason stays between office and applicant."""

    name = "affairs.application.extended"
    state = in_state("accepted")
    days = public(
        fields.Integer(required=True, metadata={"description": "延长多少天，按该事项法律规定的单位"})
    )


class ApplicationSuspended(_OfTheClock):
    """The days until the end of `until` are not counted; the reason stays between office and applicant."""

    name = "affairs.application.suspended"
    state = in_state("accepted")
    ground = public(fields.String(required=True, validate=validate.OneOf(GROUNDS)))
    until = public(Time(required=True, metadata={"description": "停止计时到什么时候为止"}))


class ApplicationResumed(_OfTheClock):
    """The days are counted again."""

    name = "affairs.application.resumed"
    state = in_state("accepted")


class ApplicationEscalatedToHead(_OfTheClock):
    """The office's day is over: the heads of the place were told, once for each step."""

    name = "affairs.application.escalated_to_head"
    state = in_state("submitted", "supplemented", "accepted")


class ApplicationEscalatedToCounty(_OfTheClock):
    """The law's day is over too, and the head had time: the county was told, once for each step."""

    name = "affairs.application.escalated_to_county"
    state = in_state("submitted", "supplemented", "accepted")


class ApplicationDueMoved(_OfTheClock):
    """The county has announced or changed working days, and the day has moved with them."""

    name = "affairs.application.due_moved"
    state = in_state("submitted", "supplemented", "accepted")
