"""The rendered objects of one target, and its pods as the rules look at them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

PLATFORM = "xiangzhi"
DATA = "xiangzhi-data"
"""The namespaces of our own processes, and of broker and database."""
BY_HAND = ("operator", "restorer")
"""The pods for an operator's commands."""
OURS = ("county", "province", "rehearse")
"""The overlays that are shipped; every other one is a place of its own."""


@dataclass(frozen=True)
class Workload:
    """A Deployment, Job or CronJob of ours: one pod with one container."""

    document: dict

    @property
    def kind(self) -> str:
        """Its kind."""
        return self.document["kind"]

    @property
    def name(self) -> str:
        """The process that it runs; a Job's own name carries its release."""
        return (
            self.template.get("metadata", {}).get("labels", {}).get("app.kubernetes.io/name", self.full_name)
        )

    @property
    def full_name(self) -> str:
        """The object's name."""
        return self.document["metadata"]["name"]

    @property
    def spec(self) -> dict:
        """The object's spec."""
        return self.document["spec"]

    @property
    def template(self) -> dict:
        """The pod's template."""
        spec = self.spec["jobTemplate"]["spec"] if self.kind == "CronJob" else self.spec
        return spec["template"]

    @property
    def labels(self) -> dict:
        """The pod's labels."""
        return self.template["metadata"].get("labels", {})

    @property
    def pod(self) -> dict:
        """The pod's spec."""
        return self.template["spec"]

    @property
    def containers(self) -> list[dict]:
        """Every container of the pod, those that only begin it as well."""
        return [*self.pod.get("initContainers", []), *self.pod["containers"]]

    @property
    def process(self) -> dict:
        """The container with our process."""
        return self.pod["containers"][0]

    @property
    def volumes(self) -> dict[str, dict]:
        """The pod's volumes by name."""
        return {one["name"]: one for one in self.pod.get("volumes", [])}


@dataclass(frozen=True)
class Manifests:
    """Everything that one overlay or component is rendered to."""

    name: str
    documents: list[dict]

    def of(self, *kinds: str, namespace: str | None = None) -> list[dict]:
        """Give the objects of these kinds, in one namespace or in any."""
        return [
            one
            for one in self.documents
            if one["kind"] in kinds and namespace in (None, one["metadata"].get("namespace"))
        ]

    @property
    def is_overlay(self) -> bool:
        """Whether it is a whole place, settings and all; a component is a part of one."""
        return self.name.startswith("overlays/")

    @property
    def is_ours(self) -> bool:
        """Whether it is shipped as it is, examples and all; false for the overlay of a place."""
        return not self.is_overlay or self.name.removeprefix("overlays/") in OURS

    @cached_property
    def workloads(self) -> list[Workload]:
        """All pods of ours."""
        return [Workload(one) for one in self.of("Deployment", "Job", "CronJob", namespace=PLATFORM)]

    @property
    def deployments(self) -> list[Workload]:
        """The processes that stay; what an operator starts by hand is none of them."""
        return [one for one in self.workloads if one.kind == "Deployment" and one.name not in BY_HAND]

    @property
    def jobs(self) -> list[Workload]:
        """What runs once."""
        return [one for one in self.workloads if one.kind == "Job"]

    def config(self, name: str) -> dict[str, str]:
        """Give the data of a ConfigMap, {} where it is not there."""
        found = [one for one in self.of("ConfigMap", namespace=PLATFORM) if one["metadata"]["name"] == name]
        return found[0].get("data", {}) if found else {}

    def config_of(self, generated: str) -> dict[str, str]:
        """Give the data of a ConfigMap that kustomize made, whose name ends with its content's hash."""
        pattern = re.compile(rf"{generated}-[a-z0-9]+")
        found = [
            one
            for one in self.of("ConfigMap", namespace=PLATFORM)
            if pattern.fullmatch(one["metadata"]["name"])
        ]
        return found[0].get("data", {}) if found else {}

    def told(self, workload: Workload) -> dict[str, str]:
        """Give what a process is told in its environment; secrets are paths of files."""
        env: dict[str, str] = {}
        for one in workload.process.get("envFrom", []):
            env |= self.config(one.get("configMapRef", {}).get("name", ""))
        for one in workload.process.get("env", []):
            reference = one.get("valueFrom", {}).get("configMapKeyRef")
            env[one["name"]] = (
                self.config(reference["name"]).get(reference["key"], "")
                if reference
                else one.get("value", "")
            )
        return env

    def scaled(self) -> Iterator[tuple[str, str]]:
        """Give (kind, Deployment) for everything that sets a number of replicas in our place."""
        for one in self.of("HorizontalPodAutoscaler", "ScaledObject"):
            yield one["kind"], one["spec"]["scaleTargetRef"]["name"]
