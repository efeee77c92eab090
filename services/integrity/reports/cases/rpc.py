"""The reports' doors: those of the reporter, open to anyone, and those of the committee."""

from contextlib import contextmanager
from dataclasses import replace

from services.chassis.core.actor import ANYONE
from services.chassis.core.context import working_on
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.integrity.reports.cases import contract, usecases, views
from services.integrity.reports.cases.store import ReportStore
from services.integrity.reports.cases.views import HANDLER, in_sight


@contextmanager
def leaving_no_trace(call, receipts):
    """Give the call as it may be kept: no correlation or trace of the request, hours only, keyed idempotency."""
    key, fingerprint = receipts.untraceable(call.key, call.fingerprint) if call.key else ("", "")
    with working_on(""):
        yield replace(call, key=key, fingerprint=fingerprint, now=receipts.cut_to_the_hour(call.now))


class ReporterEndpoints:
    """What the reporter does; `receipts`, `categories`, `places`, `moves`, `people` and `deadlines` are wired in the service."""

    reports = Provided(ReportStore)

    @rpc(
        contract.SubmitReport,
        contract.Submitted,
        allow=(ANYONE,),
        writes=True,
        remember=False,
        confidential=True,
        random_key=True,
    )
    def submit_report(self, call):
        with leaving_no_trace(call, self.receipts) as quiet:
            return usecases.submit(
                self.reports,
                self.categories,
                self.places,
                self.moves,
                self.people,
                self.receipts,
                self.deadlines,
                quiet,
            )

    @rpc(contract.WithReceipt, contract.ReportOfReceipt, allow=(ANYONE,), confidential=True)
    def read_report(self, call):
        with leaving_no_trace(call, self.receipts) as quiet:
            return usecases.read_by_receipt(self.reports, self.receipts, quiet)

    @rpc(contract.WriteMessage, contract.ReportState, allow=(ANYONE,), writes=True, confidential=True)
    def write_message(self, call):
        with leaving_no_trace(call, self.receipts) as quiet:
            return usecases.write_message(self.reports, self.receipts, quiet)

    @rpc(contract.WithReceipt, contract.ReportState, allow=(ANYONE,), writes=True, confidential=True)
    def withdraw_report(self, call):
        with leaving_no_trace(call, self.receipts) as quiet:
            return usecases.withdraw(self.reports, self.receipts, quiet)

    @rpc(contract.RateReport, contract.ReportState, allow=(ANYONE,), writes=True, confidential=True)
    def rate_report(self, call):
        with leaving_no_trace(call, self.receipts) as quiet:
            return usecases.rate(self.reports, self.receipts, quiet)

    @rpc(contract.WithReceipt, contract.ReportState, allow=(ANYONE,), writes=True, confidential=True)
    def ask_review(self, call):
        with leaving_no_trace(call, self.receipts) as quiet:
            return usecases.ask_review(self.reports, self.receipts, quiet)


class CommitteeEndpoints:
    """What the county's discipline committee does."""

    reports = Provided(ReportStore)

    @rpc(contract.ListReports, contract.ReportPage, allow=(HANDLER,))
    def list_reports(self, call):
        return views.waiting(self.reports, call)

    @rpc(contract.FindReport, contract.OpenedReport, allow=(HANDLER,))
    def open_report(self, call):
        return usecases.open_report(self.reports, in_sight(call.actor), call)

    @rpc(contract.FindReport, contract.ReportRow, allow=(HANDLER,), writes=True)
    def accept_report(self, call):
        return usecases.accept(self.reports, in_sight(call.actor), self.deadlines, call)

    @rpc(contract.DeclineReport, contract.ReportRow, allow=(HANDLER,), writes=True)
    def decline_report(self, call):
        return usecases.decline(self.reports, in_sight(call.actor), call)

    @rpc(contract.AnswerReport, contract.ReportRow, allow=(HANDLER,), writes=True)
    def answer_report(self, call):
        return usecases.answer(self.reports, in_sight(call.actor), call)

    @rpc(contract.ConcludeReport, contract.ReportRow, allow=(HANDLER,), writes=True)
    def conclude_report(self, call):
        return usecases.conclude(self.reports, in_sight(call.actor), call)

    @rpc(contract.RecuseOfficer, contract.ReportRow, allow=(HANDLER,), writes=True)
    def recuse_officer(self, call):
        return usecases.recuse(self.reports, in_sight(call.actor), call)
