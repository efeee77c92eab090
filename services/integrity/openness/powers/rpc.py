"""The powers' endpoints."""

from services.chassis.core.scope import scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.actor import CivicActor
from services.civic.calls import Call
from services.integrity.openness.powers import contract, usecases, views
from services.integrity.openness.powers.model import Power
from services.integrity.openness.powers.ports import Categories
from services.integrity.openness.powers.store import PowerStore, finder
from services.integrity.openness.powers.vain import VainPowerSearchStore
from services.integrity.openness.powers.versions import PowerVersionStore


class PowerEndpoints:
    """The public list of powers, and its upkeep by the county."""

    powers = Provided(PowerStore)
    power_versions = Provided(PowerVersionStore)
    vain_power_searches = Provided(VainPowerSearchStore)
    power_finder = Provided(lambda database: finder(PowerStore(database)))
    categories: Categories

    @rpc(contract.list_powers)
    def list_powers(self, call: Call) -> dict:
        return views.listed(self.powers, self.power_finder, self.vain_power_searches, call)

    @rpc(contract.list_powers_of_category)
    def list_powers_of_category(self, call: Call) -> dict:
        return views.of_category(self.powers, call)

    @rpc(contract.list_powers_of_matter)
    def list_powers_of_matter(self, call: Call) -> dict:
        return views.of_matter(self.powers, call)

    @rpc(contract.find_power)
    def find_power(self, call: Call) -> dict:
        return views.one(self.powers, call)

    @rpc(contract.find_power_version)
    def find_power_version(self, call: Call) -> dict:
        return views.version(self.powers, self.power_versions, call)

    @rpc(contract.compare_power_version)
    def compare_power_version(self, call: Call) -> dict:
        return views.compared(self.powers, self.power_versions, call)


class PowerDeskEndpoints:
    """Its upkeep: drafts by one, publication by another of the county; the stores are declared beside the public list."""

    powers: PowerStore
    power_versions: PowerVersionStore
    vain_power_searches: VainPowerSearchStore
    categories: Categories

    @rpc(contract.begin_power)
    def begin_power(self, call: Call) -> Power:
        return usecases.begin(self.powers, county_of(call.actor), call)

    @rpc(contract.list_power_drafts)
    def list_power_drafts(self, call: Call) -> dict:
        return views.drafts(self.powers, of_the_county(call.actor), call)

    @rpc(contract.list_power_reviews)
    def list_power_reviews(self, call: Call) -> dict:
        return views.reviews(self.powers, of_the_county(call.actor), call)

    @rpc(contract.find_power_draft)
    def find_power_draft(self, call: Call) -> dict:
        return views.draft(self.powers.get(call.data["power_id"], call, of_the_county(call.actor)))

    @rpc(contract.write_power_draft)
    def write_power_draft(self, call: Call) -> Power:
        return usecases.write(self.powers, self.categories, of_the_county(call.actor), call)

    @rpc(contract.submit_power_draft)
    def submit_power_draft(self, call: Call) -> Power:
        return usecases.submit(self.powers, of_the_county(call.actor), call)

    @rpc(contract.return_power_draft)
    def return_power_draft(self, call: Call) -> Power:
        return usecases.give_back(self.powers, of_the_county(call.actor), call)

    @rpc(contract.publish_power_draft)
    def publish_power_draft(self, call: Call) -> Power:
        return usecases.publish(self.powers, self.power_versions, of_the_county(call.actor), call)

    @rpc(contract.discard_power_draft)
    def discard_power_draft(self, call: Call) -> Power:
        return usecases.discard(self.powers, of_the_county(call.actor), call)

    @rpc(contract.withdraw_power)
    def withdraw_power(self, call: Call) -> Power:
        return usecases.withdraw(self.powers, of_the_county(call.actor), call)

    @rpc(contract.list_vain_power_searches)
    def list_vain_power_searches(self, call: Call) -> dict:
        return views.searched_in_vain(self.vain_power_searches, of_the_county(call.actor), call)


def of_the_county(actor: CivicActor) -> dict:
    """Give what somebody keeps: the list of the own county."""
    return scope_filter(actor, *contract.KEEPERS)


def county_of(actor: CivicActor) -> str:
    """Give the county to which something new of theirs belongs."""
    return min(role.region for role in actor.roles if role.name in contract.KEEPERS)
