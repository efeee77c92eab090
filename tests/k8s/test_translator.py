"""A rendered workload becomes one `podman run` with everything that its manifest says; what is not known is refused, never left out."""

import copy
import json
from pathlib import Path

import pytest

from deploy.k8s.check.manifests import Manifests, Workload
from deploy.k8s.rehearse.probes import Probe, Watch, probe_of
from deploy.k8s.rehearse.translator import Folders, Untranslatable, in_bytes, in_cores, translate
from tests.k8s.breaking import POD, PROCESS, append, drop, put, rendered

FOLDERS = Folders(Path("/run/pods/market-1"), Path("/run/claims"))
MARKET = "Deployment/market"
REHEARSED = "overlays/rehearse"


def translated(name: str, *changes):
    """Give a workload of the overlay as it is translated, after these changes of the rendered manifests."""
    documents = copy.deepcopy(rendered(REHEARSED).documents)
    for change in changes:
        change(documents)
    manifests = Manifests(REHEARSED, documents)
    return translate(next(one for one in manifests.workloads if one.name == name), manifests, FOLDERS)


def values(found, option: str) -> list[str]:
    """Give what an option is given, each time."""
    told = found.options
    return [told[at + 1] for at, word in enumerate(told) if word == option]


def told(found) -> dict[str, str]:
    """Give its environment."""
    return dict(one.split("=", 1) for one in values(found, "--env"))


def test_every_pod_of_the_overlay_is_translated():
    manifests = rendered(REHEARSED)
    found = {one.name: translate(one, manifests, FOLDERS) for one in manifests.workloads}
    assert {"gateway", "identity-relay", "declare", "load", "backup", "restorer"} <= found.keys()
    for one in found.values():
        assert values(one, "--user") == ["10001:10001"]
        assert values(one, "--cap-drop") == ["all"]
        assert values(one, "--security-opt") == ["no-new-privileges"]
        assert "--read-only" in one.options and "--read-only-tmpfs=false" in one.options
        assert values(one, "--memory") == values(one, "--memory-swap") != []


def test_the_process_is_the_manifests_command_and_its_image_the_releases():
    market = translated("market")
    (command,) = values(market, "--entrypoint")
    assert json.loads(command) == ["python", "-m", "services.chassis.runtime.run", "market"]
    assert market.image == "localhost/xiangzhi:0.2.0" and market.arguments == ()
    assert translated("market", put(MARKET, f"{PROCESS}.args", ["--fast"])).arguments == ("--fast",)


def test_settings_are_those_of_the_config_maps_and_env_goes_over_env_from():
    env = told(translated("market"))
    assert env["PORT"] == "8080" and env["MAX_WORKERS"] == "32"
    assert env["PAYMENT_URL"] == "http://127.0.0.1:8090"
    assert env["AMQP_URI_FILE"] == "/run/secrets/broker/AMQP_URI"
    own = append(MARKET, f"{PROCESS}.env", {"name": "MAX_WORKERS", "value": "4"})
    assert told(translated("market", own))["MAX_WORKERS"] == "4"
    empty = append(MARKET, f"{PROCESS}.env", {"name": "MAX_WORKERS"})
    assert told(translated("market", empty))["MAX_WORKERS"] == ""


def test_secrets_are_files_of_the_keys_that_the_volume_names_and_read_only():
    market = translated("market")
    laid = {one.volume: (one.secret, dict(one.files)) for one in market.projections}
    assert laid["broker"] == ("broker", {"AMQP_URI": "AMQP_URI"})
    assert laid["database"] == ("database-market", {"MONGODB_URI": "MONGODB_URI"})
    assert "GATEWAY_KEY" not in laid["keys"][1]
    assert "type=bind,src=/run/pods/market-1/keys,dst=/run/secrets/keys,ro" in values(market, "--mount")
    renamed = put(MARKET, f"{POD}.volumes.2.secret.items", [{"key": "MONGODB_URI", "path": "uri"}])
    assert {"uri": "MONGODB_URI"} in [dict(one.files) for one in translated("market", renamed).projections]


def test_what_is_writable_is_bounded_memory_or_a_claim():
    assert values(translated("market"), "--tmpfs") == ["/tmp:rw,mode=1777,size=268435456"]
    restorer = translated("restorer")
    assert restorer.claims == ("backups",)
    assert "type=bind,src=/run/claims/backups,dst=/backups" in values(restorer, "--mount")


