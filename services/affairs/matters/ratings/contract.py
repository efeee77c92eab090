"""Shapes of ratings: requests and answers; the events stand in `events.py`."""

from marshmallow import fields, validate

from services.affairs.matters.applications.events import CHANNELS
from services.affairs.matters.ratings.events import APPEAL_OUTCOMES, BAD, SOLVED, STATES
from services.chassis.core.actor import ANYONE
from services.chassis.core.schemas import Answer, Id, Page, Plain, Region, Shape, Text, Time, Whole, page_of
from services.civic.actor import NAMED_VISITOR
from services.civic.operation import Operation

APPEALED = "appealed"
"""No state, but an appeal that waits for its decision, whatever the case's state."""


class FindRatingLink(Shape):
    """The link of one handled application."""

    application_id = Id(required=True)


class OpenRatingLink(Shape):
    """What a link leads to."""

    application_id = Id(required=True)
    token = Plain(
        required=True,
        validate=validate.Regexp(r"\A[A-Za-z0-9_\-]{20,100}\Z", error="评价网址不完整，请重新扫码。"),
        metadata={"description": "评价网址的最后一段"},
    )


class RateByLink(OpenRatingLink):
    """Whoever has the link rates the handling, once."""

    stars = Whole(1, 5, required=True)
    comment = Text(500, 0, lines=True, load_default=None, allow_none=True)


class FindRating(Shape):
    """One rating by id, which is its application's."""

    rating_id = Id(required=True)


class ListRatingCases(Page):
    """The bad ratings of the caller's regions in one state, the most urgent first; `appealed`: with an appeal to decide."""

    state = fields.String(load_default="to_call", validate=validate.OneOf((*BAD, APPEALED)))


class ListRatingsAboutMe(Page):
    """The bad ratings of what the caller handled."""


class ListPublishedRatings(Page):
    """What became of bad ratings in a county."""

    county = Region("county", required=True, metadata={"description": "县级区划代码"})


class CallBackRating(Shape):
    """Somebody spoke with the citizen."""

    rating_id = Id(required=True)
    said = Text(
        1000, 2, lines=True, required=True, metadata={"description": "回访时群众说了什么、约定了什么"}
    )


class AnswerRating(Shape):
    """What was done about it; the citizen reads it."""

    rating_id = Id(required=True)
    answer = Text(1000, 2, lines=True, required=True, metadata={"description": "查清了什么、怎样改的"})


class ConfirmRating(Shape):
    """The citizen says whether it is mended."""

    rating_id = Id(required=True)
    mended = fields.Boolean(
        required=True, truthy={True}, falsy={False}, metadata={"description": "是否已经改好"}
    )
    objection = Text(
        1000, 0, lines=True, load_default="", metadata={"description": "还有什么没有改好；改好了的不用填"}
    )


class TellSolved(Shape):
    """Whether it was truly solved, four weeks later."""

    rating_id = Id(required=True)
    solved = fields.String(
        required=True, validate=validate.OneOf(SOLVED), metadata={"description": "是否真正解决"}
    )


class AppealRating(Shape):
    """Who was rated says why it is malicious."""

    rating_id = Id(required=True)
    reason = Text(1000, 4, lines=True, required=True)


class DecideRatingAppeal(Shape):
    """Another officer decides, and says why."""

    rating_id = Id(required=True)
    outcome = fields.String(required=True, validate=validate.OneOf(APPEAL_OUTCOMES))
    reason = Text(1000, 4, lines=True, required=True)


class RatingLink(Answer):
    """The address that is shown at the window."""

    application_id = Id(required=True)
    path = fields.String(required=True, metadata={"description": "评价这一件的网页，不用登录，只能评一次"})


class LinkedHandling(Answer):
    """What a link leads to: nothing of who applied."""

    application_id = Id(attribute="id", required=True)
    matter_name = fields.String(required=True)
    office = fields.String(required=True)
    closed_at = Time(allow_none=True)
    rated = fields.Boolean(attribute="is_rated", required=True, metadata={"description": "是否已经评价过"})


class RatingRow(Answer):
    """A rating in a list: nothing that anybody wrote."""

    id = Id(required=True)
    application_id = Id(required=True)
    region = Region(required=True)
    matter_id = Id(required=True)
    matter_name = fields.String(required=True)
    office = fields.String(required=True)
    level = fields.Integer(required=True, metadata={"description": "评价等级，1 非常不满意至 5 非常满意"})
    channel = fields.String(
        required=True, validate=validate.OneOf(CHANNELS), metadata={"description": "从哪里评价的"}
    )
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    rated_at = Time(required=True, metadata={"description": "评价的时间"})
    mend_by = Time(allow_none=True, metadata={"description": "差评答复的期限"})
    confirm_by = Time(allow_none=True, metadata={"description": "群众确认的期限"})
    raised = fields.Boolean(required=True, metadata={"description": "是否已经转到县里"})
    raised_why = fields.String(required=True, metadata={"description": "为什么转到县里"})
    closed_at = Time(allow_none=True)
    appeal_state = fields.String(required=True, metadata={"description": "申诉到了哪一步，空的是没有申诉"})


