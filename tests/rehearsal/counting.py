"""What must be nothing, counted from outside, and the table of a run."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from tests.faults.checks import Case, run_all, told
from tests.faults.evidence import Evidence
from tests.faults.ledger import UNNAMED
from tests.faults.table import machine
from tests.rehearsal.disturbances import Disturbances, Row
from tests.rehearsal.load import Load, StoryLedger


def of_the_story(evidence: Evidence) -> dict[str, list[str]]:
    """Give what the checks say of the story alone, before anybody else wrote: they know the writers' deeds only."""
    return run_all(Case(StoryLedger(told_before=told(evidence)), evidence, []))


def findings(
    load: Load, disturbances: Disturbances, evidence: Evidence, before: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Give what each check found and had not found before the load, by its name in plain words."""
    ended = disturbances.stage.deployments.values()
    unasked = Counter(disturbances.restarts()) - Counter(disturbances.wanted_restarts)
    return {
        "failed requests that were not 503 with Retry-After": [
            f"{what} ({times} times)" for what, times in load.failures().items()
        ],
        **{
            name: [one for one in wrong if one not in before.get(name, ())]
            for name, wrong in run_all(Case(load.ledger, evidence, [])).items()
        },
        "restarts that nobody wanted": list(unasked.elements()),
        "pods that did not end within their grace": [one for each in ended for one in each.killed],
    }


def lost_by_restoring(load: Load, before: int, evidence: Evidence) -> Iterator[str]:
    """Every write that was acknowledged before the backup began is there after it was restored."""
    keys = {
        place: {one["key"] for one in document.get("requests", ())}
        for place, document in evidence.documents.items()
    }
    reports = 0
    for one in load.ledger.writes[:before]:
        if one.subject == UNNAMED:
            reports += 1
        elif one.key not in keys.get((one.service, one.collection, one.subject), ()):
            yield f"{one.event} of {one.collection} {one.subject}"
    there = sum(place[1] == "reports" for place in evidence.documents)
    yield from ("a report" for _ in range(reports - there))


def render(rows: list[Row], found: dict[str, list[str]], load: Load, evidence: Evidence) -> str:
    """Give both tables of a run, with date and machine."""
    met = load.met()
    head = (
        f"{date.today().isoformat()}, {machine()}: {load.acknowledged:,} acknowledged writes, {met.answered:,} answered requests, "
        f"{len(evidence.archived):,} events, {len(evidence.wire):,} deliveries"
    )
    lines = [
        head,
        "",
        "| disturbance | seconds | ready again after | answered | 503, come again | failed | restarts |",
    ]
    lines += ["|---|---|---|---|---|---|---|"]
    for one in rows:
        what = f"{one.what} ({one.note})" if one.note else one.what
        lines.append(
            f"| {what} | {one.seconds:.0f} | {one.ready_after:.1f} | {one.answered:,} | {one.sent_back:,} | {one.failed.total()} | "
            f"{len(one.restarts)} |"
        )
    lines += ["", "| must be nothing | found |", "|---|---|"]
    lines += [f"| {name} | {len(wrong)} |" for name, wrong in found.items()]
    return "\n".join(lines)
