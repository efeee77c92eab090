"""The sentences' endpoints."""

from services.affairs.matters.sentences import contract, usecases
from services.affairs.matters.sentences.model import Sentence
from services.affairs.matters.sentences.store import SentenceStore
from services.chassis.core.scope import LEVELS
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.chassis.storage.paging import page
from services.civic.actor import CivicActor
from services.civic.calls import Call


class SentenceEndpoints:
    """Sentences for notices, refusals and decisions."""

    sentences = Provided(SentenceStore)

    @rpc(contract.list_sentences)
    def list_sentences(self, call: Call) -> dict:
        counties = counties_of(call.actor)
        one_of = counties[0] if len(counties) == 1 else {"$in": counties}
        where = {"region": one_of, "removed": False, "kind": call.data["kind"]}
        return page(self.sentences.documents, where, call.data, ("title", 1), self.sentences.from_document)

    @rpc(contract.add_sentence)
    def add_sentence(self, call: Call) -> Sentence:
        return usecases.add(self.sentences, counties_of(call.actor), call)

    @rpc(contract.change_sentence)
    def change_sentence(self, call: Call) -> Sentence:
        return usecases.change(self.sentences, counties_of(call.actor), call)

    @rpc(contract.remove_sentence)
    def remove_sentence(self, call: Call) -> Sentence:
        return usecases.remove(self.sentences, counties_of(call.actor), call)


def counties_of(actor: CivicActor) -> list[str]:
    """Give the counties at whose desks, or those of whose towns, somebody works."""
    return sorted({role.region[: LEVELS[0]] for role in actor.roles if role.name in contract.DESK})
