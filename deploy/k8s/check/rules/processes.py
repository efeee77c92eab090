"""The manifests run what the code has, all of it, and tell it nothing that it does not know."""

from collections.abc import Iterator

from deploy.k8s.check import code, promised
from deploy.k8s.check.manifests import Manifests


def every_process_of_the_procfile_has_a_deployment(manifests: Manifests) -> Iterator[str]:
    """And no Deployment runs what the Procfile does not name."""
    there = {one.name: one for one in manifests.deployments}
    for name in sorted(code.processes().keys() - there.keys()):
        yield f"{name}: the Procfile has it, and no Deployment"
    for name, one in sorted(there.items()):
        if name != one.full_name:
            yield f"{one.full_name}: its pods call themselves {name}"
        elif name not in code.processes():
            yield f"{name}: a Deployment, and the Procfile has no such process"


def every_command_is_the_procfiles_own(manifests: Manifests) -> Iterator[str]:
    """What runs here is what runs everywhere: with its words, and without arguments of the manifest's own."""
    known = code.processes() | code.ONCE | code.BY_HAND | code.AT_NIGHT
    for one in manifests.workloads:
        if one.process.get("command") != known.get(one.name) or one.process.get("args"):
            yield f"{one.name}: its command is not {known.get(one.name)}"


def the_process_is_its_containers_first_without_a_shell(manifests: Manifests) -> Iterator[str]:
    """A shell as PID 1 keeps SIGTERM to itself (superset#33513, airflow#18066)."""
    for one in manifests.workloads:
        for container in one.containers:
            first = (container.get("command") or [""])[0].rpartition("/")[2]
            if first in ("", "sh", "bash", "dash", "ash", "tini", "env"):
                yield f"{one.name}: {first or 'the image'} is PID 1 in {container['name']}"


def every_variable_is_one_of_the_settings(manifests: Manifests) -> Iterator[str]:
    """A name with a slip in it would be told to nobody."""
    known = code.settings().keys() | promised.SETTINGS | {f"{name}_FILE" for name in code.secrets()}
    for one in manifests.workloads:
        for name in sorted(manifests.told(one).keys() - known):
            yield f"{one.name}: the code reads no {name}"


def every_process_would_start_with_what_it_is_told(manifests: Manifests) -> Iterator[str]:
    """The settings' own check refuses half of a provider, a number that is none, an address without a scheme."""
    for one in manifests.workloads:
        wrong = code.refused(one.name, _with_secrets(manifests.told(one)))
        if wrong:
            yield f"{one.name}: would not start: {wrong}"


def worker_counts_come_from_the_manifest(manifests: Manifests) -> Iterator[str]:
    """A pod on a node of 64 cores would else start 64 workers in the memory of two (gunicorn#2028)."""
    for one in manifests.deployments:
        told = manifests.told(one)
        for name in ("GATEWAY_WORKERS", "GATEWAY_ADMITTED", "MAX_WORKERS"):
            if not told.get(name):
                yield f"{one.name}: {name} is left to the node's cores or to chance"


def the_gateway_listens_where_its_service_leads(manifests: Manifests) -> Iterator[str]:
    """On every address of the pod, on the port that Service and Ingress name."""
    for one in manifests.deployments:
        if one.name != "gateway":
            continue
        told = manifests.told(one)
        ports = {port["name"]: port["containerPort"] for port in one.process.get("ports", [])}
        if told.get("HOST") not in ("0.0.0.0", "::") or str(ports.get("http")) != told.get("PORT"):
            yield "gateway: HOST and PORT are not its container's port"
        services = [
            s for s in manifests.of("Service", namespace="xiangzhi") if s["metadata"]["name"] == "gateway"
        ]
        for service in services:
            if service["spec"]["selector"].items() - one.labels.items():
                yield "gateway: its Service selects other pods"
            if [port["targetPort"] for port in service["spec"]["ports"]] != ["http"]:
                yield "gateway: its Service leads to another port than http"
        if not services:
            yield "gateway: no Service leads to it"


def no_service_puts_variables_beside_the_settings(manifests: Manifests) -> Iterator[str]:
    """Kubernetes tells pods of Services as GATEWAY_PORT and the like, which are settings' names."""
    for one in manifests.workloads:
        if one.pod.get("enableServiceLinks") is not False:
            yield f"{one.name}: enableServiceLinks is not false"


def _with_secrets(told: dict[str, str]) -> dict[str, str]:
    """Give the environment as the process reads it, files of secrets read: any value of the right form."""
    found = {name: value for name, value in told.items() if name not in promised.SETTINGS}
    for name in code.secrets():
        if name != "SIGNING_KEY_FILE" and found.pop(f"{name}_FILE", ""):
            found[name] = code.any_value(name)
    return found


RULES = (
    every_process_of_the_procfile_has_a_deployment,
    every_command_is_the_procfiles_own,
    the_process_is_its_containers_first_without_a_shell,
    every_variable_is_one_of_the_settings,
    every_process_would_start_with_what_it_is_told,
    worker_counts_come_from_the_manifest,
    the_gateway_listens_where_its_service_leads,
    no_service_puts_variables_beside_the_settings,
)
