"""The rotas' operations."""

from services.chassis.core.scope import may_act_in
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.civic.working_days import published_working_days
from services.identity.officials.duties import contract, usecases, views
from services.identity.officials.duties.model import Rota, RotaLimits
from services.identity.officials.duties.ports import Absences, Divisions, Officials
from services.identity.officials.duties.store import RotaStore
from services.identity.own_offices import RegionOf, offices_of


class DutyEndpoints:
    """Who is on duty; `officials` and `absences` are declared elsewhere, `divisions` and `region_of` wired."""

    rotas = Provided(RotaStore)
    duty_limits = Provided(RotaLimits)
    officials: Officials
    absences: Absences
    divisions: Divisions
    region_of: RegionOf

    @rpc(contract.set_rota)
    def set_rota(self, call: Call) -> Rota:
        def may_act(region: str) -> bool:
            return may_act_in(call.actor, region, *contract.ADMINISTRATORS)

        most = self.duty_limits.most_days
        return usecases.set_rota(self.rotas, self.officials, self.divisions, may_act, most, call)

    @rpc(contract.change_duty)
    def change_duty(self, call: Call) -> Rota:
        def may_act(region: str) -> bool:
            return may_act_in(call.actor, region, *contract.ADMINISTRATORS)

        return usecases.change(self.rotas, self.officials, may_act, self.duty_limits.most_days, call)

    @rpc(contract.find_rota)
    def find_rota(self, call: Call) -> Rota:
        return views.one(self.rotas, call)

    @rpc(contract.on_duty_now)
    def on_duty_now(self, call: Call) -> dict:
        offices = offices_of(call.actor, self.region_of)
        is_working = published_working_days().is_working
        return views.on_duty_now(
            self.rotas, self.officials, self.absences.stand_in_of, is_working, offices, call
        )
