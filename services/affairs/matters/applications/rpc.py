"""The applications' endpoints."""

from services.affairs.matters.applications import (
    contract,
    drafting,
    files,
    looking_up,
    operations,
    usecases,
    views,
)
from services.affairs.matters.applications.draft_model import ApplicationDraft
from services.affairs.matters.applications.draft_store import ApplicationDraftStore
from services.affairs.matters.applications.look_up_limits import LookUpLimits
from services.affairs.matters.applications.model import Application
from services.affairs.matters.applications.ports import Calendars, Matters
from services.affairs.matters.applications.scopes import (
    only_the_applicant,
    only_the_office_of_the_region,
)
from services.affairs.matters.applications.store import ApplicationStore
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.chassis.storage.encrypted_fields import in_full
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import CodeCrosswalk
from services.civic.files.receiving import ReceivedFiles
from services.civic.ports import MustNotLeave, People


class ApplicationEndpoints:
    """From receipt to rating; what is annotated only is wired in the service."""

    applications = Provided(ApplicationStore)
    application_drafts = Provided(ApplicationDraftStore)
    progress_look_ups = Provided(LookUpLimits)
    people: People
    moves: CodeCrosswalk
    matters: Matters
    working_days: Calendars
    must_not_leave: MustNotLeave
    received_files: ReceivedFiles

    @rpc(contract.apply_for_matter)
    def apply_for_matter(self, call: Call) -> Application:
        with drafting.ended_when_sent(self.application_drafts, call):
            return usecases.apply_for_matter(
                self.applications,
                self.people,
                self.moves,
                self.matters,
                self.working_days,
                self.must_not_leave,
                call,
            )

    @rpc(operations.save_application_draft)
    def save_application_draft(self, call: Call) -> ApplicationDraft:
        return drafting.save(
            self.application_drafts,
            self.applications,
            self.people,
            self.moves,
            self.matters,
            self.must_not_leave,
            call,
        )

    @rpc(operations.find_application_draft)
    def find_application_draft(self, call: Call) -> dict:
        return in_full(drafting.one(self.application_drafts, self.matters, call))

    @rpc(operations.list_application_drafts)
    def list_application_drafts(self, call: Call) -> dict:
        return drafting.own(self.application_drafts, self.matters, call)

    @rpc(operations.discard_application_draft)
    def discard_application_draft(self, call: Call) -> dict:
        return drafting.discard(self.application_drafts, call)

    @rpc(contract.find_application)
    def find_application(self, call: Call) -> dict:
        return views.one(self.applications, call)

    @rpc(contract.follow_application)
    def follow_application(self, call: Call) -> Application:
        return views.progress(self.applications, call)

    @rpc(operations.look_up_progress)
    def look_up_progress(self, call: Call) -> dict:
        return looking_up.look_up(self.applications, self.progress_look_ups, call)

    @rpc(operations.find_look_up_code)
    def find_look_up_code(self, call: Call) -> dict:
        return looking_up.code(self.applications, call)

    @rpc(operations.renew_look_up_code)
    def renew_look_up_code(self, call: Call) -> dict:
        return looking_up.renew(self.applications, call)

    @rpc(contract.list_my_applications)
    def list_my_applications(self, call: Call) -> dict:
        return views.own(self.applications, call)

    @rpc(contract.list_applications)
    def list_applications(self, call: Call) -> dict:
        return views.waiting(self.applications, call)

    @rpc(contract.notify_missing_materials)
    def notify_missing_materials(self, call: Call) -> Application:
        scope = only_the_office_of_the_region(call.actor)
        return usecases.notify(self.applications, self.working_days, scope, call)

    @rpc(contract.supply_materials)
    def supply_materials(self, call: Call) -> Application:
        return usecases.supply(self.applications, self.working_days, only_the_applicant(call.actor), call)

    @rpc(contract.accept_application)
    def accept_application(self, call: Call) -> Application:
        scope = only_the_office_of_the_region(call.actor)
        return usecases.accept(self.applications, self.working_days, scope, call)

    @rpc(contract.decline_application)
    def decline_application(self, call: Call) -> Application:
        scope = only_the_office_of_the_region(call.actor)
        return usecases.decline(self.applications, scope, call, self.received_files)

    @rpc(contract.decide_application)
    def decide_application(self, call: Call) -> Application:
        scope = only_the_office_of_the_region(call.actor)
        return usecases.decide(self.applications, scope, call, self.working_days, self.received_files)

    @rpc(contract.withdraw_application)
    def withdraw_application(self, call: Call) -> Application:
        return files.withdraw(self.applications, self.received_files, call)

    @rpc(contract.lapse_application)
    def lapse_application(self, call: Call) -> Application:
        scope = only_the_office_of_the_region(call.actor)
        return usecases.lapse(self.applications, scope, call, self.received_files)

    @rpc(contract.rate_application)
    def rate_application(self, call: Call) -> Application:
        return usecases.rate(self.applications, only_the_applicant(call.actor), call)
