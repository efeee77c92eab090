"""Events of ratings: ids, states and levels; never what anybody wrote or said."""

from marshmallow import fields, validate

from services.affairs.matters.applications.events import CHANNELS
from services.affairs.matters.ratings.rules import OPEN
from services.chassis.core.schemas import Id, Region, Time
from services.chassis.events.event import Event, in_state, public

ENDED = ("mended", "unconfirmed", "not_mended", "malicious")
"""The citizen said so; the citizen said nothing in time; not even after the county's answer; the appeal was upheld."""

STATES = ("given", *OPEN, *ENDED)
BAD = (*OPEN, *ENDED)
SOLVED = ("yes", "partly", "no")
WHY_RAISED = ("overdue", "not_mended")
APPEAL_OUTCOMES = ("upheld", "dismissed")


class _OfRating(Event):
    """What every event of a rating carries."""

    rating_id = public(Id(required=True))
    application_id = public(Id(required=True))
    applicant_id = public(Id(required=True))
    matter_id = public(Id(required=True))
    matter_name = public(fields.String(required=True))


class RatingReceived(_OfRating):
    """A handling was rated, `level` 1 (very dissatisfied) to 5; what was written stays between applicant and office."""

    name = "affairs.rating.received"
    state = in_state("given", "to_call")
    level = public(fields.Integer(required=True))
    channel = public(
        fields.String(
            required=True, validate=validate.OneOf(CHANNELS), metadata={"description": "从哪里评价的"}
        )
    )
    tell_id = public(Id(metadata={"description": "凭链接评价的，告知申请人本人；在网页评价的没有此项"}))


class RatingCaseOpened(_OfRating):
    """A bad rating (level 1 or 2) opened a case: somebody other than `official_id`, who was rated, has it mended until `mend_by`."""

    name = "affairs.rating.case_opened"
    state = in_state("to_call")
    official_id = public(Id(metadata={"description": "被评价的工作人员；不知道是谁办的没有此项"}))
    mend_by = public(Time(required=True))


class RatingCalledBack(_OfRating):
    """Somebody of the supervisor's side spoke with the citizen."""

    name = "affairs.rating.called_back"
    state = in_state("mending")


class RatingAnswered(_OfRating):
    """The citizen reads what was done, and says until `confirm_by` whether it is mended."""

    name = "affairs.rating.answered"
    state = in_state("answered")
    confirm_by = public(Time(required=True))


class RatingRaised(_OfRating):
    """The county has it from now on, once: the time was over, or the citizen said that it is not mended."""

    name = "affairs.rating.raised"
    state = in_state("to_call")
    why = public(fields.String(required=True, validate=validate.OneOf(WHY_RAISED)))
    county = public(Region("county", required=True))
    mend_by = public(Time(required=True))


class RatingClosed(_OfRating):
    """The case is over, as the state says."""

    name = "affairs.rating.closed"
    state = in_state(*ENDED)


class RatingAppealed(_OfRating):
    """Who was rated says that the rating is malicious."""

    name = "affairs.rating.appealed"
    state = in_state(*OPEN, "unconfirmed", "not_mended")


class RatingAppealDecided(_OfRating):
    """Another officer decided the appeal; the reason stays with the case."""

    name = "affairs.rating.appeal_decided"
    state = in_state(*BAD)
    official_id = public(Id(required=True))
    outcome = public(fields.String(required=True, validate=validate.OneOf(APPEAL_OUTCOMES)))


class RatingSolvedAsked(_OfRating):
    """Four weeks are over: the citizen is asked whether the matter was truly solved."""

    name = "affairs.rating.solved_asked"
    state = in_state(*STATES)


class RatingSolvedTold(_OfRating):
    """The citizen said whether it was truly solved."""

    name = "affairs.rating.solved_told"
    state = in_state(*STATES)
    solved = public(fields.String(required=True, validate=validate.OneOf(SOLVED)))
