"""The contacts' operations."""

from services.chassis.core.scope import may_act_in
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.divisions.contacts import contract, usecases, views
from services.identity.divisions.contacts.model import Contact
from services.identity.divisions.contacts.ports import Divisions
from services.identity.divisions.contacts.store import ContactStore
from services.identity.own_offices import RegionOf, offices_of


class ContactEndpoints:
    """How offices are reached; `divisions` and `region_of` are wired."""

    contacts = Provided(ContactStore)
    divisions: Divisions
    region_of: RegionOf

    @rpc(contract.tell_contact)
    def tell_contact(self, call: Call) -> Contact:
        def may_act(region: str) -> bool:
            return may_act_in(call.actor, region, *contract.ADMINISTRATORS)

        return usecases.tell(self.contacts, self.divisions, may_act, call)

    @rpc(contract.find_contact)
    def find_contact(self, call: Call) -> dict:
        return views.one(self.contacts, self.divisions, call)

    @rpc(contract.find_own_contacts)
    def find_own_contacts(self, call: Call) -> dict:
        return views.own(self.contacts, self.divisions, offices_of(call.actor, self.region_of))
