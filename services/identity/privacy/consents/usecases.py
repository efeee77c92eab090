"""What is done with consents: they are given and withdrawn; a repeat of the last decision adds none."""

from services.identity.privacy.consents import model
from services.identity.privacy.consents.model import Consent


def give(consents, catalogue, region_of, call) -> Consent:
    """Consent to a purpose; raises NotFound or Rejected by the purpose, Conflict for an older notice."""
    asked, person = call.data, call.actor.id
    purpose = catalogue.find(asked["purpose"])
    model.only_what_rests_on_consent_is_consented_to(purpose)
    model.a_consent_knows_what_it_is_about(asked["notice_version"], catalogue.newest)
    last = consents.last(person, purpose.purpose)
    if model.stands(last, purpose) == "given":
        return last
    consent = _next(last, purpose.purpose, purpose.version, region_of, call)
    consents.add(consent, consent.give(), call)
    return consent


def withdraw(consents, catalogue, region_of, call) -> Consent:
    """Withdraw a consent, also to a purpose as it was told before; raises Conflict where none was given."""
    person = call.actor.id
    purpose = catalogue.find(call.data["purpose"])
    model.only_what_rests_on_consent_is_consented_to(purpose)
    last = consents.last(person, purpose.purpose)
    if last and last.id == call.new_id("consent"):
        return last
    model.only_a_given_consent_is_withdrawn(last)
    consent = _next(last, purpose.purpose, last.purpose_version, region_of, call)
    consents.add(consent, consent.withdraw(), call)
    return consent


def _next(last: Consent | None, purpose: str, version: int, region_of, call) -> Consent:
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
