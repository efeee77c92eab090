"""Events of reviews: ids, states and days; never what anybody wrote."""

from marshmallow import fields, validate

from services.affairs.matters.reviews.rules import COUNTY, OFFICE, OPEN
from services.chassis.core.schemas import Id, Region, Time
from services.chassis.events.event import Event, in_state, public
from services.civic.event_shapes import UnderMandate

LEVELS = (OFFICE, COUNTY)
OUTCOMES = ("upheld", "set_aside")
STATES = (*OPEN, *OUTCOMES, "withdrawn")
DECISIONS = ("declined", "refused", "granted", "lapsed")
"""Not taken up; refused; granted, but not all of what was asked for; closed because materials never came."""
WHY_RAISED = ("asked", "overdue")
"""The citizen did not agree with the office's answer; the office's time was over."""


class _OfReview(Event):
    """What every event of a review carries."""

    review_id = public(Id(required=True))
    application_id = public(Id(required=True))
    applicant_id = public(Id(required=True))
    matter_id = public(Id(required=True))
    matter_name = public(fields.String(required=True))
    level = public(
        fields.String(
            required=True,
            validate=validate.OneOf(LEVELS),
            metadata={"description": "由谁复核：office 原单位，county 县里"},
        )
    )


class ReviewAsked(UnderMandate, _OfReview):
    """An applicant asks that somebody else of the office looks at a decision once more, until `decide_by`."""

    name = "affairs.review.asked"
    state = in_state("asked")
    decision = public(
        fields.String(
            required=True,
            validate=validate.OneOf(DECISIONS),
            metadata={
                "description": "对什么决定申请复核：declined 不予受理，refused 不予批准，granted 批准的（没有全部批准），lapsed 逾期终止"
            },
        )
    )
    decide_by = public(Time(required=True))


class ReviewTaken(_OfReview):
    """Somebody who had no hand in the decision has taken it."""

    name = "affairs.review.taken"
    state = in_state("taken")


class ReviewDecided(_OfReview):
    """The decision is upheld, or set aside: then the office handles it again. The reason stays between applicant and office."""

    name = "affairs.review.decided"
    state = in_state(*OUTCOMES)
    outcome = public(fields.String(required=True, validate=validate.OneOf(OUTCOMES)))
    raise_by = public(
        Time(metadata={"description": "申请县里复核的期限；撤销了原决定的、县里复核的没有此项"})
    )


class ReviewRaised(UnderMandate, _OfReview):
    """The county has it from now on, once: the applicant did not agree with the answer, or the office's time was over."""

    name = "affairs.review.raised"
    state = in_state("asked")
    why = public(fields.String(required=True, validate=validate.OneOf(WHY_RAISED)))
    county = public(Region("county", required=True))
    decide_by = public(Time(required=True))


class ReviewWithdrawn(UnderMandate, _OfReview):
    """The applicant took it back: the decision stands as it was."""

    name = "affairs.review.withdrawn"
    state = in_state("withdrawn")


class ReviewReopened(_OfReview):
    """What was set aside is handled again as `new_application_id`."""

    name = "affairs.review.reopened"
    state = in_state("set_aside")
    new_application_id = public(Id(required=True))
