"""Shapes of claims."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Fen, Former, Id, Page, Region, Shape, Text, Time, page_of
from services.chassis.events.event import Event, in_state, public
from services.civic.event_shapes import UnderMandate
from services.civic.operation import Operation
from services.market.selling.parties import SIDES
from services.market.selling.shipment import WAYS, Shipment

STATES = (
    "asked", "refused", "disputed", "returning", "sent_back", "refunding", "refunded", "withdrawn", "dismissed", "lapsed",
)  # fmt: skip
DISPUTE_STATES = (
    "disputed",
    "returning",
    "sent_back",
    "refunding",
    "refunded",
    "withdrawn",
    "dismissed",
    "lapsed",
)
"""States of a claim that was disputed once."""

DISPUTERS = (*SIDES, "silence")


class AskClaim(Shape):
    """The buyer wants money back for what was sent, and says why; with `goods_back` the goods go back first."""

    order_id = Id(required=True)
    amount_fen = Fen(1, required=True, metadata={"description": "申请退回的金额，分；可以是一部分"})
    goods_back = fields.Boolean(load_default=False, metadata={"description": "是否退货"})
    reason = Text(500, 2, lines=True, required=True)


class FindClaim(Shape):
    """One claim by id."""

    claim_id = Id(required=True)


class RefuseClaim(Shape):
    """The seller does not agree, and says why."""

    claim_id = Id(required=True)
    reason = Text(500, 2, lines=True, required=True)


class DisputeClaim(Shape):
    """The buyer does not accept a refusal, or the seller what came back: the county is to decide."""

    claim_id = Id(required=True)
    statement = Text(500, 2, lines=True, required=True, metadata={"description": "对争议的说明"})


class DecideClaim(Shape):
    """A clerk of the county decides what goes back; 0: nothing."""

    claim_id = Id(required=True)
    amount_fen = Fen(required=True, metadata={"description": "裁定退回的金额，分；0 为不予退款"})
    ruling = Text(1000, 2, lines=True, required=True, metadata={"description": "处理意见和依据"})


class SendBack(Shipment):
    """The buyer has sent the goods back."""

    claim_id = Id(required=True)


class ListClaims(Page):
    """One's own claims as buyer or as seller, newest first; in one state only, those that wait longest first."""

    side = fields.String(load_default="buyer", validate=validate.OneOf(list(SIDES)))
    state = fields.String(load_default=None, validate=validate.OneOf(STATES))


class ListOrderClaims(Shape):
    """The claims on one order of one's own, the first first."""

    order_id = Id(required=True)


class ListDisputes(Page):
    """Claims that were disputed in one's county, those that wait longest first."""

    state = fields.String(load_default="disputed", validate=validate.OneOf(DISPUTE_STATES))


