"""What changes the board: residents' events, new divisions, the villages' own figures, and the end of each day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.identity.people.coverage.model import CountedResident, day_of, shown

if TYPE_CHECKING:
    from services.chassis.events.event import Envelope
    from services.civic.calls import Call
    from services.civic.editions.code_crosswalk import CodeCrosswalk
    from services.identity.divisions.regions.model import Division
    from services.identity.people.coverage.ports import EditionOf
    from services.identity.people.coverage.store import CoverageStore

DIGITS = (6, 9, 12)
VILLAGE_DIGITS = 12


def count(coverage: CoverageStore, moves: CodeCrosswalk, events: list[Envelope]) -> None:
    """Count the residents whom events are about, each another one, where the division is now in which each event places them."""
    here = moves.now_all({_place_of(one) for one in events})
    coverage.count([_counted(one, *here[_place_of(one)]) for one in events])


def _place_of(event: Envelope) -> tuple[str, str]:
    return event.region, event.data.get("edition", "")


def _counted(event: Envelope, region: str, edition: str) -> CountedResident:
    certified = event.data["state"] == "certified"
    return CountedResident(event.data["resident_id"], event.sequence, region, certified, edition)


def know(coverage: CoverageStore, edition_of: EditionOf, event: Envelope) -> None:
    """Begin with a village that nobody has registered in: it stands on the board with nothing.

    Villages of another edition than the one that the county has adopted are not on the board.
    """
    code = event.data["code"]
    if len(code) == VILLAGE_DIGITS and event.data["edition"] == edition_of(code):
        coverage.know(code)


def take_figures(coverage: CoverageStore, edition_of: EditionOf, event: Envelope) -> None:
    """Put a village's figures beside its counter, as its entry in the adopted edition has them."""
    entry = event.data
    if entry["edition"] == edition_of(entry["code"]):
        coverage.put_figures(entry["code"], entry["edition"], event.sequence, entry)


def switch_edition(coverage: CoverageStore, county: str, edition: str, divisions: list[Division]) -> None:
    """Begin with the villages of an edition that is adopted, with the figures that they have in it; the others have none."""
    villages = [one for one in divisions if one.level == "village"]
    for one in villages:
        coverage.know(one.region)
        coverage.put_figures(one.region, edition, one.version, one.figures)
    coverage.clear_figures(county, edition, [one.region for one in villages])


def keep_the_day(coverage: CoverageStore, edition_of: EditionOf, call: Call) -> None:
    """Keep the figures of every division as today's; the day's last look stands."""
    day = day_of(call.now)
    sums = [found for digits in DIGITS for found in coverage.sums(digits)]
    editions = {county: edition_of(county) for county in {found.code[:6] for found in sums}}
    rows = [{**shown(found), "edition": editions[found.code[:6]]} for found in sums]
    coverage.keep_day(day, rows)
