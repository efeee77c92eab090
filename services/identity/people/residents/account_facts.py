"""What an account says of a person for whom a village vouches: what a form is filled with, and no number of a paper."""

from marshmallow import fields, validate

from services.chassis.core.cleaning import compact
from services.chassis.core.errors import Conflict
from services.chassis.core.schemas import Answer, Id, Plain, Shape
from services.civic.calls import Call
from services.identity.people.papers import IdentityDocument
from services.identity.people.residents.ports import IdentityHash
from services.identity.people.residents.store import ResidentStore


class AskFacts(Shape):
    """What an account says, for a form that is filled from it: asked by the gateway alone, for who acts or for the ward."""

    resident_id = Id(required=True)
    id_number = Plain(
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=200),
        metadata={"description": "填写的证件号码，核对是否与实名认证的一致"},
    )


class AccountFacts(Answer):
    """Name and phone as the village has certified them, and whether a number is the account's."""

    name = fields.String(required=True)
    phone = fields.String(required=True, allow_none=True)
    number_fits = fields.Boolean(required=True, metadata={"description": "证件号码与实名认证的一致"})


def facts(residents: ResidentStore, identity_hash: IdentityHash, call: Call) -> dict:
    """Give name and phone, and whether a number is the account's: none holds its own, only a keyed hash of it.

    A phone that somebody else has proven since is none of theirs. Raises NotFound, and Conflict where no village vouches.
    """
    one = residents.get(call.data["resident_id"])
    only_whom_a_village_vouches_for_fills_forms(one.state)
    paper = IdentityDocument(one.paper, compact(call.data["id_number"] or "").upper())
    known = {identity_hash(key) for key in (paper.key, paper.key_of_its_kind)}
    phone = None if one.phone_lost_at else one.phone or None
    return {"name": one.name, "phone": phone, "number_fits": one.id_number_hash in known}


def only_whom_a_village_vouches_for_fills_forms(state: str) -> None:
    """A form is filled with what somebody has looked at: name and number of who is certified."""
    if state != "certified":
        raise Conflict("resident.not_vouched_for", "还没有通过村里认证，或者认证已经停止，请先联系村委会。")
