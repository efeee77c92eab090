"""Keep every published version of every event as a file: python -m gateway.publish_contracts

`contracts/events/<name>.v<version>.json` is what readers were promised: the JSON schema of the event's data. A version
is written once; afterwards it may only change in ways that break no reader.
"""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from gateway.event_schemas import DIALECT, data_schema, declared_events, undecided_fields
from gateway.schema_compatibility import breaks
from services.chassis.events.event import Event

FOLDER = Path(__file__).parents[1] / "contracts" / "events"


@dataclass
class Publication:
    """What publishing came to: the names of the files written, and one sentence for each refusal."""

    written: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def file_name(event: type[Event]) -> str:
    """Give <name>.v<version>.json."""
    return f"{event.name}.v{event.version}.json"


def contract(event: type[Event]) -> dict:
    """Give what is published of an event."""
    return {"$schema": DIALECT, **data_schema(event)}


def text_of(event: type[Event]) -> str:
    """Give the file of an event: sorted, so that a review shows what changed and nothing else."""
    return json.dumps(contract(event), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def publish(folder: Path, events: Iterable[type[Event]]) -> Publication:
    """Write what is new or changed compatibly; refuse what would break a reader, or has no declared event."""
    outcome, known = Publication(), set()
    folder.mkdir(parents=True, exist_ok=True)
    for event in events:
        path = folder / file_name(event)
        known.add(path.name)
        reasons = refusals(event, path)
        outcome.refused += reasons
        text = text_of(event)
        if not reasons and (not path.exists() or path.read_text(encoding="utf-8") != text):
            path.write_text(text, encoding="utf-8")
            outcome.written.append(path.name)
    outcome.refused += [undeclared(path) for path in sorted(folder.glob("*.json")) if path.name not in known]
    return outcome


def refusals(event: type[Event], path: Path) -> list[str]:
    """Say why an event cannot be published as it is declared, and what to do; nothing where it can."""
    wrong = [f"{name}: is neither public nor personal" for name in undecided_fields(data_schema(event))]
    advice = "declare it public(...) or personal(...)"
    if not wrong and path.exists():
        wrong = breaks(json.loads(path.read_text(encoding="utf-8")), contract(event))
        advice = f"leave v{event.version} as it is and declare version = {event.version + 1} next to it"
    return [f"{event.type()}: {one} -> {advice}" for one in wrong]


def undeclared(path: Path) -> str:
    """Say that a published event is no longer declared, and what to do."""
    return (
        f"{path.stem}: is published and no longer declared -> declare it again; only when no grant names it any "
        f"more, delete the file and say so in CHANGELOG.md"
    )


def main() -> int:
    """Publish every declared event; gives the exit code."""
    outcome = publish(FOLDER, declared_events())
    for name in outcome.written:
        print(f"written: {name}")
    for reason in outcome.refused:
        print(f"refused: {reason}", file=sys.stderr)
    print(f"{len(outcome.written)} written, {len(outcome.refused)} refused.")
    return 1 if outcome.refused else 0


if __name__ == "__main__":
    sys.exit(main())
