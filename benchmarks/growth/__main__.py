"""Compute what places need, and write it between the marks of docs/explanation/scale.md: `python -m benchmarks.growth [--write]`."""

import argparse
import sys
import tomllib
from dataclasses import dataclass
from math import ceil
from pathlib import Path

TABLE = Path(__file__).with_name("unit_costs.toml")
PAGE = Path(__file__).parents[2] / "docs/explanation/scale.md"
BEGIN, END = "<!-- computed by benchmarks.growth -->", "<!-- end -->"
PARTS = ("private_read", "list", "public_read", "page", "write", "login")
OF_A_VISIT = {
    "private_read": "private_reads_of_a_visit",
    "list": "lists_of_a_visit",
    "public_read": "public_reads_of_a_visit",
    "page": "pages_of_a_visit",
    "write": "writes_of_a_visit",
    "login": "logins_of_a_visit",
}
HOUR_SECONDS = 3_600


@dataclass(frozen=True)
class Need:
    """What one place needs at its busiest minute; rates a second, memory and data in GB, money in yuan."""

    people: int
    visits: int
    requests: float
    writes: float
    events: float
    cores: int
    data: float
    million: float


def need_of(people: int, measured: dict, assumed: dict) -> Need:
    """Compute the need of so many people."""
    visits = people * assumed["certified_share"] * assumed["daily_share"]
    peak = visits * assumed["busiest_hour_share"] / HOUR_SECONDS * assumed["peak_over_hour"]
    each = {part: assumed[OF_A_VISIT[part]] for part in PARTS}
    milliseconds = sum(each[part] * measured[f"{part}_ms"] for part in PARTS)
    cores = peak * milliseconds / 1000 / assumed["use_of_a_core"]
    events = peak * each["write"] * assumed["events_of_a_write"]
    of_a_request = milliseconds / sum(each.values())
    return Need(
        people,
        round(visits),
        peak * sum(each.values()),
        peak * each["write"],
        events,
        ceil(cores + events / measured["events_of_a_core"] / assumed["use_of_a_core"]),
        people / 660_000 * measured["gigabytes_of_a_county"] * assumed["copies_of_the_data"],
        of_a_request * 1000 / HOUR_SECONDS / assumed["use_of_a_core"] * assumed["yuan_of_a_core_hour"],
    )


def table() -> str:
    """Give the table as Markdown."""
    told = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    head = "| | people | visits a day | requests a second | writes | events | cores | data, three copies |"
    rows = [head, "|---|---|---|---|---|---|---|---|"]
    for name, people in told["places"].items():
        one = need_of(people, told["measured"], told["assumed"])
        rows.append(
            f"| {name} | {people:,} | {one.visits:,} | {one.requests:,.0f} | {one.writes:,.1f} | "
            f"{one.events:,.1f} | {one.cores:,} | {one.data:,.0f} GB |"
        )
    rows += ["", f"A million requests of this mixture cost {one.million:.2f} yuan of processor."]
    return "\n".join(rows)


def main(arguments: list[str]) -> int:
    """Print the table, or write it into its page; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--write", action="store_true", help="write it into docs/explanation/scale.md")
    if not parser.parse_args(arguments).write:
        print(table())
        return 0
    text = PAGE.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    PAGE.write_text(f"{head}{BEGIN}\n{table()}\n{END}{rest.partition(END)[2]}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
