"""What can be read: the notice by everybody, decisions by whom they are of."""

from services.chassis.core.errors import NotFound
from services.chassis.storage.paging import page
from services.civic.calls import Call
from services.identity.privacy.consents.catalogue import Purpose, PurposeCatalogue
from services.identity.privacy.consents.model import stands
from services.identity.privacy.consents.store import ConsentStore


def notice(catalogue: PurposeCatalogue, call: Call) -> dict:
    """A version of the notice; raises NotFound where there is none."""
    version = call.data["version"] or catalogue.newest
    purposes = catalogue.notice(version)
    if purposes is None:
        raise NotFound("consent.notice_unknown", "没有这一版告知书，请不填版本查看现行的。")
    return {"version": version, "newest": catalogue.newest, "purposes": purposes}


def own(consents: ConsentStore, catalogue: PurposeCatalogue, call: Call) -> dict:
    """How the caller stands to each purpose that needs a consent."""
    return {"items": [_standing(consents, purpose, call.actor.id) for purpose in catalogue.asked()]}


def decisions(consents: ConsentStore, call: Call) -> dict:
    """A page of the caller's decisions, newest first."""
    where = {"person": call.actor.id}
    return page(consents.documents, where, call.data, ("decided_at", -1), consents.from_document)


def _standing(consents: ConsentStore, purpose: Purpose, person: str) -> dict:
    last = consents.last(person, purpose.purpose)
    told = {"purpose": purpose.purpose, "version": purpose.version, "title": purpose.title}
    return {**told, "state": stands(last, purpose), "decided_at": last and last.decided_at}
