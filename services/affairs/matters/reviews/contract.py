"""Shapes of reviews: requests and answers; the events stand in `events.py`."""

from marshmallow import fields, validate

from services.affairs.matters.reviews.events import DECISIONS, LEVELS, OUTCOMES, STATES
from services.chassis.core.schemas import Answer, Id, Page, Region, Shape, Text, Time, page_of
from services.civic.actor import NAMED_VISITOR
from services.civic.operation import Operation

MINE = "mine"
"""No state, but what the caller has taken and not decided."""


def _grounds() -> Text:
    return Text(
        2000, 4, lines=True, required=True, metadata={"description": "哪里不服、为什么，复核的人和您看得到"}
    )


class FindRemedies(Shape):
    """What can be done against the decision of one application."""

    application_id = Id(required=True)


class AskForReview(Shape):
    """The applicant does not agree with a decision, and says why."""

    application_id = Id(required=True)
    grounds = _grounds()


class FindReview(Shape):
    """One review by id, which is its application's."""

    review_id = Id(required=True)


class ListReviews(Page):
    """The reviews of the caller's regions in one state, the most urgent first; `mine`: what the caller has taken."""

    state = fields.String(load_default="asked", validate=validate.OneOf((*STATES, MINE)))


class TakeReview(Shape):
    """Somebody who had no hand in the decision takes it."""

    review_id = Id(required=True)


class DecideReview(Shape):
    """Upheld or set aside, and why; the applicant reads it."""

    review_id = Id(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    reason = Text(
        2000, 4, lines=True, required=True, metadata={"description": "复核查清了什么、为什么这样决定"}
    )


class GoOnWithReview(Shape):
    """The applicant does not agree with the office's answer: the county looks at it."""

    review_id = Id(required=True)
    grounds = _grounds()


class WithdrawReview(Shape):
    """The applicant takes it back."""

    review_id = Id(required=True)


class Remedies(Answer):
    """What can be done against a decision, each with its last day; nothing of it while nothing is decided."""

    application_id = Id(required=True)
    matter_name = fields.String(required=True)
    decision = fields.String(
        required=True,
        allow_none=True,
        validate=validate.OneOf(DECISIONS),
        metadata={"description": "什么决定；还没有决定的为空"},
    )
    may_ask = fields.Boolean(required=True, metadata={"description": "现在能不能申请复核"})
    ask_by = Time(required=True, allow_none=True, metadata={"description": "申请复核的最后一天"})
    reconsider_by = Time(
        required=True,
        allow_none=True,
        metadata={"description": "申请行政复议的最后一天（行政复议法第二十条）"},
    )
    reconsider_provisional = fields.Boolean(
        required=True, metadata={"description": "那一年的放假安排还没有公布，最后一天可能顺延"}
    )
    sue_by = Time(
        required=True,
        allow_none=True,
        metadata={"description": "提起行政诉讼的最后一天（行政诉讼法第四十六条）"},
    )
    sue_provisional = fields.Boolean(
        required=True, metadata={"description": "那一年的放假安排还没有公布，最后一天可能顺延"}
    )
    review_state = fields.String(
        required=True,
        validate=validate.OneOf(("", *STATES)),
        metadata={"description": "复核到了哪一步，空的是没有申请过"},
    )
    new_application_id = Id(
        required=True, allow_none=True, metadata={"description": "撤销原决定后重新办理的申请；没有的为空"}
    )


class ReviewRow(Answer):
    """A review in a list: nothing that anybody wrote."""

    id = Id(required=True)
    application_id = Id(required=True)
    region = Region(required=True)
    matter_id = Id(required=True)
    matter_name = fields.String(required=True)
    office = fields.String(required=True)
    decision = fields.String(
        required=True, validate=validate.OneOf(DECISIONS), metadata={"description": "对什么决定申请复核"}
    )
    decided_at = Time(required=True, metadata={"description": "决定的时间"})
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    level = fields.String(
        required=True,
        validate=validate.OneOf(LEVELS),
        metadata={"description": "由谁复核：office 原单位，county 县里"},
    )
    raised_why = fields.String(required=True, metadata={"description": "为什么到了县里，空的是还在原单位"})
    asked_at = Time(required=True, metadata={"description": "申请复核的时间"})
    decide_by = Time(required=True, allow_none=True, metadata={"description": "复核答复的期限"})
    closed_at = Time(allow_none=True)


class PacedReviewRow(ReviewRow):
    """A review in an officer's list, with how its time stands."""

    pace = fields.String(
        required=True,
        validate=validate.OneOf(("", "in_time", "soon", "late")),
        metadata={"description": "期限：in_time 还早，soon 快到期，late 已超期，空的是不再计时"},
    )


class ReviewRound(Answer):
    """What one of them who had it was asked, and answered; the county's is the last."""

    level = fields.String(required=True, validate=validate.OneOf(LEVELS))
    asked_at = Time(required=True, metadata={"description": "申请复核的时间"})
    grounds = fields.String(required=True)
    taken_at = Time(metadata={"description": "接手的时间；还没有人接手的没有此项"})
    outcome = fields.String(metadata={"description": "复核的结果；还没有决定的没有此项"})
    reason = fields.String(metadata={"description": "复核查清了什么、为什么这样决定"})
    decided_at = Time(metadata={"description": "决定的时间"})


class Review(ReviewRow):
    """A review with all that happened, and the last days of what the law gives beside it."""

    rounds = fields.List(
        fields.Nested(ReviewRound), required=True, metadata={"description": "复核经过，按先后"}
    )
    raise_by = Time(required=True, allow_none=True, metadata={"description": "申请县里复核的最后一天"})
    final = fields.Boolean(
        attribute="is_final", required=True, metadata={"description": "平台内是否已经复核到头"}
    )
    taken = fields.Boolean(required=True, metadata={"description": "是否由您接手"})
    new_application_id = Id(required=True, allow_none=True)
    acted_by = Id(required=True, allow_none=True, metadata={"description": "代为申请的代办人"})
    reconsider_by = Time(
        required=True, metadata={"description": "申请行政复议的最后一天（行政复议法第二十条）"}
    )
    reconsider_provisional = fields.Boolean(required=True)
    sue_by = Time(required=True, metadata={"description": "提起行政诉讼的最后一天（行政诉讼法第四十六条）"})
    sue_provisional = fields.Boolean(required=True)


class ReviewProgress(ReviewRow):
    """How a review stands after a step."""

    raise_by = Time(required=True, allow_none=True)


ReviewPage = page_of(PacedReviewRow)

APPLICANT = ("resident", NAMED_VISITOR)
REVIEWERS = ("clerk", "town_administrator", "county_administrator")

find_remedies = Operation(FindRemedies, Remedies, allow=APPLICANT, mandate="affairs")
ask_for_review = Operation(
    AskForReview, ReviewProgress, allow=APPLICANT, writes=True, assurance=0, mandate="affairs"
)
find_review = Operation(FindReview, Review, allow=(*APPLICANT, *REVIEWERS), mandate="affairs", in_full=True)
list_reviews = Operation(ListReviews, ReviewPage, allow=REVIEWERS)
take_review = Operation(TakeReview, ReviewProgress, allow=REVIEWERS, writes=True)
decide_review = Operation(DecideReview, ReviewProgress, allow=REVIEWERS, writes=True)
go_on_with_review = Operation(
    GoOnWithReview, ReviewProgress, allow=APPLICANT, writes=True, assurance=0, mandate="affairs"
)
withdraw_review = Operation(
    WithdrawReview, ReviewProgress, allow=APPLICANT, writes=True, assurance=0, mandate="affairs"
)
