"""From which day somebody is so many years old (周岁)."""

from datetime import date


def birthday(born: date, years: int) -> date:
    """Give the day from which somebody is so old: of who was born on 29 February the day after, where there is none (民法典 art. 202)."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
