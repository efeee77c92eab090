"""What is told of residents."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Id, Region
from services.chassis.events.event import Event, in_state, personal, public


class ResidentRegistered(Event):
    """A person asked to be certified by a village."""

    name = "identity.resident.registered"
    state = in_state("pending")
    resident_name = personal(fields.String(), of="resident_id", take="name")
    resident_phone = personal(fields.String(), of="resident_id", take="phone")
    resident_id = public(Id(required=True))
    edition = public(fields.String())


class ResidentNumberClaimed(Event):
    """Somebody registered with a number that another entry, `holder_id`, holds; the village looks who it is."""

    name = "identity.resident.number_claimed"
    state = in_state("pending")
    resident_id = public(Id(required=True))
    edition = public(fields.String())
    holder_id = public(Id(required=True))


class ResidentCertified(Event):
    """A village vouched for a resident."""

    name = "identity.resident.certified"
    state = in_state("certified")
    resident_name = personal(fields.String(), of="resident_id", take="name")
    resident_phone = personal(fields.String(), of="resident_id", take="phone")
    resident_id = public(Id(required=True))
    edition = public(fields.String())
    assurance = public(fields.Integer(required=True))


class ResidentRejected(Event):
    """A village did not vouch for a resident; the reason stays with the village and the resident."""

    name = "identity.resident.rejected"
    state = in_state("rejected")
    resident_id = public(Id(required=True))
    edition = public(fields.String())


class ResidentEscalated(Event):
    """A village let its time pass, and the town decides from now on; told once for each wait."""

    name = "identity.resident.escalated"
    state = in_state("pending")
    resident_id = public(Id(required=True))
    edition = public(fields.String())


class ResidentAppealed(Event):
    """A rejected resident asked the town to decide; the reason stays with the two."""

    name = "identity.resident.appealed"
    state = in_state("appealed")
    resident_id = public(Id(required=True))
    edition = public(fields.String())


class ResidentRejectionUpheld(Event):
    """The town left a rejection as it was; where it did not, the resident is certified."""

    name = "identity.resident.rejection_upheld"
    state = in_state("rejected")
    resident_id = public(Id(required=True))
    edition = public(fields.String())


class ResidentTriedAgain(Event):
    """A rejected resident corrected what was wrong and waits for a village once more."""

    name = "identity.resident.tried_again"
    state = in_state("pending")
    resident_id = public(Id(required=True))
    edition = public(fields.String())


class _Correction(Event):
    """What every event of a correction says: who, and of what; never the values."""

    resident_id = public(Id(required=True))
    edition = public(fields.String())
    what = public(fields.String(required=True, validate=validate.OneOf(("name", "phone", "id_number"))))


class ResidentCorrectionAsked(_Correction):
    """A resident asked that something in the own entry be corrected."""

    name = "identity.resident.correction_asked"
    state = in_state("pending", "certified")


class ResidentCorrected(_Correction):
    """An official agreed to a correction."""

    name = "identity.resident.corrected"
    state = in_state("pending", "certified")
    resident_name = personal(fields.String(), of="resident_id", take="name")
    resident_phone = personal(fields.String(), of="resident_id", take="phone")


class ResidentCorrectionRefused(_Correction):
    """An official did not agree to a correction; the reason stays with the two."""

    name = "identity.resident.correction_refused"
    state = in_state("pending", "certified")


class ResidentCorrectionWithdrawn(_Correction):
    """A resident no longer wants a correction."""

    name = "identity.resident.correction_withdrawn"
    state = in_state("pending", "certified")


class _Move(Event):
    """What every event of a move says before it is done; its region is the old village's."""

    resident_id = public(Id(required=True))
    edition = public(fields.String())
    to = public(Region("village", required=True))


class ResidentMoveAsked(_Move):
    """A resident asked the own village to let go."""

    name = "identity.resident.move_asked"
    state = in_state("certified")


class ResidentReleased(_Move):
    """The old village let go; the new one has to accept."""

    name = "identity.resident.released"
    state = in_state("certified")


