"""What an overlay of a place of its own has to say itself, and what it asks of the machines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from deploy.k8s.check import code
from deploy.k8s.check.manifests import Manifests
from services.chassis.backup import encryption
from services.chassis.core.settings import Settings, WrongSetting

PAGE = code.PROJECT / "deploy" / "k8s" / "README.md"
EXAMPLE = re.compile(r"(?:[a-z0-9-]+\.)+example(?![\w.-])")
"""A host that is nobody's: the name `example` is reserved for papers (RFC 2606)."""

ASKED = re.compile(
    r"^\| \[`(?P<overlay>\w+)`\].*\| (?:(?P<nodes>[0-9]+) nodes with )?(?P<cores>[0-9]+) cores, (?P<memory>[0-9]+) GiB.*?; "
    r"(?P<disk>[0-9]+) GiB of disk in all",
    re.M,
)
BESIDE = {"cpu": 1.8, "memory": 1.5}
"""What else asks for room, in cores and GiB: the operators of the page's first step and the pods of a cluster's own, as their manifests have it."""
UNITS = {"m": 1e-3, "Mi": 2.0**-10, "Gi": 1.0, "Ti": 2.0**10, "": 1.0}
"""What a quantity's unit is in cores, or in GiB."""


def no_example_is_left(manifests: Manifests) -> Iterator[str]:
    """In a copied overlay: an image, a host or a provider that is our papers' own would be looked for in vain, after an hour's work."""
    if manifests.is_ours:
        return
    left = {host for one in manifests.documents for text in _texts(one) for host in EXAMPLE.findall(text)}
    for host in sorted(left):
        yield f"{host}: is an example of ours, in release.yaml, settings.env, providers.env or kustomization.yaml"


def a_backup_is_encrypted_to_a_key_that_is_one(manifests: Manifests) -> Iterator[str]:
    """Else each night's backup fails; found there, not when one is needed. Our own overlays know nobody's key."""
    for one in manifests.workloads:
        told = manifests.told(one).get("BACKUP_RECIPIENTS", "")
        if one.kind != "CronJob" or (manifests.is_ours and not told):
            continue
        read = Settings.from_environment({"BACKUP_RECIPIENTS": told})
        try:
            encryption.recipients(read.backup_recipients)
        except WrongSetting as wrong:
            yield f"{one.name}: takes no backup: {wrong}"


def what_settings_env_says_is_what_processes_are_told(manifests: Manifests) -> Iterator[str]:
    """A component is merged after the overlay's own files: what both name would silently be the component's."""
    for name in ("settings", "providers"):
        path = code.PROJECT / "deploy" / "k8s" / manifests.name / f"{name}.env"
        told = manifests.config_of(name)
        for line in path.read_text("utf-8").splitlines() if manifests.is_overlay and path.exists() else ():
            key, is_said, value = line.partition("=")
            if is_said and not key.startswith("#") and told.get(key.strip()) != value.strip():
                yield f"{name}.env: says {line}, and processes are told {told.get(key.strip())}"


def the_page_says_what_a_place_asks_for(manifests: Manifests) -> Iterator[str]:
    """All disks together to the GiB, and no fewer cores and no less memory than is asked for while a release is rolled out.

    With less its pods would wait for room that nobody makes: an old one goes only when the new one is ready. Who buys machines reads the page.
    """
    for row in ASKED.finditer(PAGE.read_text("utf-8")):
        if manifests.name != f"overlays/{row['overlay']}":
            continue
        nodes = int(row["nodes"] or 1)
        disk = round(sum(disks(manifests)))
        if disk != int(row["disk"]):
            yield f"README.md: {row['overlay']} asks for {disk} GiB of disk, not {row['disk']}"
        for name in ("cpu", "memory"):
            said = nodes * int(row["cores" if name == "cpu" else "memory"])
            asked = sum(requests(manifests, name)) + sum(more(manifests, name)) + BESIDE[name]
            if asked > said:
                yield f"README.md: {row['overlay']} asks for {asked:.1f} of {name} in a release, more than {said}"
        return
    if manifests.name in ("overlays/county", "overlays/province"):
        yield f"README.md: does not say what {manifests.name} asks for"


def disks(manifests: Manifests) -> Iterator[float]:
    """Give the GiB of every claim: those that stand here, and those that the operators make for each member."""
    for one in manifests.of("PersistentVolumeClaim"):
        yield quantity(one["spec"]["resources"]["requests"]["storage"])
    for one in manifests.of("RabbitmqCluster"):
        yield one["spec"]["replicas"] * quantity(one["spec"]["persistence"]["storage"])
    for one in manifests.of("MongoDBCommunity"):
        for claim in one["spec"]["statefulSet"]["spec"]["volumeClaimTemplates"]:
            yield one["spec"]["members"] * quantity(claim["spec"]["resources"]["requests"]["storage"])


def requests(manifests: Manifests, name: str) -> Iterator[float]:
    """Give what all pods that stay ask for, `cpu` in cores or `memory` in GiB; of what is scaled as many as there are at least."""
    least = {
        one["spec"]["scaleTargetRef"]["name"]: one["spec"]["minReplicas"]
        for one in manifests.of("HorizontalPodAutoscaler")
    }
    for process in manifests.deployments:
        number = least.get(process.name, process.spec.get("replicas", 1))
        yield number * sum(quantity(c["resources"]["requests"][name]) for c in process.pod["containers"])
    for one in manifests.of("RabbitmqCluster"):
        yield one["spec"]["replicas"] * quantity(one["spec"]["resources"]["requests"][name])
    for one in manifests.of("MongoDBCommunity"):
        for container in one["spec"]["statefulSet"]["spec"]["template"]["spec"]["containers"]:
            yield one["spec"]["members"] * quantity(container["resources"]["requests"][name])


def more(manifests: Manifests, name: str) -> Iterator[float]:
    """Give what comes on top while a release is rolled out at night: one new pod of each process, its Jobs, the backup, and who works by hand."""
    for one in manifests.workloads:
        yield sum(quantity(container["resources"]["requests"][name]) for container in one.pod["containers"])


def quantity(told: str | float) -> float:
    """Read one of Kubernetes' quantities: cores, or GiB."""
    number, unit = re.fullmatch(r"([0-9.]+)([A-Za-z]*)", str(told)).groups()  # type: ignore[union-attr]
    return float(number) * UNITS[unit]


def _texts(one: Any) -> Iterator[str]:
    if isinstance(one, str):
        yield one
    elif isinstance(one, dict):
        for value in one.values():
            yield from _texts(value)
    elif isinstance(one, list):
        for value in one:
            yield from _texts(value)


RULES = (
    no_example_is_left,
    a_backup_is_encrypted_to_a_key_that_is_one,
    what_settings_env_says_is_what_processes_are_told,
    the_page_says_what_a_place_asks_for,
)
