"""How a pod ends, and how a node is emptied."""

from collections.abc import Iterator

from deploy.k8s.check import code
from deploy.k8s.check.manifests import Manifests, Workload
from services.chassis.core.cleaning import is_number

MARGIN = 5
"""Seconds to be told and to be gone."""
PAUSE = 5
"""Seconds at least until load balancers have heard that a pod ends."""


def grace_exceeds_the_worst_end(manifests: Manifests) -> Iterator[str]:
    """The pause, SHUTDOWN_SECONDS (the gateway: gunicorn's own grace, if that is longer), and a margin."""
    for one in manifests.workloads:
        told = manifests.told(one).get("SHUTDOWN_SECONDS", "")
        if not is_number(told):
            yield f"{one.name}: is told no SHUTDOWN_SECONDS"
            continue
        worst = max(float(told), code.gunicorn_grace() if one.name == "gateway" else 0.0)
        needed = _pause(one) + worst + MARGIN
        if one.pod.get("terminationGracePeriodSeconds", 30) < needed:
            yield f"{one.name}: is killed before it has ended: it takes {needed:g} s"


def the_gateway_answers_until_everybody_has_heard(manifests: Manifests) -> Iterator[str]:
    """A pause before SIGTERM: a pod that ends is still in some list (ingress-nginx#7097, gunicorn#2593)."""
    for one in manifests.deployments:
        if one.name == "gateway" and _pause(one) < PAUSE:
            yield f"gateway: has no pause of {PAUSE} s before it ends"


def no_budget_ever_holds_up_a_drain(manifests: Manifests) -> Iterator[str]:
    """`maxUnavailable: 1` for each process: `minAvailable: 1` with one replica holds a drain for ever (helm/charts#7127)."""
    budgets = manifests.of("PodDisruptionBudget", namespace="xiangzhi")
    for budget in budgets:
        spec, name = budget["spec"], budget["metadata"]["name"]
        if spec.get("maxUnavailable") != 1 or "minAvailable" in spec:
            yield f"{name}: its budget can hold up a drain"
        if spec.get("unhealthyPodEvictionPolicy") != "AlwaysAllow":
            yield f"{name}: its budget keeps pods that are broken anyway"
    for one in manifests.deployments:
        meant = [
            b for b in budgets if b["spec"]["selector"].get("matchLabels", {}).items() <= one.labels.items()
        ]
        if len(meant) != 1:
            yield f"{one.name}: {len(meant)} budgets are for it"


def a_lost_node_is_left_soon(manifests: Manifests) -> Iterator[str]:
    """Most processes are alone: five minutes without one of them are five minutes without what it does."""
    for one in manifests.deployments:
        waits = {t["key"]: t.get("tolerationSeconds") for t in one.pod.get("tolerations", []) if "key" in t}
        for key in ("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"):
            if (waits.get(key) or 300) > 60:
                yield f"{one.name}: waits for a lost node ({key})"


def _pause(one: Workload) -> float:
    before = one.process.get("lifecycle", {}).get("preStop", {})
    return float(before.get("sleep", {}).get("seconds", 0))


RULES = (
    grace_exceeds_the_worst_end,
    the_gateway_answers_until_everybody_has_heard,
    no_budget_ever_holds_up_a_drain,
    a_lost_node_is_left_soon,
)
