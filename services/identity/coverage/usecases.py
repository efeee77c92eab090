"""What changes the board: residents' events, new divisions, and the end of each day."""

from datetime import timedelta, timezone

from services.identity.coverage.model import shown

CHINA = timezone(timedelta(hours=8))
DIGITS = (6, 9, 12)
VILLAGE_DIGITS = 12


def count(coverage, event) -> None:
    """Count the resident whom an event is about, where the event places them."""
    certified = event.data["state"] == "certified"
    coverage.count(event.data["resident_id"], event.sequence, event.region, certified)


def know(coverage, edition_of, event) -> None:
    """Begin with a village that nobody has registered in: it stands on the board with nothing.

    `edition_of(code)` gives the edition that a county has adopted: villages of another one are not on the board.
    """
    code = event.data["code"]
    if len(code) == VILLAGE_DIGITS and event.data["edition"] == edition_of(code):
        coverage.know(code)


def know_all(coverage, villages) -> None:
    """Begin with the villages of an edition that is adopted."""
    for code in villages:
        coverage.know(code)


def keep_the_day(coverage, call) -> None:
    """Keep the figures of every division as today's; the day's last look stands."""
    day = call.now.astimezone(CHINA).date().isoformat()
    rows = [shown(found) for digits in DIGITS for found in coverage.sums(digits)]
    coverage.keep_day(day, rows)
