"""The reports' endpoints: those of the reporter, open to anyone, and those of the committee."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from services.chassis.core.context import unseen
from services.chassis.rpc import rpc
from services.chassis.storage.dependency_provider import Provided
from services.civic.calls import Call
from services.civic.editions.code_crosswalk import CodeCrosswalk
from services.integrity.reports.cases import contract, usecases, views
from services.integrity.reports.cases.hours import cut_to_the_hour
from services.integrity.reports.cases.model import Deadlines, Report
from services.integrity.reports.cases.ports import Categories, People, Places, Receipts
from services.integrity.reports.cases.store import ReportStore
from services.integrity.reports.cases.views import in_sight


@contextmanager
def leaving_no_trace(call: Call, receipts: Receipts) -> Iterator[Call]:
    """The call as it may be kept: no correlation or trace of the request, hours only, keyed idempotency."""
    key, fingerprint = receipts.untraceable(call.key, call.fingerprint) if call.key else ("", "")
    with unseen():
        yield replace(call, key=key, fingerprint=fingerprint, now=cut_to_the_hour(call.now))


class ReporterEndpoints:
    """What the reporter does; what is annotated only is wired in the service."""

    reports = Provided(ReportStore)
    receipts: Receipts
    categories: Categories
    places: Places
    moves: CodeCrosswalk
    people: People
    deadlines: Deadlines

    @rpc(contract.submit_report)
    def submit_report(self, call: Call) -> dict:
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

    @rpc(contract.read_report)
    def read_report(self, call: Call) -> Report:
        with leaving_no_trace(call, self.receipts) as quiet:
            return usecases.read_by_receipt(self.reports, self.receipts, quiet)

    @rpc(contract.write_message)
    def write_message(self, call: Call) -> Report:
        with leaving_no_trace(call, self.receipts) as quiet:
            return usecases.write_message(self.reports, self.receipts, quiet)

    @rpc(contract.withdraw_report)
    def withdraw_report(self, call: Call) -> Report:
        with leaving_no_trace(call, self.receipts) as quiet:
            return usecases.withdraw(self.reports, self.receipts, quiet)

    @rpc(contract.rate_report)
    def rate_report(self, call: Call) -> Report:
        with leaving_no_trace(call, self.receipts) as quiet:
            return usecases.rate(self.reports, self.receipts, quiet)

    @rpc(contract.ask_review)
    def ask_review(self, call: Call) -> Report:
        with leaving_no_trace(call, self.receipts) as quiet:
            return usecases.ask_review(self.reports, self.receipts, quiet)


class CommitteeEndpoints:
    """What the county's discipline committee does; `deadlines` is wired in the service."""

    reports = Provided(ReportStore)
    deadlines: Deadlines

    @rpc(contract.list_reports)
    def list_reports(self, call: Call) -> dict:
        return views.waiting(self.reports, call)

    @rpc(contract.open_report)
    def open_report(self, call: Call) -> dict:
        return usecases.open_report(self.reports, in_sight(call.actor), call)

    @rpc(contract.accept_report)
    def accept_report(self, call: Call) -> Report:
        return usecases.accept(self.reports, in_sight(call.actor), self.deadlines, call)

    @rpc(contract.decline_report)
    def decline_report(self, call: Call) -> Report:
        return usecases.decline(self.reports, in_sight(call.actor), call)

    @rpc(contract.answer_report)
    def answer_report(self, call: Call) -> Report:
        return usecases.answer(self.reports, in_sight(call.actor), call)

    @rpc(contract.conclude_report)
    def conclude_report(self, call: Call) -> Report:
        return usecases.conclude(self.reports, in_sight(call.actor), call)

    @rpc(contract.recuse_officer)
    def recuse_officer(self, call: Call) -> Report:
        return usecases.recuse(self.reports, in_sight(call.actor), call)
