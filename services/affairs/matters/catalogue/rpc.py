"""The catalogue's endpoints."""

from services.affairs.matters.catalogue import (
    contract,
    drafting,
    form_editing,
    operations,
    usecases,
    views,
)
from services.affairs.matters.catalogue.finder import Finder
from services.affairs.matters.catalogue.model import Matter
from services.affairs.matters.catalogue.store import MatterStore
from services.affairs.matters.catalogue.vain import VainSearches
from services.affairs.matters.catalogue.versions import VersionStore
from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.actor import CivicActor
from services.civic.calls import Call


class MatterEndpoints:
    """The public catalogue, and its upkeep by the county."""

    matters = Provided(MatterStore)
    matter_versions = Provided(VersionStore)
    vain_searches = Provided(VainSearches)
    matter_finder = Provided(lambda database: Finder(MatterStore(database)))

    @rpc(contract.list_matters)
    def list_matters(self, call: Call) -> dict:
        return views.listed(self.matters, self.matter_finder, self.vain_searches, call)

    @rpc(contract.find_matter)
    def find_matter(self, call: Call) -> Matter:
        return views.one(self.matters, call)

    @rpc(contract.find_matter_version)
    def find_matter_version(self, call: Call) -> dict:
        return views.version(self.matters, self.matter_versions, call)

    @rpc(contract.compare_matter_version)
    def compare_matter_version(self, call: Call) -> dict:
        return views.compared(self.matters, self.matter_versions, call)

    @rpc(contract.find_matter_form)
    def find_matter_form(self, call: Call) -> dict:
        return views.form(self.matters, call)

    @rpc(contract.change_matter)
    def change_matter(self, call: Call) -> Matter:
        return usecases.change(self.matters, self.matter_versions, only_editors(call.actor), call)

    @rpc(contract.withdraw_matter)
    def withdraw_matter(self, call: Call) -> Matter:
        return usecases.withdraw(self.matters, only_editors(call.actor), call)

    @rpc(contract.list_vain_searches)
    def list_vain_searches(self, call: Call) -> dict:
        return views.searched_in_vain(self.vain_searches, only_editors(call.actor), call)

    @rpc(contract.list_drafts)
    def list_drafts(self, call: Call) -> dict:
        return views.drafts(self.matters, only_editors(call.actor), call)

    @rpc(contract.find_draft)
    def find_draft(self, call: Call) -> dict:
        return drafting.shown(usecases.within_reach(self.matters, only_editors(call.actor), call))

    @rpc(contract.write_draft)
    def write_draft(self, call: Call) -> Matter:
        return drafting.write(self.matters, only_editors(call.actor), call)

    @rpc(operations.write_question)
    def write_question(self, call: Call) -> Matter:
        return form_editing.write_question(self.matters, only_editors(call.actor), call)

    @rpc(operations.write_form_page)
    def write_form_page(self, call: Call) -> Matter:
        return form_editing.write_form_page(self.matters, only_editors(call.actor), call)

    @rpc(operations.arrange_form)
    def arrange_form(self, call: Call) -> Matter:
        return form_editing.arrange_form(self.matters, only_editors(call.actor), call)

    @rpc(contract.submit_draft)
    def submit_draft(self, call: Call) -> Matter:
        return drafting.submit(self.matters, only_editors(call.actor), call)

    @rpc(contract.return_draft)
    def return_draft(self, call: Call) -> Matter:
        return drafting.give_back(self.matters, only_editors(call.actor), call)

    @rpc(contract.approve_draft)
    def approve_draft(self, call: Call) -> Matter:
        return drafting.approve(self.matters, self.matter_versions, only_editors(call.actor), call)

    @rpc(contract.discard_draft)
    def discard_draft(self, call: Call) -> Matter:
        return drafting.discard(self.matters, only_editors(call.actor), call)


def only_editors(actor: CivicActor) -> dict:
    """Clerks and administrators of the region keep its catalogue."""
    return scope_filter(actor, *contract.EDITORS)
