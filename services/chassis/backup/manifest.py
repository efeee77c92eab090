"""A backup's manifest: what is in it, at which moment, and by whose keys it is opened. Plain: who looks for the right one holds no key."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from services.chassis.backup.records import NotABackup

NAME, DATA = "manifest.json", "data.age"
FORMAT = 1


@dataclass
class Manifest:
    """`collections` are counts and hashes by `<service>.<collection>`; `master_keys` names who wraps each service's data keys.

    Everything written before `point` is in it and nothing later. Events from `replay_from` on may not have been heard everywhere.
    `noted` is what services want to be known of it without opening it (`noted_in_backups` at their class).
    """

    point: datetime
    replay_from: datetime
    collections: dict[str, dict] = field(default_factory=dict)
    master_keys: dict[str, list[str]] = field(default_factory=dict)
    noted: dict[str, dict] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def documents(self) -> int:
        """How many documents there are in it."""
        return sum(one["count"] for one in self.collections.values())

    def to_dict(self) -> dict:
        """Give it as JSON and BSON hold it."""
        times = {"point": self.point.isoformat(), "replay_from": self.replay_from.isoformat()}
        return {**asdict(self), **times}


def write(manifest: Manifest, folder: Path) -> None:
    """Write it beside the data."""
    text = json.dumps(manifest.to_dict(), indent=1, ensure_ascii=False)
    (folder / NAME).write_text(f"{text}\n", "utf-8")


def read(folder: Path) -> Manifest:
    """Read a backup's manifest, given its folder or the file itself; raises NotABackup."""
    path = folder / NAME if folder.is_dir() else folder
    try:
        told = json.loads(path.read_text("utf-8"))
        if told["format"] != FORMAT:
            raise NotABackup(f"{path}: the format {told['format']} is not known here, only {FORMAT}.")
        times = {name: datetime.fromisoformat(told[name]) for name in ("point", "replay_from")}
        return Manifest(**{**told, **times})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotABackup(f"{path} is no manifest of a backup ({type(error).__name__}).") from None
