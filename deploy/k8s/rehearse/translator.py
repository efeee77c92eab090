"""From a rendered workload to what `podman run` is told: pure, and strict about every field that it does not know.

Networks, replicas and the order of a rollout are not here: a translated pod is one container, as the manifests have them. Fields that
have nothing to do without a cluster (where a pod is placed, its account there) are named in `WITHOUT_CLUSTER`; any other unknown one
raises Untranslatable, so that a rehearsal never runs less than what the manifests say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from deploy.k8s.check.manifests import Manifests, Workload
from deploy.k8s.rehearse.probes import Probe, probe_of

WITHOUT_CLUSTER = {
    "serviceAccountName",
    "automountServiceAccountToken",
    "enableServiceLinks",
    "tolerations",
    "topologySpreadConstraints",
}
OF_POD = WITHOUT_CLUSTER | {
    "containers",
    "volumes",
    "securityContext",
    "terminationGracePeriodSeconds",
    "restartPolicy",
}
PROBES = ("startupProbe", "livenessProbe", "readinessProbe")
OF_CONTAINER = {
    "name",
    "image",
    "imagePullPolicy",
    "command",
    "args",
    "env",
    "envFrom",
    "ports",
    "resources",
    "securityContext",
    "volumeMounts",
    "lifecycle",
    *PROBES,
}
UNITS = {"": 1, "k": 10**3, "M": 10**6, "G": 10**9, "Ki": 2**10, "Mi": 2**20, "Gi": 2**30}
SHARES_OF_A_CORE = 1024


class Untranslatable(Exception):
    """The manifest asks for something that this rehearsal does not do; the message names it."""


@dataclass(frozen=True)
class Projection:
    """Keys of a Secret as files in a folder of their own: `files` maps a file's name to its key."""

    volume: str
    secret: str
    files: Mapping[str, str]


@dataclass(frozen=True)
class Translated:
    """One container: the options of `podman run`, the image and what it runs; and what a kubelet does with it."""

    name: str
    options: tuple[str, ...]
    image: str
    arguments: tuple[str, ...]
    projections: tuple[Projection, ...]
    claims: tuple[str, ...]
    probes: Mapping[str, Probe]
    ports: Mapping[str, int]
    pause_seconds: int
    grace_seconds: int


@dataclass(frozen=True)
class Folders:
    """Where secrets are projected to for this pod, and where claimed volumes lie."""

    secrets: Path
    claims: Path


def translate(workload: Workload, manifests: Manifests, folders: Folders) -> Translated:
    """Translate one pod of a workload. Raises Untranslatable, named by workload and field."""
    pod, process = workload.pod, workload.process
    _only(workload.name, pod, OF_POD)
    _only(workload.name, process, OF_CONTAINER)
    if len(workload.containers) != 1:
        raise Untranslatable(f"{workload.name}: more than one container")
    ports = {one["name"]: one["containerPort"] for one in process.get("ports", [])}
    projections, mounts, claims = _volumes(workload, folders)
    options = (
        *_security(workload.name, pod.get("securityContext", {}), process.get("securityContext", {})),
        *_resources(workload.name, process.get("resources", {})),
        *_environment(workload, manifests),
        *mounts,
        *(("--entrypoint", json.dumps(process["command"])) if "command" in process else ()),
    )
    return Translated(
        name=workload.name,
        options=options,
        image=process["image"],
        arguments=tuple(process.get("args", ())),
        projections=projections,
        claims=claims,
        probes={name: probe_of(process[name], ports) for name in PROBES if name in process},
        ports=ports,
        pause_seconds=_pause(workload.name, process.get("lifecycle", {})),
        grace_seconds=pod.get("terminationGracePeriodSeconds", 30),
    )


def in_bytes(quantity: str) -> int:
    """Give a quantity of memory in bytes: 256Mi is 268435456."""
    found = re.fullmatch(r"([0-9]+)([kMG]i?|Ki)?", quantity)
    if found is None:
        raise Untranslatable(f"{quantity!r} is no quantity of memory")
    return int(found[1]) * UNITS[found[2] or ""]


def in_cores(quantity: str) -> float:
    """Give a quantity of CPU in cores: 250m is 0.25."""
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(m?)", quantity)
    if found is None:
        raise Untranslatable(f"{quantity!r} is no quantity of CPU")
    return float(found[1]) / (1000 if found[2] else 1)


def _only(name: str, told: Mapping, known: set[str]) -> None:
    unknown = sorted(told.keys() - known)
    if unknown:
        raise Untranslatable(f"{name}: {', '.join(unknown)}")


