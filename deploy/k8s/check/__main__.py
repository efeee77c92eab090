"""Check everything that is deployed: `python -m deploy.k8s.check [--prometheus]`; exit code 1 and one line for each problem.

With --prometheus alert rules are read by Prometheus' own checker too; it is fetched, with what the tests of alerts need, where the machine has none.
"""

import argparse
import sys
import time

from deploy.k8s.check import alerting, images, promised, schemas, tools
from deploy.k8s.check.rendering import targets
from deploy.k8s.check.rules import RULES
from deploy.local.progress import say
from deploy.local.refusal import Refusal


def problems() -> dict[str, list[str]]:
    """Give every problem with the targets in which it was found; {} where all is well."""
    found: dict[str, list[str]] = {}
    for manifests in targets():
        told = [*schemas.problems(manifests), *(line for rule in RULES for line in rule(manifests))]
        for line in told:
            found.setdefault(line, []).append(manifests.name)
        say(f"{manifests.name}: {len(manifests.documents)} objects")
    for name, check in {
        "images": images.problems,
        "alerts": alerting.problems,
        "promised": promised.problems,
    }.items():
        for line in check():
            found.setdefault(line, []).append(name)
    return found


def main(arguments: list[str]) -> int:
    """Print what is wrong; gives the exit code."""
    parser = argparse.ArgumentParser(prog="make k8s-check", description=__doc__)
    parser.add_argument(
        "--prometheus", action="store_true", help="fetch Prometheus and Alertmanager where there are none"
    )
    options = parser.parse_args(arguments)
    began = time.monotonic()
    try:
        if options.prometheus:
            tools.fetch_prometheus()
        found = problems()
    except Refusal as refusal:
        print(f"xiangzhi: {refusal.sentence}", file=sys.stderr)
        return 1
    for line, where in found.items():
        print(f"{line}  [{', '.join(dict.fromkeys(where))}]")
    outcome = f"{len(found)} problems" if found else "the manifests are right"
    say(
        f"{outcome}: {len(RULES)} rules, Kubernetes {schemas.OLDEST} and {schemas.NEWEST}, {time.monotonic() - began:.0f} s"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
