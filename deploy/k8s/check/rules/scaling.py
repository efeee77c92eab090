"""Who is how many, and who says so."""

from collections import Counter
from collections.abc import Iterator

from deploy.k8s.check import code
from deploy.k8s.check.manifests import Manifests

SCALED = {"gateway", *code.SERVICES}
"""Who does more where there are more. Two relays publish everything twice, and a queue of events has one consumer at a time."""
SLOWLY = 300
"""Seconds at least before and between steps down."""


def one_deployment_has_one_master(manifests: Manifests) -> Iterator[str]:
    """No `replicas` where something scales: each `kubectl apply` would set it back (kubernetes#25238)."""
    masters = Counter(name for _, name in manifests.scaled())
    for name, number in sorted(masters.items()):
        if number > 1:
            yield f"{name}: {number} objects set how many there are"
    for one in manifests.deployments:
        if one.name in masters and "replicas" in one.spec:
            yield f"{one.name}: has replicas, and something that scales it"
    for name in sorted(masters.keys() - {one.name for one in manifests.deployments}):
        yield f"{name}: is scaled, and there is no such Deployment"


def only_who_does_more_is_scaled(manifests: Manifests) -> Iterator[str]:
    """Never a relay, the dispatcher or the webhook sender; of the last two a second one waits for the lease."""
    for kind, name in manifests.scaled():
        if name not in SCALED:
            yield f"{name}: a {kind} makes more of it, which do no more than one"
    for one in manifests.deployments:
        if one.name.endswith("-relay") and one.spec.get("replicas", 1) != 1:
            yield f"{one.name}: {one.spec['replicas']} of it do everything as often"


def scaling_down_is_slow(manifests: Manifests) -> Iterator[str]:
    """A pod at a time, minutes apart, and never to none (keda#356, #638)."""
    for one in manifests.of("HorizontalPodAutoscaler", "ScaledObject"):
        spec, name = one["spec"], one["metadata"]["name"]
        advanced = spec.get("advanced", {}).get("horizontalPodAutoscalerConfig", {})
        down = (advanced if one["kind"] == "ScaledObject" else spec).get("behavior", {}).get("scaleDown", {})
        steps = [(p["type"], p["value"], p["periodSeconds"] >= SLOWLY) for p in down.get("policies", [])]
        if down.get("stabilizationWindowSeconds", 0) < SLOWLY or steps != [("Pods", 1, True)]:
            yield f"{name}: becomes fewer too fast"
        least = spec.get("minReplicas", spec.get("minReplicaCount", 0))
        most = spec.get("maxReplicas", spec.get("maxReplicaCount", 0))
        if not 2 <= least <= most:
            yield f"{name}: may become {least}"


def only_a_shared_queue_of_requests_is_a_trigger(manifests: Manifests) -> Iterator[str]:
    """`rpc-<service>` as the code names it, read by the account in a Secret (keda#6719); else CPU."""
    for one in manifests.of("ScaledObject"):
        name = one["spec"]["scaleTargetRef"]["name"]
        for trigger in one["spec"]["triggers"]:
            told = trigger.get("metadata", {})
            if trigger["type"] == "rabbitmq":
                if told.get("queueName") != code.rpc_queue(name):
                    yield f"{name}: the code has no queue {told.get('queueName')} that its processes share"
                if "host" in told or not trigger.get("authenticationRef"):
                    yield f"{name}: the broker's password stands in its trigger"
            elif trigger["type"] != "cpu":
                yield f"{name}: {trigger['type']} says nothing of how much there is to do"
        if (
            "rabbitmq" in {trigger["type"] for trigger in one["spec"]["triggers"]}
            and "fallback" not in one["spec"]
        ):
            yield f"{name}: without the broker nobody knows how many"


def pods_of_one_process_are_on_different_nodes(manifests: Manifests) -> Iterator[str]:
    """As far as there are any: one node that is lost takes one pod of each."""
    for one in manifests.deployments:
        spread = one.pod.get("topologySpreadConstraints", [])
        meant = [s for s in spread if s["labelSelector"].get("matchLabels", {}).items() <= one.labels.items()]
        if not any(s["topologyKey"] == "kubernetes.io/hostname" for s in meant):
            yield f"{one.name}: all its pods may be on one node"


RULES = (
    one_deployment_has_one_master,
    only_who_does_more_is_scaled,
    scaling_down_is_slow,
    only_a_shared_queue_of_requests_is_a_trigger,
    pods_of_one_process_are_on_different_nodes,
)
