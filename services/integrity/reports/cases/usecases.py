"""What is done with reports: load -> decide -> save.

`receipts` issues and recognises receipts; `scope` is what the officer may see. Calls through a receipt come untraceable (see rpc).
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from services.chassis.core.clock import day_of
from services.chassis.core.errors import AlreadyAnswered, NotFound
from services.chassis.storage.encrypted_fields import in_full
from services.integrity.reports.cases import rules
from services.integrity.reports.cases.model import Deadlines, Report, day_after

if TYPE_CHECKING:
    from services.civic.calls import Call
    from services.civic.editions.code_crosswalk import CodeCrosswalk
    from services.integrity.reports.cases.ports import Categories, People, Places, Receipts
    from services.integrity.reports.cases.store import ReportStore


def submit(
    reports: ReportStore,
    categories: Categories,
    places: Places,
    moves: CodeCrosswalk,
    people: People,
    receipts: Receipts,
    deadlines: Deadlines,
    call: Call,
) -> dict:
    """Take a report and give its receipt; the same key gives the same receipt again and makes no second report.

    Raises Rejected for an unknown place, a category that is no leaf, a day to come, a name that is not certified.
    """
    asked = call.data
    edition = places.edition_of(asked["region"])
    towns, town_edition = moves.parts(rules.nobody_of_the_town_handles_it(asked["region"]), edition)
    rules.what_happened_lies_in_the_past(asked["happened_on"], day_of(call.now))
    report = Report(
        id=call.new_id("report"),
        region=rules.a_report_goes_to_the_countys_discipline_committee(asked["region"]),
        place=asked["region"],
        place_edition=edition,
        town=towns[0] if len(towns) == 1 else list(towns),
        town_edition=town_edition,
        category_id=asked["category_id"],
        category_name=categories.must_be_a_leaf(asked["category_id"])["full_name"],
        accused=asked["accused"],
        text=asked["text"],
        happened_on=asked["happened_on"].isoformat() if asked["happened_on"] else None,
        receipt_hash=receipts.stored(receipts.issue(call.key)),
        received_at=call.now,
        decide_by=day_after(call.now, deadlines.decide),
        reporter=_reporter(people, call) if asked["real_name"] else None,
    )
    # a repeat's answer was never kept: it is derived from the key again
    with suppress(AlreadyAnswered):
        reports.add(report, report.received(), call)
    return {"receipt": receipts.issue(call.key), "state": report.state}


def read_by_receipt(reports: ReportStore, receipts: Receipts, call: Call) -> Report:
    """The report of a receipt; raises NotFound for a wrong one, Unavailable after too many of them."""
    return _of_receipt(reports, receipts, call)


def write_message(reports: ReportStore, receipts: Receipts, call: Call) -> Report:
    """The reporter writes or adds evidence."""
    report = _of_receipt(reports, receipts, call)
    reports.save(report, report.write(call.data["kind"], call.data["text"], call.now), call)
    return report


def withdraw(reports: ReportStore, receipts: Receipts, call: Call) -> Report:
    """The reporter takes the report back."""
    report = _of_receipt(reports, receipts, call)
    reports.save(report, report.withdraw(), call)
    return report


def rate(reports: ReportStore, receipts: Receipts, call: Call) -> Report:
    """The reporter rates the handling."""
    report = _of_receipt(reports, receipts, call)
    reports.save(report, report.rate(call.data["stars"]), call)
    return report


def ask_review(reports: ReportStore, receipts: Receipts, call: Call) -> Report:
    """The reporter asks for a review."""
    report = _of_receipt(reports, receipts, call)
    reports.save(report, report.ask_review(call.now), call)
    return report


def open_report(reports: ReportStore, scope: dict, call: Call) -> dict:
    """Show the whole report to the officer in charge, once the access is written down.

    Raises NotFound outside the officer's scope and Forbidden where another officer is in charge.
    """
    report = reports.get(call.data["report_id"], scope=scope)
    rules.only_the_officer_in_charge_handles_it(report.handler, call.actor.id)
    accesses = reports.note_access(report, call.actor.id, call.now)
    return {**in_full(report), "concluded_at": report.concluded_at, "accesses": accesses}


def accept(reports: ReportStore, scope: dict, deadlines: Deadlines, call: Call) -> Report:
    """An officer takes the report."""
    report = reports.get(call.data["report_id"], call, scope)
    reports.save(report, report.accept(call.actor.id, deadlines, call.now), call)
    return report


def decline(reports: ReportStore, scope: dict, call: Call) -> Report:
    """An officer does not accept the report."""
    report = reports.get(call.data["report_id"], call, scope)
    reports.save(report, report.decline(call.actor.id, call.data["reason"], call.now), call)
    return report


def answer(reports: ReportStore, scope: dict, call: Call) -> Report:
    """The officer in charge writes to the reporter."""
    report = reports.get(call.data["report_id"], call, scope)
    reports.save(report, report.answer(call.actor.id, call.data["text"], call.now), call)
    return report


def conclude(reports: ReportStore, scope: dict, call: Call) -> Report:
    """The officer in charge says what was found; of two at once one wins."""
    asked = call.data
    report = reports.get(asked["report_id"], call, scope)
    reports.save(report, report.conclude(call.actor.id, asked["outcome"], asked["text"], call.now), call)
    return report


def recuse(reports: ReportStore, scope: dict, call: Call) -> Report:
    """An official is kept from the report from now on."""
    report = reports.get(call.data["report_id"], call, scope)
    reports.save(report, report.recuse(call.data["official_id"], call.actor.id, call.now), call)
    return report


def _reporter(people: People, call: Call) -> str:
    actor = call.actor
    rules.only_a_certified_resident_reports_under_the_own_name(actor.kind, people.is_certified(actor.id))
    return actor.id


def _of_receipt(reports: ReportStore, receipts: Receipts, call: Call) -> Report:
    """Look up first and count only failures: a flood of wrong receipts keeps nobody from a right one."""
    report = reports.of_receipt(receipts.stored(call.data["receipt"]), call)
    if report is None:
        receipts.count_failure()
        raise NotFound("report.receipt_unknown", "没有找到对应的举报，请核对 16 位查询码。")
    return report
