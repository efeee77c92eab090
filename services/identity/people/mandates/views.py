"""What can be read of mandates: by the two parties and by the administrators of the ward's region."""

from services.chassis.core.scope import scope_filter
from services.chassis.storage.encrypted_fields import in_full
from services.chassis.storage.paging import page
from services.civic.actor import CivicActor
from services.civic.calls import Call
from services.identity.people.mandates.contract import OFFICIALS
from services.identity.people.mandates.model import Mandate, only_while_the_village_vouches_for_both
from services.identity.people.mandates.ports import Residents
from services.identity.people.mandates.store import ActStore, MandateStore


def parties_and_officials(actor: CivicActor, *roles: str) -> dict:
    """The filter of what the actor sees: as a party, or through these roles in the ward's region."""
    if actor.kind == "resident":
        own = {"$in": actor.entries}
        return {"$or": [{"ward_id": own}, {"helper_id": own}]}
    return scope_filter(actor, *roles)


def one(mandates: MandateStore, residents: Residents, call: Call) -> dict:
    """Find one mandate with the masked names of both."""
    scope = parties_and_officials(call.actor, *OFFICIALS)
    return _named([mandates.get(call.data["mandate_id"], scope=scope)], residents)[0]


def mine(mandates: MandateStore, residents: Residents, call: Call) -> dict:
    """List the mandates that the caller gave or was given, newest first."""
    return _page(mandates, residents, {f"{call.data['side']}_id": {"$in": call.actor.entries}}, call)


def of_regions(mandates: MandateStore, residents: Residents, call: Call) -> dict:
    """List the regions' mandates in a state, newest first."""
    missing = {"photos_missing": True} if call.data["photos_missing"] else {}
    where = {**scope_filter(call.actor, *OFFICIALS), "state": call.data["state"], **missing}
    return _page(mandates, residents, where, call)


def acts_of(mandates: MandateStore, acts: ActStore, call: Call) -> dict:
    """List what was done under a mandate to whoever may see the mandate, newest first."""
    scope = parties_and_officials(call.actor, *OFFICIALS)
    mandate = mandates.get(call.data["mandate_id"], scope=scope)
    return page(acts.documents, {"mandate_id": mandate.id}, call.data, ("at", -1), acts.from_document)


def authority(mandates: MandateStore, residents: Residents, call: Call) -> dict:
    """For whom the helper may act now and until when a request may rely on it; raises Forbidden where not."""
    mandate = mandates.get(call.data["mandate_id"], scope={"helper_id": call.actor.id})
    until = mandate.allow(call.data["scope"], call.now)
    found = residents.of([mandate.ward_id, mandate.helper_id])
    only_while_the_village_vouches_for_both(found.get(mandate.ward_id), found.get(mandate.helper_id))
    kinds = mandate.kinds if call.data["scope"] == "affairs" else []
    return {"mandate_id": mandate.id, "ward_id": mandate.ward_id, "kinds": kinds, "until": until}


def _page(mandates: MandateStore, residents: Residents, where: dict, call: Call) -> dict:
    found = page(
        mandates.documents, where, call.data, ("offered_at", -1), mandates.from_document, opened=True
    )
    return {**found, "items": _named(found["items"], residents)}


def _named(mandates: list[Mandate], residents: Residents) -> list[dict]:
    """Add the masked names: they are read where they belong, and kept nowhere else."""
    people = residents.of(sorted({id for one in mandates for id in (one.ward_id, one.helper_id)}))
    names = {id: resident.masked_name for id, resident in people.items()}
    return [
        {
            **in_full(one),
            "shown_photos": one.shown_photos,
            "photos_missing": one.photos_missing,
            "ward_name": names.get(one.ward_id),
            "helper_name": names.get(one.helper_id),
        }
        for one in mandates
    ]
