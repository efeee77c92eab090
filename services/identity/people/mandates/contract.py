"""Shapes of mandates and of what was done under them; the events stand in `events.py`."""

from marshmallow import fields, validate

from services.chassis.core.schemas import (
    Answer,
    Former,
    Id,
    Page,
    Plain,
    Region,
    Shape,
    Text,
    Time,
    Whole,
    page_of,
)
from services.civic.files.shapes import BegunFile, FileContent, TakenPiece
from services.civic.inputs import PersonId
from services.civic.operation import Operation
from services.civic.photos import LONGEST_TEXT
from services.identity.people.mandates.events import ACTS, ENDERS, STATES
from services.identity.people.mandates.photo_rules import MOST_PHOTOS as MOST_PHOTOS
from services.identity.people.mandates.photo_shapes import (
    AddMandatePhoto,
    BeginMandatePhoto,
    FindMandatePhoto,
    MandatePhoto,
    MandatePhotoChange,
    PutMandatePhotoPiece,
    RemoveMandatePhoto,
)

KINDS = ("entrusted", "party_help")
ORIGINS = ("online", "paper")
SCOPES = ("affairs", "orders", "votes")
MOST_MONTHS = 60


class _Terms(Shape):
    """Who helps, in what and for how long."""

    helper_id = PersonId(required=True, metadata={"description": "代办人的居民编号，由代办人出示"})
    kind = fields.String(
        load_default="entrusted",
        validate=validate.OneOf(KINDS),
        metadata={"description": "entrusted 委托代办，party_help 党员帮扶"},
    )
    matters = fields.List(
        fields.String(validate=validate.Regexp(r"\A(all|[0-9]{1,2})\Z", error="应为事项类型代码或 all。")),
        load_default=list,
        validate=validate.Length(max=20),
        metadata={"description": "可代办的事项类型代码；all 为全部；不填为不代办事项"},
    )
    orders = fields.Boolean(load_default=False, metadata={"description": "是否可代为购买和付款"})
    votes = fields.Boolean(load_default=False, metadata={"description": "是否可代为表决"})
    months = Whole(1, MOST_MONTHS, required=True, metadata={"description": "期限，月"})


class OfferMandate(_Terms):
    """A certified resident asks another one to act for them."""


class RecordMandate(_Terms):
    """The village records a mandate that was given on paper and who witnessed it; its photos come with `POST /mandates/{id}/photos`."""

    ward_id = PersonId(required=True, metadata={"description": "委托人的居民编号"})
    witness_id = PersonId(required=True, metadata={"description": "见证人的居民编号"})
    photo = Plain(
        load_default="",
        validate=validate.Length(0, LONGEST_TEXT),
        metadata={
            "description": "第一张委托书照片，可不填、以后再交；JPEG、PNG、WebP 或 HEIC，最多 180 KB，base64，可带 data: 前缀和换行"
        },
    )


class FindMandate(Shape):
    """One mandate by id."""

    mandate_id = Id(required=True)


class EndMandate(Shape):
    """The ward, the helper or the village ends it at once."""

    mandate_id = Id(required=True)
    reason = Text(200, 0, load_default="", metadata={"description": "原因，可不填"})


class AskAuthority(Shape):
    """Whether the caller may act under this mandate now, in this scope."""

    mandate_id = Id(required=True)
    scope = fields.String(required=True, validate=validate.OneOf(SCOPES))


class ListMyMandates(Page):
    """The mandates that the caller gave (ward) or was given (helper), newest first."""

    side = fields.String(load_default="ward", validate=validate.OneOf(("ward", "helper")))


class ListMandates(Page):
    """The mandates of the wards in the caller's regions in one state, newest first."""

    state = fields.String(load_default="active", validate=validate.OneOf(STATES))
    photos_missing = fields.Boolean(load_default=False, metadata={"description": "只看还没有照片的纸质委托"})


class ListActs(Page):
    """What was done under one mandate, newest first."""

    mandate_id = Id(required=True)


