"""Measure two sizes of county side by side: `python -m benchmarks.scale [--share 1.0]`.

Takes AMQP_URI, MONGODB_URI, RABBITMQ_MANAGEMENT_URI and XIANGZHI_STATE (a folder for the processes' logs and secrets). Exits 1
where an operation costs more than the aim.
"""

import argparse
import sys
import time

from benchmarks.scale import report
from benchmarks.scale.cast import Cast
from benchmarks.scale.measuring import measured
from benchmarks.scale.mix import reads, writes
from benchmarks.scale.place import both
from tests.county.size import QIONGLAI

SMALLER = 0.01
READS, WRITES = 150, 60
PAUSE = 0.05


def main(arguments: list[str]) -> int:
    """Make, start and measure both; gives the exit code."""
    parser = argparse.ArgumentParser(prog="benchmarks.scale", description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="the large county's share of the whole one")
    share = parser.parse_args(arguments).share
    large, small = QIONGLAI.scaled(share), QIONGLAI.scaled(share * SMALLER)
    begun = time.monotonic()
    with both(large, small) as platforms:
        print(f"  both are ready after {time.monotonic() - begun:.0f} s; measuring", flush=True)
        casts = [Cast(filled, seed=1) for filled in platforms]
        rows = list(measured(*(reads(cast) for cast in casts), READS))
        rows += measured(*(writes(cast) for cast in casts), WRITES, PAUSE)
        facts = report.facts(platforms, time.monotonic() - begun)
    return report.show(facts, rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
