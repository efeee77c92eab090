"""Pods can do no more than they need, and take no more than they may."""

from collections.abc import Iterator

from deploy.k8s.check.manifests import DATA, PLATFORM, Manifests, Workload

PRIVATE_CA, PRIVATE_CA_FOLDER = "private-ca", "/run/private-ca"
"""The ConfigMap of the component private-ca, and where the addresses in the Secrets name its file."""

WRITABLE = {("/tmp", "emptyDir"), ("/backups", "persistentVolumeClaim")}


def pods_keep_the_restricted_standard(manifests: Manifests) -> Iterator[str]:
    """As Pod Security says `restricted`: the namespace enforces it, so a pod that does not would not start at all."""
    for one in manifests.workloads:
        pod = one.pod.get("securityContext", {})
        if pod.get("runAsNonRoot") is not True or not pod.get("runAsUser"):
            yield f"{one.name}: may run as root"
        if pod.get("seccompProfile", {}).get("type") != "RuntimeDefault":
            yield f"{one.name}: has no seccomp profile"
        if any(one.pod.get(name) for name in ("hostNetwork", "hostPID", "hostIPC")):
            yield f"{one.name}: shares something of its node"
        for container in one.containers:
            own = container.get("securityContext", {})
            if own.get("allowPrivilegeEscalation") is not False or own.get("privileged"):
                yield f"{one.name}: {container['name']} may become more than it is"
            if own.get("capabilities") != {"drop": ["ALL"]}:
                yield f"{one.name}: {container['name']} keeps capabilities"
            if own.get("runAsNonRoot", True) is not True or own.get("runAsUser", 1) == 0:
                yield f"{one.name}: {container['name']} runs as root"


def namespaces_enforce_pod_security(manifests: Manifests) -> Iterator[str]:
    """Ours `restricted`; the one of broker and database, whose pods operators make, at least `baseline`."""
    wanted = {PLATFORM: {"restricted"}, DATA: {"baseline", "restricted"}}
    there = {one["metadata"]["name"]: one["metadata"].get("labels", {}) for one in manifests.of("Namespace")}
    if PLATFORM not in there:
        yield f"namespace {PLATFORM}: is not there"
    for name, labels in there.items():
        if labels.get("pod-security.kubernetes.io/enforce") not in wanted.get(name, set()):
            yield f"namespace {name}: enforces no standard"


def only_tmp_is_writable(manifests: Manifests) -> Iterator[str]:
    """The root is read-only; what is written goes with the pod, but for backups."""
    for one in manifests.workloads:
        for container in one.containers:
            if container.get("securityContext", {}).get("readOnlyRootFilesystem") is not True:
                yield f"{one.name}: {container['name']} may write to its root"
            for mount in container.get("volumeMounts", []):
                volume = one.volumes.get(mount["name"], {})
                is_read = mount.get("readOnly") is True and ("secret" in volume or "configMap" in volume)
                if not is_read and not any((mount["mountPath"], kind) in WRITABLE for kind in volume):
                    yield f"{one.name}: may write to {mount['mountPath']}"
        for name, volume in one.volumes.items():
            if "hostPath" in volume:
                yield f"{one.name}: {name} is a folder of the node"


def a_private_authority_is_read_by_every_pod(manifests: Manifests) -> Iterator[str]:
    """One that has no certificates starts, and then reaches neither broker nor database."""
    holds = {one.name: PRIVATE_CA in _read_only(one) for one in manifests.workloads}
    for one in manifests.workloads:
        where = _read_only(one).get(PRIVATE_CA, PRIVATE_CA_FOLDER)
        if any(holds.values()) and not (holds[one.name] and where == PRIVATE_CA_FOLDER):
            yield f"{one.name}: does not have the private authority's certificates at {PRIVATE_CA_FOLDER}"


def _read_only(workload: Workload) -> dict[str, str]:
    """Give where each ConfigMap that is mounted stands in the process's container, by the ConfigMap's name."""
    volumes = workload.volumes
    mounts = workload.process.get("volumeMounts", [])
    return {
        volumes[one["name"]]["configMap"]["name"]: one["mountPath"]
        for one in mounts
        if one.get("readOnly") and "configMap" in volumes.get(one["name"], {})
    }


def every_container_has_a_memory_limit(manifests: Manifests) -> Iterator[str]:
    """Without one the node decides who dies; and what is asked for is said too, or nobody can plan."""
    for one in manifests.workloads:
        for container in one.containers:
            resources = container.get("resources", {})
            if "memory" not in resources.get("limits", {}):
                yield f"{one.name}: {container['name']} has no memory limit"
            if not {"cpu", "memory"} <= resources.get("requests", {}).keys():
                yield f"{one.name}: {container['name']} does not say what it needs"
        for name, volume in one.volumes.items():
            if "emptyDir" in volume and not (volume["emptyDir"] or {}).get("sizeLimit"):
                yield f"{one.name}: {name} has no bound"


def nobody_speaks_with_the_cluster(manifests: Manifests) -> Iterator[str]:
    """No process needs the API server; a token would only be something to steal."""
    for one in manifests.workloads:
        if one.pod.get("automountServiceAccountToken") is not False:
            yield f"{one.name}: holds a token of the cluster"


def every_pod_runs_the_releases_image(manifests: Manifests) -> Iterator[str]:
    """One image and one tag that names a release; `latest` is another one tomorrow."""
    release = manifests.config("release")
    wanted = f"{release.get('image')}:{release.get('tag')}"
    if release.get("tag") in (None, "", "latest", "unset"):
        yield "release: its tag names no release"
    for one in manifests.workloads:
        for container in one.containers:
            if container["image"] != wanted:
                yield f"{one.name}: runs {container['image']}, not the release {wanted}"


RULES = (
    pods_keep_the_restricted_standard,
    namespaces_enforce_pod_security,
    only_tmp_is_writable,
    a_private_authority_is_read_by_every_pod,
    every_container_has_a_memory_limit,
    nobody_speaks_with_the_cluster,
    every_pod_runs_the_releases_image,
)
