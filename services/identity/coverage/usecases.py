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


def know(coverage, event) -> None:
    """Begin with a village that nobody has registered in: it stands on the board with nothing."""
    if len(event.data["code"]) == VILLAGE_DIGITS:
        coverage.know(event.data["code"])


def keep_the_day(coverage, call) -> None:
    """Keep the figures of every division as today's; the day's last look stands."""
    day = call.now.astimezone(CHINA).date().isoformat()
    rows = [shown(found) for digits in DIGITS for found in coverage.sums(digits)]
    coverage.keep_day(day, rows)
