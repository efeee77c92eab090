"""`make faults`: break everything again and again under steady writes, then count what is wrong: it must be nothing.

Real processes, a broker and a database of their own. Exit code 0 when every count is zero and every check has also
been shown to see what it is there for.
"""

import argparse
import os
import random
import shutil
import sys
import threading
import time

from deploy.local import signals
from deploy.local.folders import Folder, shown
from deploy.local.processes import end_recorded
from deploy.local.progress import say
from deploy.local.refusal import Refusal
from tests.faults import poison, table
from tests.faults.cast import Casting
from tests.faults.checks import Case, run_all
from tests.faults.evidence import gather, queues, wait_for_rest
from tests.faults.faults import Breaker
from tests.faults.ledger import Ledger
from tests.faults.scene import Scene
from tests.faults.tampering import crimes
from tests.faults.writers import Writer

REST_SECONDS = 600
POISONINGS = 3
FINISH_SECONDS = 120


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make faults ARGS=...", description=__doc__)
    parser.add_argument("--writes", type=int, default=10_000, help="acknowledged writes at least")
    parser.add_argument("--faults", type=int, default=40, help="faults at least")
    parser.add_argument("--seconds", type=int, default=720, help="the longest time for writing and breaking")
    parser.add_argument("--writers", type=int, default=12, help="people who write at the same time")
    parser.add_argument("--seed", type=int, default=None, help="repeat the order of an earlier run's faults")
    return parser.parse_args(arguments)


class Run:
    """One run from the first write to the table."""

    def __init__(self, scene: Scene, options: argparse.Namespace):
        self.scene, self.options = scene, options
        self.platform = scene.platform
        self.ledger = Ledger()
        self.enough, self.over = threading.Event(), threading.Event()
        self.poisoned: list[str] = []
        seed = random.randrange(10**6) if options.seed is None else options.seed
        self.breaker = Breaker(scene, seed)
        self.figures = table.Figures(seed=seed)

    def write_and_break(self) -> None:
        """Let people write, and break something each time that a fair share of the writes is done."""
        casts = Casting(self.platform, self.ledger, self.over).casts(self.options.writers)
        writers = [Writer(n, cast, self.ledger, self.enough) for n, cast in enumerate(casts)]
        began = time.monotonic()
        for writer in writers:
            writer.start()
        try:
            self._break_until(began + self.options.seconds)
        finally:
            self.enough.set()
            for writer in writers:
                writer.join(max(1.0, began + self.options.seconds + FINISH_SECONDS - time.monotonic()))
            self.over.set()
            for writer in writers:
                writer.join(30)
        self.figures.seconds = time.monotonic() - began

    def _break_until(self, end: float) -> None:
        share = self.options.writes / self.options.faults
        poisoning = max(1, self.options.faults // POISONINGS)
        while time.monotonic() < end and not self.ledger.unfinished:
            faults, writes = len(self.breaker.done), len(self.ledger.writes)
            if faults >= self.options.faults and writes >= self.options.writes:
                return
            if faults >= self.options.faults or writes < share * faults:
                time.sleep(0.2)
                continue
            if faults % poisoning == 0 and len(self.poisoned) < 3 * POISONINGS:
                self.poisoned += poison.send(self.platform.settings.amqp_uri, faults)
            fault = self.breaker.next()
            about = f"{fault.how} {fault.what}, whole again after {fault.recovered:.1f} s"
            say(f"{len(self.breaker.done):>3} {about}; {len(self.ledger.writes)} writes acknowledged")
        say("the time is over, or a writer has given up")

    def come_to_rest(self) -> None:
        """Wait until nothing is on its way, then start the consumer that was down all the time, and wait again."""
        self.figures.rest = wait_for_rest(self.platform, self.scene.wire, False, REST_SECONDS)
        waiting = {name: count for name, count in queues(self.platform).items() if "latecomer" in name}
        self.figures.waited_for_latecomer = sum(waiting.values())
        say(
            f"at rest after {self.figures.rest:.0f} s; {waiting} wait for the late consumer, which starts now"
        )
        self.scene.start_latecomer()
        self.figures.caught_up = wait_for_rest(self.platform, self.scene.wire, True, REST_SECONDS)
        say(f"the late consumer has caught up after {self.figures.caught_up:.0f} s")

    def judge(self) -> bool:
        """Check, print the table, then show that each check can fail; tells whether all is well."""
        case = Case(self.ledger, gather(self.platform, self.scene.wire), self.poisoned)
        found = run_all(case)
        self.figures.faults = self.breaker.done
        print(table.render(found, case, self.figures), flush=True)
        wrong = [name for name, findings in found.items() if findings]
        short = table.shortfall(case, self.figures, self.options)
        if wrong or short:
            print("\n" + "\n".join([*short, *table.details(found)]), flush=True)
            return False
        return self._can_fail(found)

    def _can_fail(self, found: dict[str, list[str]]) -> bool:
        """Do one crime after the other to the real data: the check that is there for it must find more than before."""
        seen = []
        for check, crime, do in crimes(self.platform, self.scene.wire):
            before = len(found[check])
            do()
            found = run_all(Case(self.ledger, gather(self.platform, self.scene.wire), self.poisoned))
            seen.append((crime, check, len(found[check]) - before))
        print("\n" + table.render_crimes(seen), flush=True)
        return all(more > 0 for _, _, more in seen)


def main(arguments: list[str]) -> int:
    """Run; gives 0 when nothing was lost, doubled, disordered, stuck or given up."""
    options = _options(arguments)
    signals.listen()
    folder = Folder.of_tests(os.getpid())
    folder.make()
    well = False
    try:
        scene = Scene(folder)
        scene.start()
        run = Run(scene, options)
        say(f"breaking with --seed {run.figures.seed}")
        run.write_and_break()
        run.come_to_rest()
        well = run.judge()
    except Refusal as refusal:
        print(f"xiangzhi: {refusal.sentence}\n{refusal.details}", file=sys.stderr)
    except AssertionError as failure:
        print(f"xiangzhi: {failure}", file=sys.stderr)
    except KeyboardInterrupt:
        say("interrupted")
    finally:
        signals.ignore()
        # the data of a run that failed must still be readable
        end_recorded(folder, grace=0 if well else 30)
    if well:
        shutil.rmtree(folder.path, ignore_errors=True)
    else:
        say(f"the logs and data are kept in {shown(folder.path)} until the next `make test`")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