def test_limits_and_shares_are_the_manifests():
    market = translated("market")
    assert values(market, "--memory") == [str(512 * 2**20)]
    assert values(market, "--cpu-shares") == ["102"] and values(market, "--cpus") == []
    bounded = put(MARKET, f"{PROCESS}.resources.limits.cpu", "1500m")
    assert values(translated("market", bounded), "--cpus") == ["1.5"]


def test_probes_pause_and_grace_are_what_the_manifest_says():
    market, gateway = translated("market"), translated("gateway")
    assert market.probes["livenessProbe"] == Probe("/livez", 9090, period=10, timeout=5, threshold=6, delay=0)
    assert market.probes["startupProbe"].threshold == 60 and market.probes["readinessProbe"].path == "/readyz"
    assert (market.pause_seconds, market.grace_seconds) == (0, 30)
    assert (gateway.pause_seconds, gateway.grace_seconds) == (10, 40)
    assert gateway.ports == {"probe": 9090, "http": 8080}
    assert translated("market", drop(MARKET, f"{POD}.terminationGracePeriodSeconds")).grace_seconds == 30


def test_a_probe_of_another_kind_is_refused_and_defaults_are_kubernetes_own():
    assert probe_of({"httpGet": {"path": "/", "port": 80}}, {}) == Probe("/", 80, 10, 1, 3, 0)
    for other in (
        {"exec": {"command": ["true"]}},
        {},
        {"httpGet": {"path": "/", "port": 80}, "successThreshold": 2},
    ):
        with pytest.raises(ValueError):
            probe_of(other, {})


def test_a_watch_fails_after_so_many_failures_in_a_row_only():
    watch = Watch(Probe("/", 80, period=10, timeout=1, threshold=2, delay=0), due=0)
    assert [watch.take(passed, 5) for passed in (False, True, False, False)] == [False, False, False, True]
    assert watch.due == 15


REFUSED = {
    "hostNetwork": put(MARKET, f"{POD}.hostNetwork", True),
    "initContainers": put(MARKET, f"{POD}.initContainers", [{"name": "migrate"}]),
    "a second container": append(MARKET, f"{POD}.containers", {"name": "beside"}),
    "a field of the container": put(MARKET, f"{PROCESS}.stdin", True),
    "added capabilities": put(MARKET, f"{PROCESS}.securityContext.capabilities.add", ["NET_RAW"]),
    "another profile": put(MARKET, f"{POD}.securityContext.seccompProfile", {"type": "Unconfined"}),
    "root": drop(MARKET, f"{POD}.securityContext.runAsUser"),
    "a hook by a command": put(MARKET, f"{PROCESS}.lifecycle", {"preStop": {"exec": {"command": ["true"]}}}),
    "a whole Secret": drop(MARKET, f"{POD}.volumes.1.secret.items"),
    "a volume of the node": append(MARKET, f"{POD}.volumes", {"name": "node", "hostPath": {"path": "/"}}),
    "a secret in the environment": append(MARKET, f"{PROCESS}.envFrom", {"secretRef": {"name": "keys"}}),
    "a missing ConfigMap": put(MARKET, f"{PROCESS}.envFrom", [{"configMapRef": {"name": "nowhere"}}]),
    "a missing key": append(
        MARKET,
        f"{PROCESS}.env",
        {"name": "X", "valueFrom": {"configMapKeyRef": {"name": "nowhere", "key": "X"}}},
    ),
    "a sub path": put(MARKET, f"{PROCESS}.volumeMounts.0.subPath", "x"),
    "a limit of something else": put(MARKET, f"{PROCESS}.resources.limits.hugepages-2Mi", "2Mi"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_done_here_is_refused_by_the_workloads_name(what):
    changes = [REFUSED[what]]
    if what == "a volume of the node":
        changes.append(append(MARKET, f"{PROCESS}.volumeMounts", {"name": "node", "mountPath": "/node"}))
    with pytest.raises(Untranslatable, match="market"):
        translated("market", *changes)


def test_quantities_are_read_as_kubernetes_does():
    assert [in_bytes(one) for one in ("100", "1k", "256Mi", "1Gi", "1G")] == [100, 1000, 2**28, 2**30, 10**9]
    assert [in_cores(one) for one in ("250m", "2", "0.5")] == [0.25, 2.0, 0.5]
    for wrong in ("1Ti", "-1", "", "1.5Gi"):
        with pytest.raises(Untranslatable):
            in_bytes(wrong)
    with pytest.raises(Untranslatable):
        in_cores("fast")


def test_a_workload_knows_the_pod_of_a_cron_job():
    backup = next(one for one in rendered(REHEARSED).workloads if one.kind == "CronJob")
    assert isinstance(backup, Workload) and backup.name == "backup"
    assert translated("backup").claims == ("backups",)