class Mandate(Answer):
    """A mandate as its parties and their village see it; names are masked."""

    id = Id(required=True)
    region = Region(required=True)
    formerly = fields.List(fields.Nested(Former), required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    origin = fields.String(required=True, validate=validate.OneOf(ORIGINS))
    ward_id = Id(required=True)
    ward_name = fields.String(allow_none=True)
    helper_id = Id(required=True)
    helper_name = fields.String(allow_none=True)
    witness_id = Id(allow_none=True)
    recorded_by = Id(allow_none=True)
    matters = fields.List(fields.String(), required=True)
    orders = fields.Boolean(required=True)
    votes = fields.Boolean(required=True)
    offered_at = Time(required=True)
    answer_by = Time(required=True)
    answered_at = Time(allow_none=True)
    expires_at = Time(required=True)
    ended_at = Time(allow_none=True)
    ended_by = fields.String(allow_none=True, validate=validate.OneOf(ENDERS))
    reason = fields.String(allow_none=True)
    photos = fields.List(
        fields.Nested(MandatePhoto),
        attribute="shown_photos",
        required=True,
        metadata={"description": "纸质委托书的照片，委托结束后为空"},
    )
    photos_missing = fields.Boolean(
        required=True, metadata={"description": "纸质委托书还没有照片，等村里补交"}
    )
    photo_changes = fields.List(
        fields.Nested(MandatePhotoChange), required=True, metadata={"description": "生效以后去掉照片的记录"}
    )


class Paper(Answer):
    """The first photo of a mandate that was given on paper: upright, its pixels only."""

    mandate_id = Id(required=True)
    type = fields.String(required=True, metadata={"description": "媒体类型，image/jpeg"})
    photo = fields.String(required=True, metadata={"description": "委托书照片，base64"})


class Authority(Answer):
    """For whom the caller may act; `kinds` are the kinds of matters, none named: all. It holds until then at most."""

    mandate_id = Id(required=True)
    ward_id = Id(required=True)
    kinds = fields.List(fields.String(), required=True)
    until = Time(required=True)


class Act(Answer):
    """One thing that was done under a mandate: what, to which application, order or payment, by whom and when."""

    id = Id(required=True)
    act = fields.String(required=True, validate=validate.OneOf(ACTS), metadata={"description": "事件名称"})
    subject = Id(required=True)
    acted_by = Id(required=True)
    at = Time(required=True)


MandatePage = page_of(Mandate)
ActPage = page_of(Act)

RESIDENT = ("resident",)

VILLAGE = ("village_administrator", "town_administrator")
OFFICIALS = (*VILLAGE, "county_administrator")

offer_mandate = Operation(OfferMandate, Mandate, allow=RESIDENT, writes=True, assurance=0)
record_mandate = Operation(RecordMandate, Mandate, allow=VILLAGE, writes=True)
accept_mandate = Operation(FindMandate, Mandate, allow=RESIDENT, writes=True, assurance=0)
refuse_mandate = Operation(FindMandate, Mandate, allow=RESIDENT, writes=True, assurance=0)
end_mandate = Operation(EndMandate, Mandate, allow=(*RESIDENT, *VILLAGE), writes=True, assurance=0)
find_mandate = Operation(FindMandate, Mandate, allow=(*RESIDENT, *OFFICIALS), in_full=True)
find_mandate_paper = Operation(FindMandate, Paper, allow=(*RESIDENT, *OFFICIALS), in_full=True)
list_mandate_acts = Operation(ListActs, ActPage, allow=(*RESIDENT, *OFFICIALS))
list_my_mandates = Operation(ListMyMandates, MandatePage, allow=RESIDENT, in_full=True)
list_mandates = Operation(ListMandates, MandatePage, allow=OFFICIALS, in_full=True)
mandate_authority = Operation(AskAuthority, Authority, allow=RESIDENT)
begin_mandate_photo = Operation(BeginMandatePhoto, BegunFile, allow=VILLAGE, writes=True)
put_mandate_photo_piece = Operation(PutMandatePhotoPiece, TakenPiece, allow=VILLAGE, writes=True)
add_mandate_photo = Operation(AddMandatePhoto, Mandate, allow=VILLAGE, writes=True)
find_mandate_photo = Operation(FindMandatePhoto, FileContent, allow=(*RESIDENT, *OFFICIALS), in_full=True)
remove_mandate_photo = Operation(RemoveMandatePhoto, Mandate, allow=VILLAGE, writes=True)
