"""A claim and its life; its rules stand in `rules.py`.

asked -> refused -> disputed -> dismissed          the county does not grant it
   |        |          |
   |        |          └-> (granted)               as if the seller had agreed, with the amount that the county says
   |        └-> lapsed                             the buyer leaves it at the refusal
   └-> returning -> sent_back -> refunding -> refunded
   |       |            └-> disputed               the seller objects to what came back
   |       └-> lapsed                              nothing was sent back
   └-> refunding                                   without goods to send back

asked, refused, returning, disputed -> withdrawn   while the goods are with the buyer
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from services.market.selling.claims import rules

UNFINISHED = ("asked", "refused", "disputed", "returning", "sent_back", "refunding")
"""States in which somebody still has something to do or to get."""

Events = list[tuple[str, dict]]


class ClaimSettings(Protocol):
    """The settings of which terms are made."""

    claim_days: int
    claim_answer_days: int
    claim_dispute_days: int
    claim_return_days: int
    claim_confirm_days: int
    claim_decision_days: int


@dataclass(frozen=True)
class ClaimTerms:
    """Days, for the county to set: after receipt to ask, and for each one's next step."""

    ask: int = 7
    answer: int = 3
    dispute: int = 7
    send_back: int = 7
    confirm: int = 10
    decide: int = 15

    @classmethod
    def from_platform(cls, database: object, settings: ClaimSettings) -> "ClaimTerms":
        """Take them from the settings."""
        return cls(
            settings.claim_days,
            settings.claim_answer_days,
            settings.claim_dispute_days,
            settings.claim_return_days,
            settings.claim_confirm_days,
            settings.claim_decision_days,
        )


