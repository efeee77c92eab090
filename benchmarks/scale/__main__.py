"""Measure two sizes of county side by side: `python -m benchmarks.scale [--share 1.0] [--reads 150] [--writes 60]`.

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
    parser.add_argument("--reads", type=int, default=READS, help="requests of each read, in three rounds")
    parser.add_argument("--writes", type=int, default=WRITES, help="requests of each write, in three rounds")
    asked = parser.parse_args(arguments)
    large, small = QIONGLAI.scaled(asked.share), QIONGLAI.scaled(asked.share * SMALLER)
    begun = time.monotonic()
    with both(large, small) as platforms:
        print(f"  both are ready after {time.monotonic() - begun:.0f} s; measuring", flush=True)
        casts = [Cast(filled, seed=1) for filled in platforms]
        rows = list(measured(*(reads(cast) for cast in casts), asked.reads))
        rows += measured(*(writes(cast) for cast in casts), asked.writes, PAUSE)
        facts = report.facts(platforms, time.monotonic() - begun)
    return report.show(facts, rows)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
