"""What is told of residents."""

from marshmallow import fields, validate

from services.chassis.core.schemas import Id, Region
from services.chassis.events.event import Event, in_state, personal, public


class _OfResident(Event):
    """Whom it is about, and the edition of the codes in which the event's region is read."""

    resident_id = public(Id(required=True))
    edition = public(fields.String())


class ResidentRegistered(_OfResident):
    """A person asked to be certified by a village."""

    name = "identity.resident.registered"
    state = in_state("pending")
    resident_name = personal(fields.String(), of="resident_id", take="name")
    resident_phone = personal(fields.String(), of="resident_id", take="phone")


class ResidentNumberClaimed(_OfResident):
    """Somebody registered with a number that another entry, `holder_id`, holds; the village looks who it is."""

    name = "identity.resident.number_claimed"
    state = in_state("pending")
    holder_id = public(Id(required=True))


class ResidentCertified(_OfResident):
    """A village vouched for a resident."""

    name = "identity.resident.certified"
    state = in_state("certified")
    resident_name = personal(fields.String(), of="resident_id", take="name")
    resident_phone = personal(fields.String(), of="resident_id", take="phone")
    assurance = public(fields.Integer(required=True))


class ResidentRejected(_OfResident):
    """A village did not vouch for a resident; the reason stays with the village and the resident."""

    name = "identity.resident.rejected"
    state = in_state("rejected")


class ResidentEscalated(_OfResident):
    """A village let its time pass, and the town decides from now on; told once for each wait."""

    name = "identity.resident.escalated"
    state = in_state("pending")


class ResidentAppealed(_OfResident):
    """A rejected resident asked the town to decide; the reason stays with the two."""

    name = "identity.resident.appealed"
    state = in_state("appealed")


class ResidentRejectionUpheld(_OfResident):
    """The town left a rejection as it was; where it did not, the resident is certified."""

    name = "identity.resident.rejection_upheld"
    state = in_state("rejected")


class ResidentTriedAgain(_OfResident):
    """A rejected resident corrected what was wrong and waits for a village once more."""

    name = "identity.resident.tried_again"
    state = in_state("pending")


class _Correction(_OfResident):
    """What every event of a correction says: who, and of what; never the values."""

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


class _Move(_OfResident):
    """What every event of a move says before it is done; its region is the old village's."""

    to = public(Region("village", required=True))


class ResidentMoveAsked(_Move):
    """A resident asked the own village to let go."""

    name = "identity.resident.move_asked"
    state = in_state("certified")


class ResidentReleased(_Move):
    """The old village let go; the new one has to accept."""

    name = "identity.resident.released"
    state = in_state("certified")


class ResidentMoved(_OfResident):
    """The new village accepted a resident; the event's region is the new one, `before` the old one."""

    name = "identity.resident.moved"
    state = in_state("certified")
    before = public(Region("village", required=True))


class ResidentMoveRefused(_Move):
    """One of the two villages did not agree; the reason stays with the resident."""

    name = "identity.resident.move_refused"
    state = in_state("certified")


class ResidentMoveCancelled(_Move):
    """A resident stays after all."""

    name = "identity.resident.move_cancelled"
    state = in_state("certified")


class ResidentEndReported(_OfResident):
    """A village reported a death or a deactivation; nothing has changed yet."""

    name = "identity.resident.end_reported"
    state = in_state("pending", "certified", "rejected", "appealed")
    kind = public(fields.String(required=True, validate=validate.OneOf(("deceased", "deactivated"))))


class ResidentEndDismissed(_OfResident):
    """A report of a death or a deactivation was wrong."""

    name = "identity.resident.end_dismissed"
    state = in_state("pending", "certified", "rejected", "appealed")


class ResidentDeceased(_OfResident):
    """The town confirmed a death."""

    name = "identity.resident.deceased"
    state = in_state("deceased")


class ResidentDeactivated(_OfResident):
    """The town confirmed that an entry must not be used any more."""

    name = "identity.resident.deactivated"
    state = in_state("deactivated")


class ResidentReactivated(_OfResident):
    """An entry was ended in error and goes on as before."""

    name = "identity.resident.reactivated"
    state = in_state("pending", "certified", "rejected", "appealed")


class ResidentMerged(_OfResident):
    """The county found two entries to be one person's: this one ended, and its history belongs to `into`."""

    name = "identity.resident.merged"
    state = in_state("merged")
    into = public(Id(required=True))


class ResidentMatched(_OfResident):
    """A certified resident was found in the household register: assurance 2."""

    name = "identity.resident.matched"
    state = in_state("certified")
    assurance = public(fields.Integer(required=True))


class ResidentSeen(_OfResident):
    """An official saw a certified resident with a paper at the window: assurance 3."""

    name = "identity.resident.seen"
    state = in_state("certified")
    assurance = public(fields.Integer(required=True))


class ResidentSightRevoked(_OfResident):
    """The county does not believe that a resident was seen; the assurance is what is left. It may be found out after the end."""

    name = "identity.resident.sight_revoked"
    state = in_state("certified", "deceased", "deactivated", "merged")
    assurance = public(fields.Integer(required=True))


class ResidentPasswordChanged(_OfResident):
    """A resident has another password, chosen or in place of a forgotten one: what the one before opened is over."""

    name = "identity.resident.password_changed"
    state = in_state("pending", "certified", "rejected", "appealed")


class ResidentErased(_OfResident):
    """A resident's data was erased on request; the id stays and names nobody. Whoever holds data of the person erases it."""

    name = "identity.resident.erased"
    state = in_state("erased")


class ResidentPhoneProved(_OfResident):
    """A resident proved by a code that a phone is the own one: the one named at registration, or another one instead."""

    name = "identity.resident.phone_proved"
    state = in_state("pending", "certified", "rejected", "appealed")
    resident_phone = personal(fields.String(), of="resident_id", take="phone")


class ResidentPhoneChanged(_OfResident):
    """Another phone took the place of one that was the resident's: by a code that came to it, or by a correction. It says neither."""

    name = "identity.resident.phone_changed"
    state = in_state("pending", "certified", "rejected", "appealed")


class ResidentPhoneLost(_OfResident):
    """Somebody else proved a resident's phone by a code; the account stays, and whoever knew the phone must not use it any more."""

    name = "identity.resident.phone_lost"
    state = in_state("pending", "certified", "rejected", "appealed")


class ResidentPlaced(_OfResident):
    """The county said to which part of a split village a resident belongs: the event's region."""

    name = "identity.resident.placed"
    state = in_state("pending", "certified", "rejected", "appealed", "deceased", "deactivated", "merged")
