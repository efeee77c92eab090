"""Shapes of erasures."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Answer, Id, Page, Shape, Time, page_of
from services.chassis.events.event import Event, in_state, public
from services.civic.operation import Operation

STATES = ("waiting", "cancelled", "leaving", "hindered", "cleared", "finished")


class CancelErasure(Shape):
    """Stay after all."""

    erasure_id = Id(required=True)


class ListErasures(Page):
    """The caller's own requests, newest first."""


class Kept(Answer):
    """What remains after an erasure, why, how long; `service` is `all` where it is not one's alone."""

    service = fields.String(required=True)
    what = fields.String(required=True)
    why = fields.String(required=True)
    until = fields.String(required=True)
    source = fields.String(required=True)


class ErasureTerms(Answer):
    """What somebody should know before asking."""

    cooling_days = fields.Integer(required=True, metadata={"description": "提出后可以反悔的天数"})
    kept = fields.List(fields.Nested(Kept), required=True)


class Erasure(Answer):
    """One request: until when it can be cancelled, what stands in the way, and what is kept."""

    id = Id(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    asked_at = Time(required=True)
    due_at = Time(required=True, metadata={"description": "此前可以取消"})
    hindered_by = fields.Dict(
        keys=fields.String(), values=fields.Integer(), required=True, metadata={"description": "各服务中尚未了结的事项数"}
    )  # fmt: skip
    ended_at = Time(required=True, allow_none=True)
    kept = fields.List(fields.Nested(Kept), metadata={"description": "注销后仍保存的：在哪里、为什么、多久"})


ErasurePage = page_of(Erasure)


class _OfErasure(Event):
    """What every event of an erasure carries."""

    erasure_id = public(Id(required=True))
    resident_id = public(Id(required=True))


class ErasureAsked(_OfErasure):
    """A resident asked to be erased, and may still cancel."""

    name = "identity.erasure.asked"
    state = in_state("waiting")


class ErasureCancelled(_OfErasure):
    """The resident stays."""

    name = "identity.erasure.cancelled"
    state = in_state("cancelled")


class ErasureBegun(_OfErasure):
    """The time to cancel is over: every service says whether something is in the way."""

    name = "identity.erasure.begun"
    state = in_state("leaving")
    entries = public(fields.List(Id(), metadata={"description": "本人及已并入的账号"}))


class ErasureHindered(_OfErasure):
    """Something is open: the resident stays, and can ask again."""

    name = "identity.erasure.hindered"
    state = in_state("hindered")
    entries = public(fields.List(Id(), metadata={"description": "本人及已并入的账号"}))


class ErasureCleared(_OfErasure):
    """Nothing is in the way; the erasure follows."""

    name = "identity.erasure.cleared"
    state = in_state("cleared")


class ErasureFinished(_OfErasure):
    """The entry is a tombstone."""

    name = "identity.erasure.finished"
    state = in_state("finished")


RESIDENT = ("resident",)

find_erasure_terms = Operation(None, ErasureTerms, allow=RESIDENT)
ask_erasure = Operation(None, Erasure, allow=RESIDENT, writes=True, assurance=0)
cancel_erasure = Operation(CancelErasure, Erasure, allow=RESIDENT, writes=True, assurance=0)
list_erasures = Operation(ListErasures, ErasurePage, allow=RESIDENT)
