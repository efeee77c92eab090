"""The table of a run: each count with what stands behind it."""

import argparse
import os
import platform
from collections import Counter
from dataclasses import dataclass, field

from tests.faults.checks import Case, due_notices
from tests.faults.faults import Fault

SHOWN = 8
"""Findings of one check that are printed."""


@dataclass
class Figures:
    """What was done in a run; times in seconds."""

    seed: int
    seconds: float = 0.0
    rest: float = 0.0
    caught_up: float = 0.0
    waited_for_latecomer: int = 0
    faults: list[Fault] = field(default_factory=list)


def render(found: dict[str, list[str]], case: Case, figures: Figures) -> str:
    """Give the table and the lines around it as Markdown."""
    behind = _behind(case)
    rows = [f"| {name} | {len(findings)} | {behind[name]} |" for name, findings in found.items()]
    return "\n".join(
        [
            f"{len(case.ledger.writes):,} acknowledged writes, {len(case.evidence.archived):,} events, "
            f"{len(figures.faults)} faults in {figures.seconds:.0f} s on {machine()}, seed {figures.seed}",
            "",
            "| must be nothing | found | behind it |",
            "|---|---|---|",
            *rows,
            "",
            *_about_faults(figures),
            *_about_writers(case),
            f"- {figures.waited_for_latecomer:,} messages waited for the consumer that was down for the whole run; "
            f"it had them applied {figures.caught_up:.0f} s after its start.",
            f"- Everything else was at rest {figures.rest:.0f} s after the last write.",
        ]
    )


def _behind(case: Case) -> dict[str, str]:
    evidence, writes = case.evidence, len(case.ledger.writes)
    applied = sum(len(seen) for tally in evidence.applied.values() for seen in tally.values())
    events, notices, deliveries = (
        len(evidence.archived),
        sum(due_notices(evidence).values()),
        len(evidence.wire),
    )
    copies = sum(len(people) for people in evidence.copies.values())
    documents = len(evidence.documents)
    again = deliveries - len({(one["source"], one["id"]) for one in evidence.wire})
    return {
        "acknowledged writes lost": f"{writes:,} writes by their keys, {len(case.ledger.states):,} states as answered",
        "writes done twice": f"{writes:,} writes, {sum(case.ledger.resent.values()):,} times sent again",
        "events lost": f"{events:,} events archived, {deliveries:,} deliveries recorded ({again:,} of them repeated)",
        "effects missing": f"{applied:,} events applied by two listeners, {notices:,} notices due",
        "effects applied twice": f"{applied:,} applied in a transaction, {notices:,} notices, the stock of the orders",
        "out of order": f"{deliveries:,} deliveries and {applied:,} applied events of {documents:,} aggregates",
        "stuck outboxes": f"{documents:,} documents, every queue, every held aggregate",
        "dead letters not poisoned": f"{len(set(evidence.dead))} dead letters, {len(case.poisoned)} poisoned on purpose",
        "copies unlike a recount": f"{copies:,} copies of residents in {len(evidence.copies)} services",
        "writes never answered": f"{writes:,} writes, every answer meanwhile",
    }


def _about_faults(figures: Figures) -> list[str]:
    done = Counter(f"{fault.how} {fault.what}" for fault in figures.faults)
    slowest = max(figures.faults, key=lambda fault: fault.recovered, default=Fault("nothing", ""))
    return [
        f"- Faults: {', '.join(f'{name} {times}' for name, times in sorted(done.items()))}.",
        f"- Slowest to be whole again: {slowest.how} {slowest.what}, {slowest.recovered:.1f} s.",
    ]


def _about_writers(case: Case) -> list[str]:
    kinds = Counter(one.event for one in case.ledger.writes)
    resent, refused = case.ledger.resent, case.ledger.refused
    return [
        f"- Writes: {', '.join(f'{name} {times:,}' for name, times in kinds.most_common())}.",
        f"- Sent again after: {', '.join(f'{why} {times:,}' for why, times in resent.most_common()) or 'nothing'}.",
        f"- Refused with a reason: {', '.join(f'{why} {times}' for why, times in refused.items()) or 'nothing'}.",
    ]


def render_crimes(seen: list[tuple[str, str, int]]) -> str:
    """Give the table of what was done to the data afterwards, and how many findings more the check then had."""
    rows = [f"| {crime} | {check} | {more} |" for crime, check, more in seen]
    return "\n".join(
        ["| done to the data afterwards | must be seen by | findings more |", "|---|---|---|", *rows]
    )


def details(found: dict[str, list[str]]) -> list[str]:
    """Give the first findings of every check that has any."""
    lines = []
    for name, findings in found.items():
        lines += [f"{name}: {finding}"[:400] for finding in findings[:SHOWN]]
        lines += [f"{name}: and {len(findings) - SHOWN} more"] if len(findings) > SHOWN else []
    return lines


def shortfall(case: Case, figures: Figures, options: argparse.Namespace) -> list[str]:
    """Say where fewer writes or faults were done than asked: zeros behind which little stands prove little."""
    writes, faults = len(case.ledger.writes), len(figures.faults)
    short = []
    if writes < options.writes:
        short.append(f"only {writes} of {options.writes} writes within {options.seconds} s")
    if faults < options.faults:
        short.append(f"only {faults} of {options.faults} faults within {options.seconds} s")
    return short


def machine() -> str:
    """Give what the machine is, without its name."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.machine()}"
