"""What a release does once."""

import importlib.util
import re
from collections.abc import Iterator

from deploy.k8s.check import code
from deploy.k8s.check.manifests import DATA, Manifests, Workload

RESTORE = "xiangzhi/restore"
"""The label of what is applied before a restore, on a cluster that has nothing yet."""
MEASURES = ("PodMonitor", "PrometheusRule")
"""What broker and database do not need in order to be there."""


def migrations_are_one_job_of_their_release(manifests: Manifests) -> Iterator[str]:
    """Named by the image's tag, and no container that every replica begins with (nautobot#744, harbor-helm#846)."""
    tag = manifests.config("release").get("tag", "")
    if not re.fullmatch(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?", tag):
        yield f"release: the tag {tag!r} cannot be part of a name"
    there = {one.name: one for one in manifests.jobs}
    for name in code.ONCE:
        if name not in there:
            yield f"{name}: no Job does it"
        elif there[name].full_name != f"{name}-{tag}":
            yield f"{name}: its Job {there[name].full_name} is not named by the release {tag}"
    for one in manifests.workloads:
        if one.pod.get("initContainers"):
            yield f"{one.name}: begins with containers of its own, in each replica"


def a_failed_job_is_tried_again_and_keeps_its_log(manifests: Manifests) -> Iterator[str]:
    """A Job is never `Always`, which the schemas let pass and the API server does not."""
    for one in [*manifests.jobs, *[w for w in manifests.workloads if w.kind == "CronJob"]]:
        if one.pod.get("restartPolicy") != "Never":
            yield f"{one.name}: restartPolicy is not Never"
        if one.kind == "Job" and (one.spec.get("backoffLimit", 6) < 3 or "activeDeadlineSeconds" in one.spec):
            yield f"{one.name}: a migration that takes longer would be ended"


def every_module_that_is_run_exists(manifests: Manifests) -> Iterator[str]:
    """A backup that nobody has written would fail at night, when nobody looks."""
    for one in manifests.workloads:
        command = one.process.get("command", [])
        module = command[2] if command[:2] == ["python", "-m"] else None
        if module and not _is_there(module):
            yield f"{one.name}: there is no {module}"


def a_backup_comes_with_its_restore(manifests: Manifests) -> Iterator[str]:
    """It counts only with a restore that was rehearsed, and with its keys (mongodb-kubernetes-operator#573)."""
    makefile = (code.PROJECT / "Makefile").read_text("utf-8")
    for one in manifests.workloads:
        if one.kind == "CronJob" and "backup" in one.name and not re.search(r"^restore:", makefile, re.M):
            yield f"{one.name}: nothing restores what it keeps"


def the_order_of_a_release_is_in_its_labels(manifests: Manifests) -> Iterator[str]:
    """`kubectl apply -l xiangzhi/step=declare` brings the Job and all that it needs, before any process."""
    for one in manifests.documents:
        labels, kind = one["metadata"].get("labels", {}), one["kind"]
        name = one["metadata"]["name"]
        if one["metadata"].get("namespace") == DATA:
            if kind not in MEASURES and labels.get("xiangzhi/step") != "stores":
                yield f"{kind} {name}: is not part of the step `stores`"
            continue
        needed = (kind == "Job" and name.startswith("declare")) or kind in ("ServiceAccount", "ConfigMap")
        settings = kind != "ConfigMap" or name.startswith(("settings", "release"))
        if needed and settings and labels.get("xiangzhi/step") != "declare":
            yield f"{kind} {name}: is not part of the step `declare`"
        if kind == "Namespace" and labels.get("xiangzhi/step") != "stores":
            yield f"{kind} {name}: is not part of the step `stores`"


def a_restore_needs_nothing_that_begins_the_platform(manifests: Manifests) -> Iterator[str]:
    """`kubectl apply -l xiangzhi/restore` brings the pod that restores and all that it reads; nothing else runs, or databases fill before."""
    there = {(one["kind"], one["metadata"]["name"]): one["metadata"].get("labels", {}) for one in manifests.documents}  # fmt: skip
    for one in manifests.workloads:
        if one.name != "restorer" and RESTORE in one.document["metadata"].get("labels", {}):
            yield f"{one.name}: would begin before the restore"
        if one.name == "restorer":
            for kind, name in _needed_by(one):
                if RESTORE not in there.get((kind, name), {}):
                    yield f"{kind} {name}: the restorer needs it, and it does not come with {RESTORE}"


def applying_sets_back_what_a_restore_changed(manifests: Manifests) -> Iterator[str]:
    """`kubectl apply` leaves alone what a manifest does not say: a backup that was suspended would be so for ever."""
    for one in manifests.workloads:
        if one.kind == "CronJob" and one.spec.get("suspend") is not False:
            yield f"{one.name}: does not say `suspend: false`, so that nothing wakes it again"
        if one.name == "restorer" and one.spec.get("replicas") != 0:
            yield f"{one.name}: does not say `replicas: 0`, so that it stays when the work is done"


def _needed_by(one: Workload) -> list[tuple[str, str]]:
    claims = [volume.get("persistentVolumeClaim", {}).get("claimName") for volume in one.volumes.values()]
    told = [source.get("configMapRef", {}).get("name") for source in one.process.get("envFrom", [])]
    return [
        ("Deployment", one.full_name),
        ("ServiceAccount", one.pod["serviceAccountName"]),
        *[("PersistentVolumeClaim", name) for name in claims if name],
        *[("ConfigMap", name) for name in told if name],
    ]


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:
        return False


RULES = (
    migrations_are_one_job_of_their_release,
    a_failed_job_is_tried_again_and_keeps_its_log,
    every_module_that_is_run_exists,
    a_backup_comes_with_its_restore,
    the_order_of_a_release_is_in_its_labels,
    a_restore_needs_nothing_that_begins_the_platform,
    applying_sets_back_what_a_restore_changed,
)
