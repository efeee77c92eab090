"""The households' doors."""

from services.chassis.core.scope import may_act_in, scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.people.households import asking, contract, usecases, views
from services.identity.people.households.store import HouseholdStore

VILLAGE = "village_administrator"
HEADS = ("resident",)


class HouseholdEndpoints:
    """The village enters, heads ask; `villagers` is wired in the service."""

    households = Provided(HouseholdStore)

    @rpc(contract.FormHousehold, contract.Household, allow=(VILLAGE,), writes=True)
    def form_household(self, call):
        def within(region):
            return may_act_in(call.actor, region, VILLAGE)

        return usecases.form(self.households, self.villagers, within, call)

    @rpc(contract.AddMember, contract.Household, allow=(VILLAGE,), writes=True)
    def add_household_member(self, call):
        return usecases.add(self.households, self.villagers, scope_filter(call.actor, VILLAGE), call)

    @rpc(contract.OfMember, contract.Household, allow=(VILLAGE,), writes=True)
    def remove_household_member(self, call):
        return usecases.remove(self.households, scope_filter(call.actor, VILLAGE), call)

    @rpc(contract.ChangeMember, contract.Household, allow=(VILLAGE,), writes=True)
    def change_household_member(self, call):
        return usecases.change(self.households, scope_filter(call.actor, VILLAGE), call)

    @rpc(contract.ChangeHead, contract.Household, allow=(VILLAGE,), writes=True)
    def change_household_head(self, call):
        return usecases.name_head(self.households, scope_filter(call.actor, VILLAGE), call)

    @rpc(contract.SplitHousehold, contract.Household, allow=(VILLAGE,), writes=True)
    def split_household(self, call):
        return usecases.split(self.households, scope_filter(call.actor, VILLAGE), call)

    @rpc(contract.JoinHouseholds, contract.Household, allow=(VILLAGE,), writes=True)
    def join_households(self, call):
        return usecases.join(self.households, scope_filter(call.actor, VILLAGE), call)

    @rpc(contract.FindHousehold, contract.Household, allow=(VILLAGE,), writes=True)
    def dissolve_household(self, call):
        return usecases.dissolve(self.households, scope_filter(call.actor, VILLAGE), call)

    @rpc(contract.AskForChange, contract.Household, allow=HEADS, writes=True, assurance=0)
    def ask_for_household_change(self, call):
        return asking.ask(self.households, call)

    @rpc(contract.OwnAsk, contract.Household, allow=HEADS, writes=True, assurance=0)
    def withdraw_household_ask(self, call):
        return asking.withdraw(self.households, call)

    @rpc(contract.OfAsk, contract.Household, allow=(VILLAGE,), writes=True)
    def approve_household_ask(self, call):
        return asking.approve(self.households, self.villagers, scope_filter(call.actor, VILLAGE), call)

    @rpc(contract.RefuseAsk, contract.Household, allow=(VILLAGE,), writes=True)
    def refuse_household_ask(self, call):
        return asking.refuse(self.households, scope_filter(call.actor, VILLAGE), call)

    @rpc(contract.FindHousehold, contract.NamedHousehold, allow=views.OFFICIALS)
    def find_household(self, call):
        return views.one(self.households, self.villagers, call)

    @rpc(None, contract.NamedHousehold, allow=HEADS)
    def find_own_household(self, call):
        return views.own(self.households, self.villagers, call)

    @rpc(contract.ListHouseholds, contract.HouseholdPage, allow=views.OFFICIALS)
    def list_households(self, call):
        return views.in_scope(self.households, self.villagers, call)
