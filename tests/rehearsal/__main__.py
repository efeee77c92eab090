"""`make k8s-rehearse`: the cluster's manifests as containers on this machine, disturbed under load and counted from outside.

Installs with apt-get what is missing of podman, buildah, runc, mmdebstrap, haproxy and rabbitmq-server, and needs root. Builds the image; starts
three brokers, three members of the database with a user for each service, and every pod of the overlay `rehearse`; tells the story; then, while
people write and read: a rollout, broker nodes and database members stopped in turn, pods deleted, both stores away, a process stopped, a backup;
at last everything is destroyed and restored. Before all that, deploy/compose.yaml is started by podman-compose as its own head says, and taken
down again; where something for it cannot be had, that is said and it alone is left out. Exit code 0 when every count is zero. About 20 minutes, the
first time 5 more.
"""

import argparse
import os
import sys

from deploy.k8s.rehearse.stage import Stage
from deploy.local import signals
from deploy.local.folders import Folder, shown
from deploy.local.progress import say
from deploy.local.refusal import Refusal
from tests.rehearsal import counting
from tests.rehearsal.composed import CannotBeHad, Composed, render
from tests.rehearsal.run import Run


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make k8s-rehearse ARGS=...",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--away", type=int, default=180, metavar="SECONDS", help="of broker and database")
    parser.add_argument("--writers", type=int, default=6, help="people who write at the same time")
    parser.add_argument("--keep", action="store_true", help="keep the logs of a run that went well, too")
    parser.add_argument("--boot", action="store_true", help="boot and tell the story, and no more")
    parser.add_argument("--compose", action="store_true", help="start deploy/compose.yaml, and no more")
    parser.add_argument("--only", default="", metavar="REGEX", help="those disturbances, and no restore")
    return parser.parse_args(arguments)


def _rehearse(stage: Stage, options: argparse.Namespace) -> bool:
    run = Run(stage)
    run.boot()
    if options.boot:
        return True
    run.disturb(options.writers, options.away, options.only)
    found = run.count()
    if not options.only:
        run.restore()
        found |= run.count_restored()
    assert run.load is not None and run.disturbances is not None and run.evidence is not None
    print(counting.render(run.disturbances.rows, found, run.load, run.evidence), flush=True)
    for name, wrong in found.items():
        for one in wrong[:20]:
            print(f"{name}: {one}"[:400], flush=True)
    return not any(found.values())


def _compose(folder: Folder) -> bool | None:
    """Start deploy/compose.yaml and take it down; None where something for it cannot be had. Raises Refusal where it does not hold."""
    composed = Composed(folder)
    try:
        composed.prepare()
        composed.rehearse()
        print(render(composed.rows), flush=True)
        return True
    except CannotBeHad as lacking:
        print(f"SKIPPED: deploy/compose.yaml was not started: {lacking.sentence}", flush=True)
        return None
    finally:
        signals.ignore()
        composed.stop()
        signals.listen()


def _whole(options: argparse.Namespace) -> bool:
    return not (options.boot or options.only)


def main(arguments: list[str]) -> int:
    """Rehearse; gives the exit code."""
    options = _options(arguments)
    signals.listen()
    folder = Folder.of_tests(os.getpid())
    stage, well = None, False
    try:
        folder.make_in_memory()
        if options.compose:
            well = bool(_compose(folder))
        else:
            if _whole(options):
                _compose(folder)
            stage = Stage(folder)
            stage.start()
            say(f"everything of this run is named {stage.run}; reached at {stage.base}")
            well = _rehearse(stage, options)
    except Refusal as refusal:
        print(f"xiangzhi: {refusal.sentence}\n{refusal.details}", file=sys.stderr)
    except AssertionError as failure:
        print(f"xiangzhi: {failure}", file=sys.stderr)
    except KeyboardInterrupt:
        say("interrupted")
    finally:
        signals.ignore()
        if stage is not None:
            stage.stop()
        if well and not options.keep:
            folder.remove()
        else:
            say(f"the logs are kept in {shown(folder.path)} until the next `make test`")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
