"""The residents' doors."""

from services.chassis.core.actor import ANYONE
from services.chassis.core.scope import may_act_in, scope_filter
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.identity.people.residents import contract, usecases, views
from services.identity.people.residents.store import ResidentStore
from services.identity.people.residents.terms import ResidentTerms

CERTIFIERS = ("village_administrator", "town_administrator")
APPEAL_DECIDERS = ("town_administrator", "county_administrator")
WINDOW = ("clerk", "village_administrator")
COUNTY = ("county_administrator",)


class ResidentEndpoints:
    """Registration, certification and appeals; `villages`, `privacy_notice`, `passwords` and `identity_hash` are wired in the
    service.
    """

    residents = Provided(ResidentStore)
    terms = Provided(ResidentTerms)

    @rpc(contract.RegisterResident, contract.Resident, allow=(ANYONE,), writes=True)
    def register_resident(self, call):
        return usecases.register(
            self.residents,
            self.villages,
            self.privacy_notice,
            self.passwords,
            self.identity_hash,
            self.terms,
            call,
        )

    @rpc(contract.CertifyResident, contract.Resident, allow=CERTIFIERS, writes=True)
    def certify_resident(self, call):
        return usecases.certify(self.residents, scope_filter(call.actor, *CERTIFIERS), call)

    @rpc(contract.RejectResident, contract.Resident, allow=CERTIFIERS, writes=True)
    def reject_resident(self, call):
        return usecases.reject(self.residents, self.terms, scope_filter(call.actor, *CERTIFIERS), call)

    @rpc(contract.AppealRejection, contract.Resident, allow=("resident",), writes=True, assurance=0)
    def appeal_rejection(self, call):
        return usecases.appeal(self.residents, views.oneself(call), call)

    @rpc(contract.DecideAppeal, contract.Resident, allow=APPEAL_DECIDERS, writes=True)
    def uphold_rejection(self, call):
        return usecases.uphold(self.residents, scope_filter(call.actor, *APPEAL_DECIDERS), call)

    @rpc(contract.DecideAppeal, contract.Resident, allow=APPEAL_DECIDERS, writes=True)
    def overturn_rejection(self, call):
        return usecases.overturn(self.residents, scope_filter(call.actor, *APPEAL_DECIDERS), call)

    @rpc(contract.TryAgain, contract.Resident, allow=("resident",), writes=True, assurance=0)
    def try_certification_again(self, call):
        scope = views.oneself(call)
        return usecases.try_again(self.residents, self.villages, self.identity_hash, self.terms, scope, call)

    @rpc(contract.AskCorrection, contract.Resident, allow=("resident",), writes=True, assurance=0)
    def ask_correction(self, call):
        return usecases.ask_correction(self.residents, self.identity_hash, views.oneself(call), call)

    @rpc(contract.Decide, contract.Resident, allow=CERTIFIERS, writes=True)
    def approve_correction(self, call):
        scope = scope_filter(call.actor, *CERTIFIERS)
        return usecases.approve_correction(
            self.residents, _acting_in(call, "town_administrator"), scope, call
        )

    @rpc(contract.Refuse, contract.Resident, allow=CERTIFIERS, writes=True)
    def refuse_correction(self, call):
        scope = scope_filter(call.actor, *CERTIFIERS)
        return usecases.refuse_correction(self.residents, _acting_in(call, "town_administrator"), scope, call)

    @rpc(contract.Decide, contract.Resident, allow=("resident",), writes=True, assurance=0)
    def withdraw_correction(self, call):
        return usecases.withdraw_correction(self.residents, views.oneself(call), call)

    @rpc(contract.AskMove, contract.Resident, allow=("resident",), writes=True, assurance=0)
    def ask_move(self, call):
        return usecases.ask_move(self.residents, self.villages, views.oneself(call), call)

    @rpc(contract.Decide, contract.Resident, allow=CERTIFIERS, writes=True)
    def release_resident(self, call):
        return usecases.release(self.residents, scope_filter(call.actor, *CERTIFIERS), call)

    @rpc(contract.Decide, contract.Resident, allow=CERTIFIERS, writes=True)
    def accept_move(self, call):
        scope = views.or_repeated(views.concerned(call, *CERTIFIERS), call)
        return usecases.accept_move(self.residents, _acting_in(call, *CERTIFIERS), scope, call)

    @rpc(contract.Refuse, contract.Resident, allow=CERTIFIERS, writes=True)
    def refuse_move(self, call):
        scope = views.or_repeated(views.concerned(call, *CERTIFIERS), call)
        return usecases.refuse_move(self.residents, _acting_in(call, *CERTIFIERS), scope, call)

    @rpc(contract.Decide, contract.Resident, allow=("resident",), writes=True, assurance=0)
    def cancel_move(self, call):
        return usecases.cancel_move(self.residents, views.oneself(call), call)

    @rpc(contract.ListRequests, contract.RequestPage, allow=views.OFFICIALS)
    def list_resident_requests(self, call):
        return views.asking(self.residents, call)

    @rpc(contract.ListArrivals, contract.RequestPage, allow=views.OFFICIALS)
    def list_arrivals(self, call):
        return views.arriving(self.residents, call)

    @rpc(contract.ReportEnd, contract.Reported, allow=CERTIFIERS, writes=True)
    def report_end(self, call):
        return usecases.report_end(self.residents, scope_filter(call.actor, *CERTIFIERS), call)

    @rpc(contract.Decide, contract.Reported, allow=("town_administrator",), writes=True)
    def confirm_end(self, call):
        return usecases.confirm_end(self.residents, scope_filter(call.actor, "town_administrator"), call)

    @rpc(contract.Decide, contract.Reported, allow=CERTIFIERS, writes=True)
    def dismiss_end(self, call):
        return usecases.dismiss_end(self.residents, scope_filter(call.actor, *CERTIFIERS), call)

    @rpc(contract.Reactivate, contract.Resident, allow=("town_administrator",), writes=True)
    def reactivate_resident(self, call):
        return usecases.reactivate(self.residents, scope_filter(call.actor, "town_administrator"), call)

    @rpc(contract.Merge, contract.Resident, allow=("county_administrator",), writes=True)
    def merge_residents(self, call):
        return usecases.merge(self.residents, scope_filter(call.actor, "county_administrator"), call)

    @rpc(contract.ListEndReports, contract.ReportedPage, allow=views.OFFICIALS)
    def list_end_reports(self, call):
        return views.reported(self.residents, call)

    @rpc(contract.SeeResident, contract.Resident, allow=WINDOW, writes=True)
    def see_resident(self, call):
        return usecases.see(self.residents, scope_filter(call.actor, *WINDOW), call)

    @rpc(contract.RevokeSight, contract.Resident, allow=COUNTY, writes=True)
    def revoke_sight(self, call):
        return usecases.revoke_sight(self.residents, scope_filter(call.actor, *COUNTY), call)

    @rpc(contract.FindResident, contract.Resident, allow=("resident", *views.OFFICIALS))
    def find_resident(self, call):
        return views.one(self.residents, call)

    @rpc(contract.FindResident, contract.Resident, allow=COUNTY)
    def find_number_holder(self, call):
        return views.holder(self.residents, call)

    @rpc(contract.ListResidents, contract.ResidentPage, allow=views.OFFICIALS)
    def list_residents(self, call):
        return views.waiting(self.residents, call)


def _acting_in(call, *roles: str):
    return lambda region: may_act_in(call.actor, region, *roles)
