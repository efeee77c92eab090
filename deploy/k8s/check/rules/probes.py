"""Who is alive, who is ready, and what a rollout makes of it."""

from collections.abc import Iterator

from deploy.k8s.check import code, promised
from deploy.k8s.check.manifests import Manifests, Workload

SOON = 10
"""Seconds in which a pod that consumes again has to be ready again, and one that does not is not."""
PATIENT = 60
"""Seconds of silence at least before a process is killed: a slow node is no reason."""
START = 60
"""Seconds at least that a process may take to start."""


def liveness_asks_the_process_alone(manifests: Manifests) -> Iterator[str]:
    """/livez on its own port depends on nothing outside: else an outage of the broker restarts everybody (charts#2128)."""
    for one in manifests.deployments:
        for probe in ("livenessProbe", "startupProbe"):
            told = one.process.get(probe, {})
            if told.get("httpGet", {}).get("path") != "/livez":
                yield f"{one.name}: {probe} does not ask /livez"
            if any(kind in told for kind in ("exec", "tcpSocket", "grpc")):
                yield f"{one.name}: {probe} is not cheap"


def a_pod_is_ready_only_when_it_consumes(manifests: Manifests) -> Iterator[str]:
    """/readyz says so; before that no request and no rollout goes on (kubernetes#43576)."""
    for one in manifests.deployments:
        if one.process.get("readinessProbe", {}).get("httpGet", {}).get("path") != "/readyz":
            yield f"{one.name}: readinessProbe does not ask /readyz"


def probes_ask_the_port_that_the_process_is_told(manifests: Manifests) -> Iterator[str]:
    """PROBE_PORT, the container's port `probe` and each probe are one port; the monitor scrapes the same."""
    for one in manifests.deployments:
        ports = {port.get("name"): port["containerPort"] for port in one.process.get("ports", [])}
        if str(ports.get("probe")) != manifests.told(one).get("PROBE_PORT"):
            yield f"{one.name}: PROBE_PORT is not its container's port `probe`"
        for probe in ("livenessProbe", "readinessProbe", "startupProbe"):
            if one.process.get(probe, {}).get("httpGet", {}).get("port") != "probe":
                yield f"{one.name}: {probe} asks another port"


def every_path_of_a_probe_is_answered_by_the_code(manifests: Manifests) -> Iterator[str]:
    """Or promised to be."""
    known = code.probe_paths() | promised.PATHS
    for one in manifests.deployments:
        for probe in ("livenessProbe", "readinessProbe", "startupProbe"):
            path = one.process.get(probe, {}).get("httpGet", {}).get("path")
            if path and path not in known:
                yield f"{one.name}: nothing answers {path}"


def starting_is_waited_for_and_silence_is_borne(manifests: Manifests) -> Iterator[str]:
    """A start may take a minute on a busy node, and one slow answer kills nobody."""
    for one in manifests.deployments:
        if _seconds(one, "startupProbe") < START:
            yield f"{one.name}: has less than {START} s to start"
        if (
            _seconds(one, "livenessProbe") < PATIENT
            or one.process["livenessProbe"].get("timeoutSeconds", 1) < 3
        ):
            yield f"{one.name}: is killed after less than {PATIENT} s of silence"


def readiness_follows_within_ten_seconds(manifests: Manifests) -> Iterator[str]:
    """When a broker node is back, or gone (rabbitmq-server#2454)."""
    for one in manifests.deployments:
        if not 0 < _seconds(one, "readinessProbe") <= SOON:
            yield f"{one.name}: readiness follows later than {SOON} s"


def a_rollout_takes_nobody_away_before_another_is_ready(manifests: Manifests) -> Iterator[str]:
    """`maxUnavailable: 0` and a moment of proof; of dispatcher and webhook sender the new one waits for the lease of the old one."""
    for one in manifests.deployments:
        strategy = one.spec.get("strategy", {})
        rolling = strategy.get("rollingUpdate", {})
        if strategy.get("type") != "RollingUpdate" or rolling.get("maxUnavailable") != 0:
            yield f"{one.name}: a rollout takes it away before another one is ready"
        if not one.spec.get("minReadySeconds"):
            yield f"{one.name}: counts as there in the moment in which it is ready"


def _seconds(one: Workload, probe: str) -> int:
    told = one.process.get(probe, {})
    return told.get("periodSeconds", 10) * told.get("failureThreshold", 3) if told else 0


RULES = (
    liveness_asks_the_process_alone,
    a_pod_is_ready_only_when_it_consumes,
    probes_ask_the_port_that_the_process_is_told,
    every_path_of_a_probe_is_answered_by_the_code,
    starting_is_waited_for_and_silence_is_borne,
    readiness_follows_within_ten_seconds,
    a_rollout_takes_nobody_away_before_another_is_ready,
)
