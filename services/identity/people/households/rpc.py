"""The households' endpoints."""

from services.chassis.core.scope import may_act_in, scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.identity.people.households import asking, contract, usecases, views
from services.identity.people.households.model import Household
from services.identity.people.households.ports import Villagers
from services.identity.people.households.store import HouseholdStore


class HouseholdEndpoints:
    """The village enters, heads ask; `villagers` is wired in the service."""

    households = Provided(HouseholdStore)
    villagers: Villagers

    @rpc(contract.form_household)
    def form_household(self, call: Call) -> Household:
        def within(region: str) -> bool:
            return may_act_in(call.actor, region, contract.VILLAGE)

        return usecases.form(self.households, self.villagers, within, call)

    @rpc(contract.add_household_member)
    def add_household_member(self, call: Call) -> Household:
        return usecases.add(self.households, self.villagers, scope_filter(call.actor, contract.VILLAGE), call)

    @rpc(contract.remove_household_member)
    def remove_household_member(self, call: Call) -> Household:
        return usecases.remove(self.households, scope_filter(call.actor, contract.VILLAGE), call)

    @rpc(contract.change_household_member)
    def change_household_member(self, call: Call) -> Household:
        return usecases.change(self.households, scope_filter(call.actor, contract.VILLAGE), call)

    @rpc(contract.change_household_head)
    def change_household_head(self, call: Call) -> Household:
        return usecases.name_head(self.households, scope_filter(call.actor, contract.VILLAGE), call)

    @rpc(contract.split_household)
    def split_household(self, call: Call) -> Household:
        return usecases.split(
            self.households, self.villagers, scope_filter(call.actor, contract.VILLAGE), call
        )

    @rpc(contract.join_households)
    def join_households(self, call: Call) -> Household:
        return usecases.join(self.households, scope_filter(call.actor, contract.VILLAGE), call)

    @rpc(contract.dissolve_household)
    def dissolve_household(self, call: Call) -> Household:
        return usecases.dissolve(self.households, scope_filter(call.actor, contract.VILLAGE), call)

    @rpc(contract.ask_for_household_change)
    def ask_for_household_change(self, call: Call) -> Household:
        return asking.ask(self.households, call)

    @rpc(contract.withdraw_household_ask)
    def withdraw_household_ask(self, call: Call) -> Household:
        return asking.withdraw(self.households, call)

    @rpc(contract.approve_household_ask)
    def approve_household_ask(self, call: Call) -> Household:
        return asking.approve(
            self.households, self.villagers, scope_filter(call.actor, contract.VILLAGE), call
        )

    @rpc(contract.refuse_household_ask)
    def refuse_household_ask(self, call: Call) -> Household:
        return asking.refuse(self.households, scope_filter(call.actor, contract.VILLAGE), call)

    @rpc(contract.find_household)
    def find_household(self, call: Call) -> dict:
        return views.one(self.households, self.villagers, call)

    @rpc(contract.find_own_household)
    def find_own_household(self, call: Call) -> dict:
        return views.own(self.households, self.villagers, call)

    @rpc(contract.list_households)
    def list_households(self, call: Call) -> dict:
        return views.in_scope(self.households, self.villagers, call)