@dataclass
class Claim:
    """One claim on one order, its `number` there; money in 分; `due` is when the clock acts next, None where it does not.

    `paid_fen` is what the order cost, `amount_fen` what the buyer asks for, `agreed_fen` what goes back. With `goods_back` the
    goods go back first. Words: `reason` is the buyer's, `answer` the seller's, `statement` of who disputes (`disputed_by`: buyer,
    seller, or silence), `ruling` the office's. `erased` are the parties that were erased.
    """

    id: str
    region: str
    order_id: str
    number: int
    payment_id: str
    buyer_id: str
    seller_id: str
    title: str
    paid_fen: int
    amount_fen: int
    goods_back: bool
    reason: str | None
    asked_at: datetime
    state: str = "asked"
    due: datetime | None = None
    answer: str | None = None
    statement: str | None = None
    disputed_by: str | None = None
    disputed_at: datetime | None = None
    overdue: bool = False
    ruling: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    agreed_fen: int | None = None
    way: str | None = None
    carrier: str | None = None
    tracking: str | None = None
    sent_at: datetime | None = None
    refunded_at: datetime | None = None
    ended_at: datetime | None = None
    acted_by: str | None = None
    erased: list[str] = field(default_factory=list)
    edition: str = ""
    formerly: list[dict] = field(default_factory=list)
    version: int = 0

    def ask(self, terms: ClaimTerms) -> Events:
        """The buyer says what is wrong and what it is worth; the seller's days begin."""
        self.due = self.asked_at + timedelta(days=terms.answer)
        return [("claim.asked", self.fact())]

    def agree(self, terms: ClaimTerms, now: datetime) -> Events:
        """The seller agrees, also after a refusal; raises Conflict once it is over or under way."""
        rules.only_an_open_claim_is_agreed_to(self)
        return self._grant(self.amount_fen, "claim.agreed", terms, now)

    def refuse(self, answer: str, terms: ClaimTerms, now: datetime) -> Events:
        """The seller does not agree and says why; raises Conflict where that was answered already."""
        rules.only_an_unanswered_claim_is_refused(self)
        self.answer = answer
        return self._become("refused", "claim.refused", now + timedelta(days=terms.dispute))

    def dispute(self, by: str, statement: str, terms: ClaimTerms, now: datetime) -> Events:
        """The buyer does not accept a refusal, or the seller what came back; raises Conflict where there is no such thing."""
        rules.only_what_the_other_side_did_is_disputed(self, by)
        self.statement = statement
        return self._open_dispute(by, terms, now)

    def decide(self, amount_fen: int, ruling: str, by: str, terms: ClaimTerms, now: datetime) -> Events:
        """The county decides what goes back, 0: nothing; raises Conflict where nothing is disputed, Rejected for too much."""
        rules.only_a_disputed_claim_is_decided(self)
        rules.no_more_is_granted_than_was_asked_for(self, amount_fen)
        self.ruling, self.decided_by, self.decided_at = ruling, by, now
        if amount_fen:
            return self._grant(amount_fen, "claim.decided", terms, now)
        return self._end_without_money("dismissed", "claim.decided", now)

    def send_back(
        self, way: str, carrier: str | None, tracking: str | None, terms: ClaimTerms, now: datetime
    ) -> Events:
        """The goods are on their way to the seller; raises Conflict unless that was agreed."""
        rules.only_agreed_goods_are_sent_back(self)
        self.way, self.carrier, self.tracking, self.sent_at = way, carrier, tracking, now
        return self._become("sent_back", "claim.sent_back", now + timedelta(days=terms.confirm))

    def confirm_return(self) -> Events:
        """The seller has the goods; raises Conflict unless they were sent."""
        rules.only_goods_under_way_are_confirmed(self)
        return self._refund("claim.returned")

    def withdraw(self, now: datetime) -> Events:
        """The buyer leaves it; raises Conflict once goods or money are under way."""
        rules.only_while_the_goods_are_with_the_buyer_is_it_withdrawn(self)
        return self._end_without_money("withdrawn", "claim.withdrawn", now)

    def take_refund(self, now: datetime) -> Events:
        """The provider has paid it back; told again, nothing changes."""
        if self.state != "refunding":
            return []
        self.refunded_at = self.ended_at = now
        return self._become("refunded", "claim.refunded")

    def fall_due(self, terms: ClaimTerms, now: datetime) -> Events:
        """Somebody has let the days pass: each silence has its own meaning."""
        if self.due is None or now < self.due:
            return []
        if self.state == "asked":
            return self._open_dispute("silence", terms, now)
        if self.state == "sent_back":
            return self._refund("claim.returned")
        if self.state == "disputed":
            self.due, self.overdue = None, True
            return [("claim.overdue", self._fact_for_the_county())]
        return self._end_without_money("lapsed", "claim.lapsed", now)

    def erase(self, person: str, now: datetime) -> Events:
        """Erase the words of a party that was erased; amounts and times stay (E-Commerce Law, article 31: three years)."""
        if person == self.buyer_id:
            self.reason = self.ruling = self.tracking = None
        else:
            self.answer = None
        if self.disputed_by == ("buyer" if person == self.buyer_id else "seller"):
            self.statement = None
        self.erased = sorted({*self.erased, person})
        return []

    def fact(self) -> dict:
        """What its events say: never a word of anybody's."""
        names = ("order_id", "buyer_id", "seller_id", "amount_fen", "goods_back", "title", "state")
        return {"claim_id": self.id, **{name: getattr(self, name) for name in names}}

    def _grant(self, amount_fen: int, event: str, terms: ClaimTerms, now: datetime) -> Events:
        """Let the goods go back first where they are to, and are not back yet."""
        self.agreed_fen = amount_fen
        if self.goods_back and self.sent_at is None:
            return self._become("returning", event, now + timedelta(days=terms.send_back))
        return self._refund(event)

    def _refund(self, event: str) -> Events:
        """Tell by `event` why, and ask for the money by another one, which names it."""
        amount = {"payment_id": self.payment_id, "refund_fen": self.agreed_fen}
        told = self._become("refunding", event)
        return [*told, ("claim.refund_due", {**self.fact(), **amount})]

    def _end_without_money(self, state: str, event: str, now: datetime) -> Events:
        """Whatever was agreed before, nothing goes back: the next claim may ask for it."""
        self.ended_at, self.agreed_fen = now, None
        return self._become(state, event)

    def _open_dispute(self, by: str, terms: ClaimTerms, now: datetime) -> Events:
        """Begin anew also where one was decided before: the office's days, and what it says, are those of this one."""
        self.overdue, self.ruling, self.decided_by, self.decided_at = False, None, None, None
        self.disputed_by, self.disputed_at = by, now
        self.state, self.due = "disputed", now + timedelta(days=terms.decide)
        return [("claim.disputed", self._fact_for_the_county())]

    def _fact_for_the_county(self) -> dict:
        """Name also the county whose clerks are told: of a claim that is in no dispute none of them hears."""
        return {**self.fact(), "county": self.region[:6]}

    def _become(self, state: str, event: str, due: datetime | None = None) -> Events:
        self.state, self.due = state, due
        return [(event, self.fact())]
