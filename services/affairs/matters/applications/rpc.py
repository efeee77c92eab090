"""The applications' doors."""

from services.affairs.matters.applications import contract, usecases, views
from services.affairs.matters.applications.scopes import (
    OFFICIALS,
    only_the_applicant,
    only_the_office_of_the_region,
)
from services.affairs.matters.applications.store import ApplicationStore
from services.chassis.core.actor import NAMED_VISITOR, VISITOR
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided

RESIDENT = ("resident",)
APPLICANT = ("resident", NAMED_VISITOR)
CLERK = ("clerk",)


class ApplicationEndpoints:
    """From receipt to rating; `people`, `matters`, `working_days` and `must_not_leave` are wired in the service."""

    applications = Provided(ApplicationStore)

    @rpc(
        contract.ApplyForMatter,
        contract.Application,
        allow=APPLICANT,
        writes=True,
        assurance=1,
        mandate="affairs",
    )
    def apply_for_matter(self, call):
        return usecases.apply_for_matter(
            self.applications,
            self.people,
            self.moves,
            self.matters,
            self.working_days,
            self.must_not_leave,
            call,
        )

    @rpc(contract.FindApplication, contract.Application, allow=(*APPLICANT, *OFFICIALS), mandate="affairs")
    def find_application(self, call):
        return views.one(self.applications, call)

    @rpc(contract.FindApplication, contract.ApplicationProgress, allow=(VISITOR,))
    def follow_application(self, call):
        return views.progress(self.applications, call)

    @rpc(contract.ListMyApplications, contract.ApplicationPage, allow=APPLICANT, mandate="affairs")
    def list_my_applications(self, call):
        return views.own(self.applications, call)

    @rpc(contract.ListApplications, contract.ApplicationPage, allow=OFFICIALS)
    def list_applications(self, call):
        return views.waiting(self.applications, call)

    @rpc(contract.NotifyMissingMaterials, contract.Application, allow=CLERK, writes=True)
    def notify_missing_materials(self, call):
        scope = only_the_office_of_the_region(call.actor)
        return usecases.notify(self.applications, self.working_days, scope, call)

    @rpc(
        contract.SupplyMaterials,
        contract.Application,
        allow=APPLICANT,
        writes=True,
        assurance=0,
        mandate="affairs",
    )
    def supply_materials(self, call):
        return usecases.supply(self.applications, only_the_applicant(call.actor), call)

    @rpc(contract.AcceptApplication, contract.ApplicationProgress, allow=CLERK, writes=True)
    def accept_application(self, call):
        scope = only_the_office_of_the_region(call.actor)
        return usecases.accept(self.applications, self.working_days, scope, call)

    @rpc(contract.DeclineApplication, contract.Application, allow=CLERK, writes=True)
    def decline_application(self, call):
        return usecases.decline(self.applications, only_the_office_of_the_region(call.actor), call)

    @rpc(contract.DecideApplication, contract.ApplicationProgress, allow=CLERK, writes=True)
    def decide_application(self, call):
        return usecases.decide(self.applications, only_the_office_of_the_region(call.actor), call)

    @rpc(
        contract.WithdrawApplication,
        contract.ApplicationProgress,
        allow=APPLICANT,
        writes=True,
        assurance=0,
        mandate="affairs",
    )
    def withdraw_application(self, call):
        return usecases.withdraw(self.applications, only_the_applicant(call.actor), call)

    @rpc(contract.LapseApplication, contract.ApplicationProgress, allow=CLERK, writes=True)
    def lapse_application(self, call):
        return usecases.lapse(self.applications, only_the_office_of_the_region(call.actor), call)

    @rpc(contract.RateApplication, contract.Application, allow=RESIDENT, writes=True, assurance=0)
    def rate_application(self, call):
        return usecases.rate(self.applications, only_the_applicant(call.actor), call)
