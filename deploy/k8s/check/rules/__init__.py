"""What we require of every target beyond Kubernetes' own schemas: one function a requirement, named like it.

A rule takes the rendered manifests and gives a line for each breach. Each comes from a failure that somebody had; tests/k8s breaks
each of them once.
"""

from collections.abc import Callable, Iterator

from deploy.k8s.check.manifests import Manifests
from deploy.k8s.check.rules import (
    draining,
    flows,
    jobs,
    places,
    pods,
    probes,
    processes,
    scaling,
    secrets,
    stores,
    telling,
)

Rule = Callable[[Manifests], Iterator[str]]

RULES: tuple[Rule, ...] = (
    *processes.RULES,
    *pods.RULES,
    *probes.RULES,
    *draining.RULES,
    *jobs.RULES,
    *secrets.RULES,
    *stores.RULES,
    *flows.RULES,
    *scaling.RULES,
    *telling.RULES,
    *places.RULES,
)