def _security(name: str, pod: dict, container: dict) -> tuple[str, ...]:
    """Give who it runs as and what it may not; profiles of seccomp are the runtime's own, as the manifests ask."""
    _only(name, pod, {"runAsNonRoot", "runAsUser", "runAsGroup", "fsGroup", "seccompProfile"})
    _only(name, container, {"allowPrivilegeEscalation", "readOnlyRootFilesystem", "capabilities"})
    if pod.get("seccompProfile", {}).get("type") != "RuntimeDefault":
        raise Untranslatable(f"{name}: a seccompProfile other than RuntimeDefault")
    if pod.get("runAsNonRoot") and not pod.get("runAsUser"):
        raise Untranslatable(f"{name}: runAsNonRoot, and no runAsUser that is not root")
    capabilities = container.get("capabilities", {})
    _only(name, capabilities, {"drop"})
    found = ["--user", f"{pod.get('runAsUser', 0)}:{pod.get('runAsGroup', 0)}"]
    if "fsGroup" in pod:
        found += ["--group-add", str(pod["fsGroup"])]
    found += [option for one in capabilities.get("drop", []) for option in ("--cap-drop", one.lower())]
    if container.get("allowPrivilegeEscalation") is False:
        found += ["--security-opt", "no-new-privileges"]
    if container.get("readOnlyRootFilesystem"):
        # podman would make /run and /var/tmp writable beside it
        found += ["--read-only", "--read-only-tmpfs=false"]
    return tuple(found)


def _resources(name: str, told: dict) -> tuple[str, ...]:
    """Give the limits; what is requested of CPU is its share beside others, and swap is none."""
    _only(name, told, {"requests", "limits"})
    limits, requests = told.get("limits", {}), told.get("requests", {})
    _only(name, limits, {"memory", "cpu"})
    found: list[str] = []
    if "memory" in limits:
        size = str(in_bytes(limits["memory"]))
        found += ["--memory", size, "--memory-swap", size]
    if "cpu" in limits:
        found += ["--cpus", f"{in_cores(limits['cpu']):g}"]
    if "cpu" in requests:
        found += ["--cpu-shares", str(max(2, round(in_cores(requests["cpu"]) * SHARES_OF_A_CORE)))]
    return tuple(found)


def _environment(workload: Workload, manifests: Manifests) -> tuple[str, ...]:
    """Give what the process is told, `env` over `envFrom`. A ConfigMap or a key that is missing would keep the pod from starting."""
    process, config = workload.process, {}
    for one in manifests.of("ConfigMap"):
        config[one["metadata"]["name"]] = one.get("data", {})
    told: dict[str, str] = {}
    for one in process.get("envFrom", []):
        _only(workload.name, one, {"configMapRef"})
        told |= _of(config, workload.name, one["configMapRef"]["name"])
    for one in process.get("env", []):
        told[one["name"]] = _value(workload.name, one, config)
    return tuple(option for name, value in told.items() for option in ("--env", f"{name}={value}"))


def _value(name: str, one: dict, config: dict[str, dict]) -> str:
    if "valueFrom" not in one:
        return one.get("value", "")
    _only(name, one["valueFrom"], {"configMapKeyRef"})
    reference = one["valueFrom"]["configMapKeyRef"]
    data = _of(config, name, reference["name"])
    if reference["key"] not in data:
        raise Untranslatable(f"{name}: the ConfigMap {reference['name']} has no {reference['key']}")
    return data[reference["key"]]


def _of(config: dict[str, dict], name: str, wanted: str) -> dict[str, str]:
    if wanted not in config:
        raise Untranslatable(f"{name}: there is no ConfigMap {wanted}")
    return config[wanted]


def _volumes(
    workload: Workload, folders: Folders
) -> tuple[tuple[Projection, ...], tuple[str, ...], tuple[str, ...]]:
    """Give the secrets to lay out, the options that mount every volume, and the claims that are used."""
    projections, options, claims = [], [], []
    for mount in workload.process.get("volumeMounts", []):
        _only(workload.name, mount, {"name", "mountPath", "readOnly"})
        volume = workload.volumes.get(mount["name"])
        if volume is None:
            raise Untranslatable(f"{workload.name}: there is no volume {mount['name']}")
        place, suffix = mount["mountPath"], ",ro" if mount.get("readOnly") else ""
        if "emptyDir" in volume:
            limit = volume["emptyDir"].get("sizeLimit")
            size = f",size={in_bytes(limit)}" if limit else ""
            options += ["--tmpfs", f"{place}:rw,mode=1777{size}"]
        elif "secret" in volume:
            projections.append(_projection(workload.name, volume))
            source = folders.secrets / mount["name"]
            options += ["--mount", f"type=bind,src={source},dst={place}{suffix}"]
        elif "persistentVolumeClaim" in volume:
            claims.append(volume["persistentVolumeClaim"]["claimName"])
            options += ["--mount", f"type=bind,src={folders.claims / claims[-1]},dst={place}{suffix}"]
        else:
            kinds = sorted(volume.keys() - {"name"})
            raise Untranslatable(f"{workload.name}: a volume of {', '.join(kinds) or 'no kind'}")
    return tuple(projections), tuple(options), tuple(claims)


def _projection(name: str, volume: dict) -> Projection:
    secret = volume["secret"]
    _only(name, secret, {"secretName", "items"})
    files = {one["path"]: one["key"] for one in secret.get("items", [])}
    if not files:
        raise Untranslatable(f"{name}: the whole Secret {secret['secretName']}, whatever is in it")
    return Projection(volume["name"], secret["secretName"], files)


def _pause(name: str, lifecycle: dict) -> int:
    """Give the seconds between being taken out of the balancer's list and SIGTERM."""
    _only(name, lifecycle, {"preStop"})
    told = lifecycle.get("preStop", {"sleep": {"seconds": 0}})
    _only(name, told, {"sleep"})
    return told["sleep"]["seconds"]
