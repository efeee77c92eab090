"""The table that a person reads and the file that a program reads."""

import json
import os
import platform
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

from benchmarks.scale.measuring import AIM, ratio
from benchmarks.scale.place import Filled
from tests.county.scene import SERVICES

RESULT = Path(".xiangzhi/bench-scale.json")
Rows = list[tuple[str, list[float], list[float]]]


def facts(platforms: tuple[Filled, ...], seconds: float) -> dict:
    """Give the facts without which no figure means anything."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    found = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "memory": f"{memory:.0f} GiB",
        "load": os.getloadavg()[0],
        "python": platform.python_version(),
        "seconds": round(seconds),
    }
    for filled in platforms:
        databases = [filled.platform.database(service).command("dbStats") for service in SERVICES]
        sizes = {key: sum(one[key] for one in databases) for key in ("objects", "dataSize", "indexSize")}
        found[filled.name] = {
            **vars(filled.size),
            "documents": int(sizes["objects"]),
            "data_mb": round(sizes["dataSize"] / 2**20),
            "indexes_mb": round(sizes["indexSize"] / 2**20),
        }
    return found


def show(machine: dict, rows: Rows) -> int:
    """Print and keep the table; gives 1 where the aim was missed, else 0."""
    for name, value in machine.items():
        told = ", ".join(f"{v:,} {n}" for n, v in value.items()) if isinstance(value, dict) else value
        print(f"{name}: {told}")
    print(f"\n{'milliseconds, median (p95)':<48}{'large':>16}{'small':>16}  large/small  asked")
    table = []
    for name, large, small in rows:
        costs = ratio(large, small)
        mark = "" if costs <= AIM else "  <- above the aim"
        print(f"{name:<48}{_spread(large):>16}{_spread(small):>16}  {costs:8.2f}{len(large):>7}{mark}")
        row = {"name": name, "large_ms": median(large), "small_ms": median(small), "ratio": costs}
        table.append({**row, "asked": len(large)})
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(
        json.dumps({"machine": machine, "aim": AIM, "rows": table}, indent=1, ensure_ascii=False)
    )
    missed = [row["name"] for row in table if row["ratio"] > AIM]
    print(f"\nkept in {RESULT}; " + (f"above {AIM}: {', '.join(missed)}" if missed else f"all at most {AIM}"))
    return 1 if missed else 0


def _spread(milliseconds: list[float]) -> str:
    return f"{median(milliseconds):.1f} ({quantiles(milliseconds, n=20)[18]:.1f})"
