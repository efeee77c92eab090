"""Load the real data that the project ships: `python -m services.chassis.runtime.load [service ...]`.

Every capability with a `loader.py` has `load(database, settings, report)`. Loading is idempotent: what is there and unchanged is
counted and left alone; a row that is refused is reported with its line and the reason and does not stop the others. Exit code 1: a row was
refused, or the database is away; 2: a wrong setting.
"""

import sys
from importlib import import_module
from pathlib import Path

from pymongo.errors import PyMongoError

from services.chassis.core import logs
from services.chassis.core.settings import Settings, WrongSetting
from services.chassis.runtime.discovery import find_service, service_classes, settings_of
from services.chassis.runtime.hosted import Hosted
from services.chassis.storage.database import connect

SERVICES = Path(__file__).parents[2]


class LoadReport:
    """Counts what became of each row, shows progress on standard error and keeps the refusals."""

    def __init__(self, title: str, out=sys.stderr):
        self.title = title
        self.out = out
        self.counts = {"new": 0, "changed": 0, "unchanged": 0, "refused": 0}
        self.refusals: list[str] = []

    def count(self, outcome: str) -> None:
        """Count one row as new, changed or unchanged."""
        self.counts[outcome] += 1
        if self.out.isatty() and sum(self.counts.values()) % 50 == 0:
            print(f"\r  {self.title}: {sum(self.counts.values())}", end="", file=self.out, flush=True)

    def refuse(self, file: str, line: int, reason: str) -> None:
        """Keep a refused row with its file, line (the header is line 1) and the reason."""
        self.count("refused")
        self.refusals.append(f"{file}:{line}: {reason}")

    def close(self) -> None:
        """Print the totals and every refusal."""
        figures = ", ".join(f"{number} {outcome}" for outcome, number in self.counts.items() if number)
        print(f"\r  {self.title}: {figures or 'nothing to load'}", file=self.out)
        for refusal in self.refusals:
            print(f"    refused {refusal}", file=self.out)


def loaders(service: str) -> list[str]:
    """Give the module names of the service's loaders, in the order of their capabilities' names."""
    found = sorted((SERVICES / service).rglob("loader.py"))
    return [".".join(("services", *path.relative_to(SERVICES).with_suffix("").parts)) for path in found]


def load(settings: Settings, found: list[type[Hosted]]) -> int:
    """Load these services' data; gives how many rows were refused."""
    refused = 0
    for service in found:
        database = connect(settings, service.name, "load")
        try:
            for module in loaders(service.name):
                report = LoadReport(module.removeprefix("services.").removesuffix(".loader"))
                import_module(module).load(database, settings, report)
                report.close()
                refused += len(report.refusals)
        finally:
            database.client.close()
    return refused


def main(arguments: list[str]) -> int:
    """Load every service's data, or only the named ones'; gives the exit code."""
    try:
        found = [find_service(name) for name in arguments] or list(service_classes())
        settings = settings_of(*found)
        logs.set_up("load", settings.log_level)
        refused = load(settings, found)
    except WrongSetting as error:
        print(error, file=sys.stderr)
        return 2
    except PyMongoError as error:
        print(f"MongoDB cannot be used ({type(error).__name__}): start it and load again.", file=sys.stderr)
        return 1
    if refused:
        print(f"{refused} rows were refused, everything else is loaded: mend them.", file=sys.stderr)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
