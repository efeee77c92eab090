"""What is done with consents: they are given and withdrawn; a repeat of the last decision adds none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.identity.privacy.consents import model
from services.identity.privacy.consents.model import Consent

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.identity.privacy.consents.catalogue import PurposeCatalogue
    from services.identity.privacy.consents.ports import RegionOf
    from services.identity.privacy.consents.store import ConsentStore


def give(consents: ConsentStore, catalogue: PurposeCatalogue, region_of: RegionOf, call: Call) -> Consent:
    """Consent to a purpose; raises NotFound or Rejected by the purpose, Conflict for an older notice."""
    asked, person = call.data, call.actor.id
    purpose = model.only_what_rests_on_consent_is_consented_to(catalogue.find(asked["purpose"]))
    model.a_consent_knows_what_it_is_about(asked["notice_version"], catalogue.newest)
    last = consents.last(person, purpose.purpose)
    if last and model.stands(last, purpose) == "given":
        return last
    consent = _next(last, purpose.purpose, purpose.version, region_of, call)
    consents.add(consent, consent.give(), call)
    return consent


def withdraw(consents: ConsentStore, catalogue: PurposeCatalogue, region_of: RegionOf, call: Call) -> Consent:
    """Withdraw a consent, also to a purpose as it was told before; raises Conflict where none was given."""
    person = call.actor.id
    purpose = model.only_what_rests_on_consent_is_consented_to(catalogue.find(call.data["purpose"]))
    last = consents.last(person, purpose.purpose)
    if last and last.id == call.new_id("consent"):
        return last
    given = model.only_a_given_consent_is_withdrawn(last)
    consent = _next(given, purpose.purpose, given.purpose_version, region_of, call)
    consents.add(consent, consent.withdraw(), call)
    return consent


def _next(last: Consent | None, purpose: str, version: int, region_of: RegionOf, call: Call) -> Consent:
    region, edition = region_of(call.actor.id)
    return Consent(
        id=call.new_id("consent"),
        region=region,
        edition=edition,
        person=call.actor.id,
        purpose=purpose,
        purpose_version=version,
        number=last.number + 1 if last else 1,
        decided_at=call.now,
    )