class ClaimRow(Answer):
    """A claim in a list; `due` is when the next step is to be done."""

    id = Id(required=True)
    region = Region(required=True)
    order_id = Id(required=True)
    number = fields.Integer(required=True)
    buyer_id = Id(required=True)
    seller_id = Id(required=True)
    title = fields.String(required=True)
    paid_fen = fields.Integer(required=True)
    amount_fen = fields.Integer(required=True)
    agreed_fen = fields.Integer(allow_none=True)
    goods_back = fields.Boolean(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    asked_at = Time(required=True)
    due = Time(allow_none=True)
    disputed_by = fields.String(allow_none=True, validate=validate.OneOf(DISPUTERS))
    disputed_at = Time(allow_none=True)
    overdue = fields.Boolean(required=True)
    decided_at = Time(allow_none=True)
    way = fields.String(allow_none=True, validate=validate.OneOf(WAYS))
    carrier = fields.String(allow_none=True)
    sent_at = Time(allow_none=True)
    refunded_at = Time(allow_none=True)
    ended_at = Time(allow_none=True)
    acted_by = Id(allow_none=True, metadata={"description": "代为申请的代办人"})


class Claim(ClaimRow):
    """A claim as its parties and the office see it."""

    reason = fields.String(allow_none=True)
    answer = fields.String(allow_none=True)
    statement = fields.String(allow_none=True)
    ruling = fields.String(allow_none=True)
    tracking = fields.String(allow_none=True)
    formerly = fields.List(fields.Nested(Former), required=True)


ClaimPage = page_of(ClaimRow)


class ClaimEvent(Event):
    """What every event of a claim says: never why."""

    claim_id = public(Id(required=True))
    order_id = public(Id(required=True))
    buyer_id = public(Id(required=True))
    seller_id = public(Id(required=True))
    amount_fen = public(Fen(1, required=True))
    goods_back = public(fields.Boolean(required=True))
    title = public(fields.String())


class ClaimAsked(UnderMandate, ClaimEvent):
    """A buyer wants money back for what was sent."""

    name = "market.claim.asked"
    state = in_state("asked")


class ClaimAgreed(ClaimEvent):
    """The seller agreed: the goods go back first, or the money does at once."""

    name = "market.claim.agreed"
    state = in_state("returning", "refunding")


class ClaimRefused(ClaimEvent):
    """The seller did not agree; the buyer may call the county in."""

    name = "market.claim.refused"
    state = in_state("refused")


class ClaimDisputed(UnderMandate, ClaimEvent):
    """The county is to decide: one of the two called it in, or the seller was silent."""

    name = "market.claim.disputed"
    state = in_state("disputed")
    county = public(Region("county", required=True))


class ClaimDecided(ClaimEvent):
    """A clerk of the county decided a dispute."""

    name = "market.claim.decided"
    state = in_state("returning", "refunding", "dismissed")


class ClaimSentBack(UnderMandate, ClaimEvent):
    """The goods are on their way back to the seller."""

    name = "market.claim.sent_back"
    state = in_state("sent_back")


class ClaimReturned(ClaimEvent):
    """The goods are back with the seller, or count as back: nothing was said in time."""

    name = "market.claim.returned"
    state = in_state("refunding")


class ClaimWithdrawn(UnderMandate, ClaimEvent):
    """The buyer left it."""

    name = "market.claim.withdrawn"
    state = in_state("withdrawn")


class ClaimLapsed(ClaimEvent):
    """The buyer accepted a refusal by silence, or did not send the goods back in time."""

    name = "market.claim.lapsed"
    state = in_state("lapsed")


class ClaimOverdue(ClaimEvent):
    """The county has not decided a dispute in time; it still has to."""

    name = "market.claim.overdue"
    state = in_state("disputed")
    county = public(Region("county", required=True))


class ClaimRefundDue(ClaimEvent):
    """A part of a payment, or all of it, is to go back, under the claim's id."""

    name = "market.claim.refund_due"
    state = in_state("refunding")
    payment_id = public(Id(required=True))
    refund_fen = public(Fen(1, required=True))


class ClaimRefunded(ClaimEvent):
    """The money of a claim is back with the buyer."""

    name = "market.claim.refunded"
    state = in_state("refunded")


PARTIES = ("resident",)
OFFICE = ("clerk",)

ask_claim = Operation(AskClaim, Claim, allow=PARTIES, writes=True, assurance=0, mandate="orders")
agree_to_claim = Operation(FindClaim, Claim, allow=PARTIES, writes=True, assurance=0)
refuse_claim = Operation(RefuseClaim, Claim, allow=PARTIES, writes=True, assurance=0)
dispute_claim = Operation(DisputeClaim, Claim, allow=PARTIES, writes=True, assurance=0, mandate="orders")
send_goods_back = Operation(SendBack, Claim, allow=PARTIES, writes=True, assurance=0, mandate="orders")
confirm_goods_back = Operation(FindClaim, Claim, allow=PARTIES, writes=True, assurance=0)
withdraw_claim = Operation(FindClaim, Claim, allow=PARTIES, writes=True, assurance=0, mandate="orders")
decide_claim = Operation(DecideClaim, Claim, allow=OFFICE, writes=True)
find_claim = Operation(FindClaim, Claim, allow=(*PARTIES, *OFFICE), mandate="orders", in_full=True)
list_claims = Operation(ListClaims, ClaimPage, allow=PARTIES, mandate="orders")
list_order_claims = Operation(ListOrderClaims, ClaimPage, allow=PARTIES, mandate="orders")
list_disputes = Operation(ListDisputes, ClaimPage, allow=OFFICE)
