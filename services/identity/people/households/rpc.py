"""The households' doors."""

from services.chassis.core.scope import may_act_in, scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.people.households import asking, contract, usecases, views
from services.identity.people.households.store import HouseholdStore


class HouseholdEndpoints:
    """The village enters, heads ask; `villagers` is wired in the service."""

    households = Provided(HouseholdStore)

    @rpc(contract.form_household)
    def form_household(self, call):
        def within(region):
            return may_act_in(call.actor, region, contract.VILLAGE)

        return usecases.form(self.households, self.villagers, within, call)

    @rpc(contract.add_household_member)
    def add_household_member(self, call):
        return usecases.add(self.households, self.villagers, scope_filter(call.actor, contract.VILLAGE), call)

    @rpc(contract.remove_household_member)
    def remove_household_member(self, call):
        return usecases.remove(self.households, scope_filter(call.actor, contract.VILLAGE), call)

    @rpc(contract.change_household_member)
    def change_household_member(self, call):
        return usecases.change(self.households, scope_filter(call.actor, contract.VILLAGE), call)

    @rpc(contract.change_household_head)
    def change_household_head(self, call):
        return usecases.name_head(self.households, scope_filter(call.actor, contract.VILLAGE), call)

    @rpc(contract.split_household)
    def split_household(self, call):
        return usecases.split(self.households, scope_filter(call.actor, contract.VILLAGE), call)

    @rpc(contract.join_households)
    def join_households(self, call):
        return usecases.join(self.households, scope_filter(call.actor, contract.VILLAGE), call)

    @rpc(contract.dissolve_household)
    def dissolve_household(self, call):
        return usecases.dissolve(self.households, scope_filter(call.actor, contract.VILLAGE), call)

    @rpc(contract.ask_for_household_change)
    def ask_for_household_change(self, call):
        return asking.ask(self.households, call)

    @rpc(contract.withdraw_household_ask)
    def withdraw_household_ask(self, call):
        return asking.withdraw(self.households, call)

    @rpc(contract.approve_household_ask)
    def approve_household_ask(self, call):
        return asking.approve(
            self.households, self.villagers, scope_filter(call.actor, contract.VILLAGE), call
        )

    @rpc(contract.refuse_household_ask)
    def refuse_household_ask(self, call):
        return asking.refuse(self.households, scope_filter(call.actor, contract.VILLAGE), call)

    @rpc(contract.find_household)
    def find_household(self, call):
        return views.one(self.households, self.villagers, call)

    @rpc(contract.find_own_household)
    def find_own_household(self, call):
        return views.own(self.households, self.villagers, call)

    @rpc(contract.list_households)
    def list_households(self, call):
        return views.in_scope(self.households, self.villagers, call)