class RatingRound(Answer):
    """One call and what came of it; the county's is the second."""

    said = fields.String(required=True)
    called_at = Time(required=True, metadata={"description": "回访的时间"})
    answer = fields.String(metadata={"description": "查清了什么、怎样改的；还没有答复的没有此项"})
    answered_at = Time(metadata={"description": "答复的时间"})
    objection = fields.String()


class RatingAppeal(Answer):
    """The appeal of who was rated."""

    reason = fields.String(required=True)
    at = Time(required=True)
    why = fields.String(metadata={"description": "决定的理由；还没有决定的没有此项"})
    decided_at = Time()


class Rating(RatingRow):
    """A rating with all that happened, for the citizen, the supervisor's side, and of a bad one for who was rated."""

    comment = fields.String(allow_none=True)
    rounds = fields.List(
        fields.Nested(RatingRound),
        required=True,
        metadata={"description": "回访和答复，按先后；第二次是县里的"},
    )
    appeal = fields.Nested(RatingAppeal, required=True, allow_none=True)
    asked_at = Time(allow_none=True, metadata={"description": "问是否真正解决的时间"})
    solved = fields.String(required=True, metadata={"description": "是否真正解决，空的是没有答复"})
    solved_at = Time(allow_none=True, metadata={"description": "答复是否真正解决的时间"})


class MonthOfRatings(Answer):
    """One month of a clerk: nothing below ten ratings."""

    month = fields.String(required=True, metadata={"description": "月份，如 2026-11"})
    count = fields.Integer(
        required=True, allow_none=True, metadata={"description": "评价件数；不足十件的不显示"}
    )
    levels = fields.List(
        fields.Integer(),
        required=True,
        allow_none=True,
        metadata={"description": "从 1 级到 5 级各几件；不足十件的不显示", "example": [0, 1, 2, 3, 6]},
    )


class RatingTotals(Answer):
    """The last twelve months that are over."""

    months = fields.List(fields.Nested(MonthOfRatings), required=True)


class PublishedRating(Answer):
    """What everybody reads of a bad rating: never whose, which or when to the day."""

    level = fields.Integer(required=True, metadata={"description": "评价等级，1 非常不满意、2 不满意"})
    matter_name = fields.String(required=True)
    office = fields.String(required=True)
    since = fields.String(
        attribute="block_since", required=True, metadata={"description": "从哪个月，如 2026-09"}
    )
    until = fields.String(
        attribute="block_until",
        required=True,
        metadata={"description": "到哪个月；满五件评价才公布，所以可能合并几个月"},
    )
    state = fields.String(required=True, validate=validate.OneOf(BAD))


RatingPage = page_of(RatingRow)
PublishedRatingPage = page_of(PublishedRating)

CITIZEN = ("resident", NAMED_VISITOR)
CLERK = ("clerk",)
HEADS = ("town_administrator", "county_administrator")

find_rating_link = Operation(FindRatingLink, RatingLink, allow=CLERK)
open_rating_link = Operation(OpenRatingLink, LinkedHandling, allow=(ANYONE,))
rate_by_link = Operation(RateByLink, LinkedHandling, allow=(ANYONE,), writes=True)
find_rating = Operation(FindRating, Rating, allow=(*CITIZEN, *CLERK, *HEADS), in_full=True)
list_rating_cases = Operation(ListRatingCases, RatingPage, allow=HEADS)
list_ratings_about_me = Operation(ListRatingsAboutMe, RatingPage, allow=CLERK)
find_rating_totals = Operation(None, RatingTotals, allow=CLERK)
list_published_ratings = Operation(ListPublishedRatings, PublishedRatingPage, allow=(ANYONE,))
call_back_rating = Operation(CallBackRating, Rating, allow=HEADS, writes=True)
answer_rating = Operation(AnswerRating, Rating, allow=HEADS, writes=True)
confirm_rating = Operation(ConfirmRating, Rating, allow=CITIZEN, writes=True, assurance=0)
tell_solved = Operation(TellSolved, Rating, allow=CITIZEN, writes=True, assurance=0)
appeal_rating = Operation(AppealRating, Rating, allow=CLERK, writes=True)
decide_rating_appeal = Operation(DecideRatingAppeal, Rating, allow=HEADS, writes=True)
