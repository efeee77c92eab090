"""What a resident can read of erasures."""

from dataclasses import replace

from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.privacy.erasures.model import Erasure
from services.identity.privacy.erasures.store import ErasureStore
from services.identity.privacy.erasures.terms import ErasureTerms


def terms_of(terms: ErasureTerms) -> dict:
    """What somebody should know before asking."""
    return {"cooling_days": terms.cooling.days, "kept": terms.kept}


def own(erasures: ErasureStore, terms: ErasureTerms, call: Call) -> dict:
    """A page of the caller's requests, newest first."""

    def shown(document: dict) -> dict:
        return with_kept(erasures.from_document(document), terms)

    return page(erasures.documents, {"resident_id": call.actor.id}, call.data, ("asked_at", -1), shown)


def with_kept(erasure: Erasure, terms: ErasureTerms) -> dict:
    """A request with what is kept."""
    return {**vars(erasure), "kept": terms.kept}


def naming_kept(terms: ErasureTerms, call: Call) -> Call:
    """The call with an answer that names what is kept, to a repeat as well."""
    render = call.render
    return replace(call, render=render and (lambda erasure: render(with_kept(erasure, terms))))