class ResidentMoved(Event):
    """The new village accepted a resident; the event's region is the new one, `before` the old one."""

    name = "identity.resident.moved"
    state = in_state("certified")
    resident_id = public(Id(required=True))
    edition = public(fields.String())
    before = public(Region("village", required=True))


class ResidentMoveRefused(_Move):
    """One of the two villages did not agree; the reason stays with the resident."""

    name = "identity.resident.move_refused"
    state = in_state("certified")


class ResidentMoveCancelled(_Move):
    """A resident stays after all."""

    name = "identity.resident.move_cancelled"
    state = in_state("certified")


class ResidentEndReported(Event):
    """A village reported a death or a deactivation; nothing has changed yet."""

    name = "identity.resident.end_reported"
    state = in_state("pending", "certified", "rejected", "appealed")
    resident_id = public(Id(required=True))
    edition = public(fields.String())
    kind = public(fields.String(required=True, validate=validate.OneOf(("deceased", "deactivated"))))


class ResidentEndDismissed(Event):
    """A report of a death or a deactivation was wrong."""

    name = "identity.resident.end_dismissed"
    state = in_state("pending", "certified", "rejected", "appealed")
    resident_id = public(Id(required=True))
    edition = public(fields.String())


class ResidentDeceased(Event):
    """The town confirmed a death."""

    name = "identity.resident.deceased"
    state = in_state("deceased")
    resident_id = public(Id(required=True))
    edition = public(fields.String())


class ResidentDeactivated(Event):
    """The town confirmed that an entry must not be used any more."""

    name = "identity.resident.deactivated"
    state = in_state("deactivated")
    resident_id = public(Id(required=True))
    edition = public(fields.String())


class ResidentReactivated(Event):
    """An entry was ended in error and goes on as before."""

    name = "identity.resident.reactivated"
    state = in_state("pending", "certified", "rejected", "appealed")
    resident_id = public(Id(required=True))
    edition = public(fields.String())


class ResidentMerged(Event):
    """The county found two entries to be one person's: this one ended, and its history belongs to `into`."""

    name = "identity.resident.merged"
    state = in_state("merged")
    resident_id = public(Id(required=True))
    edition = public(fields.String())
    into = public(Id(required=True))


class ResidentMatched(Event):
    """A certified resident was found in the household register: assurance 2."""

    name = "identity.resident.matched"
    state = in_state("certified")
    resident_id = public(Id(required=True))
    edition = public(fields.String())
    assurance = public(fields.Integer(required=True))


class ResidentSeen(Event):
    """An official saw a certified resident with a paper at the window: assurance 3."""

    name = "identity.resident.seen"
    state = in_state("certified")
    resident_id = public(Id(required=True))
    edition = public(fields.String())
    assurance = public(fields.Integer(required=True))


class ResidentSightRevoked(Event):
    """The county does not believe that a resident was seen; the assurance is what is left. It may be found out after the end."""

    name = "identity.resident.sight_revoked"
    state = in_state("certified", "deceased", "deactivated", "merged")
    resident_id = public(Id(required=True))
    edition = public(fields.String())
    assurance = public(fields.Integer(required=True))


class ResidentPasswordChanged(Event):
    """A resident has another password, chosen or in place of a forgotten one: what the one before opened is over."""

    name = "identity.resident.password_changed"
    state = in_state("pending", "certified", "rejected", "appealed")
    resident_id = public(Id(required=True))
    edition = public(fields.String())


class ResidentErased(Event):
    """A resident's data was erased on request; the id stays and names nobody. Whoever holds data of the person erases it."""

    name = "identity.resident.erased"
    state = in_state("erased")
    resident_id = public(Id(required=True))
    edition = public(fields.String())


class ResidentPlaced(Event):
    """The county said to which part of a split village a resident belongs: the event's region."""

    name = "identity.resident.placed"
    state = in_state("pending", "certified", "rejected", "appealed", "deceased", "deactivated", "merged")
    resident_id = public(Id(required=True))
    edition = public(fields.String())
