"""What is told of residents."""

from marshmallow import fields

from services.chassis.events import Event, in_state, personal, public
from services.chassis.schemas import Id


class ResidentRegistered(Event):
    """A person asked to be certified by a village."""

    name = "identity.resident.registered"
    state = in_state("pending")
    resident_name = personal(fields.String(), of="resident_id", take="name")
    resident_phone = personal(fields.String(), of="resident_id", take="phone")
    resident_id = public(Id(required=True))


class ResidentCertified(Event):
    """A village vouched for a resident."""

    name = "identity.resident.certified"
    state = in_state("certified")
    resident_name = personal(fields.String(), of="resident_id", take="name")
    resident_phone = personal(fields.String(), of="resident_id", take="phone")
    resident_id = public(Id(required=True))
    assurance = public(fields.Integer(required=True))


class ResidentRejected(Event):
    """A village did not vouch for a resident; the reason stays with the village and the resident."""

    name = "identity.resident.rejected"
    state = in_state("rejected")
    resident_id = public(Id(required=True))


class ResidentEscalated(Event):
    """A village let its time pass, and the town decides from now on; told once for each wait."""

    name = "identity.resident.escalated"
    state = in_state("pending")
    resident_id = public(Id(required=True))


class ResidentAppealed(Event):
    """A rejected resident asked the town to decide; the reason stays with the two."""

    name = "identity.resident.appealed"
    state = in_state("appealed")
    resident_id = public(Id(required=True))


class ResidentRejectionUpheld(Event):
    """The town left a rejection as it was; where it did not, the resident is certified."""

    name = "identity.resident.rejection_upheld"
    state = in_state("rejected")
    resident_id = public(Id(required=True))


class ResidentTriedAgain(Event):
    """A rejected resident corrected what was wrong and waits for a village once more."""

    name = "identity.resident.tried_again"
    state = in_state("pending")
    resident_id = public(Id(required=True))
