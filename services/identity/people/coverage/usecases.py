"""What changes the board: residents' events, new divisions, what villages tell of themselves, and the end of each day."""

from services.identity.people.coverage.model import day_of, shown

DIGITS = (6, 9, 12)
VILLAGE_DIGITS = 12


def count(coverage, moves, event) -> None:
    """Count the resident whom an event is about where the division is now in which the event places them."""
    certified = event.data["state"] == "certified"
    region, edition = moves.now(event.region, event.data.get("edition", ""))
    coverage.count(event.data["resident_id"], event.sequence, region, certified, edition)


def know(coverage, edition_of, event) -> None:
    """Begin with a village that nobody has registered in: it stands on the board with nothing.

    `edition_of(code)` gives the edition that a county has adopted: villages of another one are not on the board.
    """
    code = event.data["code"]
    if len(code) == VILLAGE_DIGITS and event.data["edition"] == edition_of(code):
        coverage.know(code)


def tell(coverage, edition_of, event) -> None:
    """Put a village's figures beside its counter, as its entry in the adopted edition tells them."""
    told = event.data
    if told["edition"] == edition_of(told["code"]):
        coverage.tell(told["code"], told["edition"], event.sequence, told)


def adopt(coverage, county: str, edition: str, divisions) -> None:
    """Begin with the villages of an edition that is adopted, with the figures that they have in it; the others tell none."""
    villages = [one for one in divisions if one.level == "village"]
    for one in villages:
        coverage.know(one.region)
        coverage.tell(one.region, edition, one.version, one.figures)
    coverage.untell(county, edition, [one.region for one in villages])


def keep_the_day(coverage, edition_of, call) -> None:
    """Keep the figures of every division as today's; the day's last look stands."""
    day = day_of(call.now)
    sums = [found for digits in DIGITS for found in coverage.sums(digits)]
    editions = {county: edition_of(county) for county in {found.code[:6] for found in sums}}
    rows = [{**shown(found), "edition": editions[found.code[:6]]} for found in sums]
    coverage.keep_day(day, rows)
