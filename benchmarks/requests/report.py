"""The table that a person reads, the file that a program reads, and the history of both."""

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.requests.figures import Aim
from deploy.local.folders import BASE

RESULT = BASE / "bench.json"
HISTORY = BASE / "bench-history.jsonl"
LIBRARIES = ("flask", "gunicorn", "nameko", "amqp", "pymongo", "marshmallow", "orjson")
HEAD = f"{'':<12}{'req/s':>9}{'ratio':>8}{'p50 ms':>9}{'p99 ms':>9}{'CPU µs':>9}"


def machine() -> dict:
    """Give the facts without which no figure means anything."""
    asked = ["git", "describe", "--always", "--dirty"]
    commit = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit,
        "cores": os.cpu_count(),
        "load_before": round(os.getloadavg()[0], 2),
        "python": platform.python_version(),
        **{name: version(name) for name in LIBRARIES},
    }


def table(rows: list[dict]) -> str:
    """Give the rows as text: one block for each set-up, work and number of clients."""
    lines, block = [], None
    for row in rows:
        if (row["setup"], row["work"], row["clients"]) != block:
            block = row["setup"], row["work"], row["clients"]
            title = f"{row['setup']}, {row['work']}, {row['clients']} client{'s' * (row['clients'] > 1)}"
            lines += ["", title, HEAD]
        ratio = "-" if row["ratio_to_monolith"] is None else f"{row['ratio_to_monolith']:.2f}"
        lines.append(
            f"{row['system']:<12}{row['rps']:>9,.0f}{ratio:>8}{row['p50_ms']:>9.1f}{row['p99_ms']:>9.1f}{row['cpu_us']:>9,.0f}"
        )
    return "\n".join(lines[1:])


def told(aims: list[Aim]) -> str:
    """Give the aims as text, the missed ones first."""
    ordered = sorted(aims, key=lambda aim: aim.met)
    return "\n".join(f"{'met   ' if a.met else 'MISSED'}  {a.says}: {a.came:.2f}" for a in ordered)


def memory(found: dict[str, tuple[float, float]]) -> str:
    """Give the memory of each process as text."""
    lines = [f"{'process':<22}{'RSS MB':>9}{'PSS MB':>9}"]
    lines += [f"{name:<22}{rss:>9.0f}{pss:>9.0f}" for name, (rss, pss) in found.items()]
    total = [sum(figures[n] for figures in found.values()) for n in (0, 1)]
    return "\n".join([*lines, f"{'together':<22}{total[0]:>9.0f}{total[1]:>9.0f}"])


def before(history: Path = HISTORY) -> list[dict]:
    """Give the newest row that is kept for each row ever measured; [] without a history."""
    newest: dict[tuple, dict] = {}
    for line in history.read_text().splitlines() if history.exists() else ():
        for row in json.loads(line)["rows"]:
            newest[row["setup"], row["work"], row["system"], row["clients"]] = row
    return list(newest.values())


def keep(facts: dict, rows: list[dict], more: dict) -> None:
    """Write the rows to bench.json and append the run to the history; neither is part of the project's history."""
    RESULT.write_text(json.dumps(rows, indent=1))
    with HISTORY.open("a") as file:
        file.write(json.dumps({**facts, **more, "rows": rows}, ensure_ascii=False) + "\n")
