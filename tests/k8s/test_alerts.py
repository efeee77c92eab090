"""What is measured and told: every alert is seen to speak and to be silent, and what asks for a series that nobody tells is found."""

import copy
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from deploy.k8s.check import alerting, promql, tools
from deploy.k8s.check.rules import flows

RECORDED = sorted((Path(__file__).parent / "alerts").glob("*.yaml"))
needs_promtool = pytest.mark.skipif(
    tools.program("promtool") is None, reason="this machine has no promtool: make k8s-check ARGS=--prometheus"
)


def recorded() -> list[dict]:
    """Give every test on recorded series."""
    return [one for path in RECORDED for one in yaml.safe_load(path.read_text("utf-8"))["tests"]]


def replay(folder: Path, groups: list[dict]) -> str:
    """Give what promtool says to rules on all recorded series, "" where it is content."""
    (folder / "rules.yaml").write_text(yaml.safe_dump({"groups": groups}), "utf-8")
    copies = [shutil.copy(path, folder) for path in RECORDED]
    done = subprocess.run(
        [tools.program("promtool"), "test", "rules", *copies], capture_output=True, text=True, check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def test_the_broker_is_asked_by_a_monitor_of_its_own_where_a_flow_leads():
    documents = yaml.safe_load_all((alerting.MONITORING / "pods.yaml").read_text("utf-8"))
    (monitor,) = [one for one in documents if one["metadata"]["name"] == "broker"]
    place = flows.table()["places"]["broker"]
    assert monitor["metadata"]["namespace"] == place["namespace"]
    assert monitor["spec"]["selector"]["matchLabels"] == place["labels"]
    (end,) = monitor["spec"]["podMetricsEndpoints"]
    # the name that the RabbitMQ Cluster Operator gives to 15692
    assert (end["port"], end["path"]) == ("prometheus", "/metrics")
    assert [one["targetLabel"] for one in end["relabelings"]] == ["process"]
    flow = {"from": ["prometheus"], "to": ["broker"], "ports": ["15692/TCP"]}
    assert flow in flows.table()["flows"]
    asked = [one["expr"] for one in alerting.alerts() if one["alert"].startswith("Broker")]
    assert len(asked) == 3 and all('namespace="xiangzhi-data"' in one for one in asked)


def test_every_alert_is_recorded_speaking_and_silent():
    told = [rule for one in recorded() for rule in one["alert_rule_test"]]
    speaking = {rule["alertname"] for rule in told if rule["exp_alerts"]}
    silent = {rule["alertname"] for rule in told if not rule["exp_alerts"]}
    assert speaking == silent == {one["alert"] for one in alerting.alerts()}


@needs_promtool
def test_alerts_speak_and_are_silent_as_recorded(tmp_path):
    assert replay(tmp_path, alerting.groups()) == ""


@needs_promtool
@pytest.mark.parametrize(("expression", "is_found"), [("vector(1)", "silent"), ("vector(1) > 2", "speaking")])
def test_an_alert_that_speaks_always_or_never_is_found(tmp_path, expression, is_found):
    groups = copy.deepcopy(alerting.groups())
    for rule in (rule for group in groups for rule in group["rules"]):
        rule["expr"] = expression
    said = replay(tmp_path, groups)
    for one in recorded():
        if bool(one["alert_rule_test"][0]["exp_alerts"]) == (is_found == "speaking"):
            assert f"name: {one['name']}," in said


@needs_promtool
def test_rules_that_prometheus_does_not_take_are_found():
    groups = copy.deepcopy(alerting.groups())
    groups[0]["rules"][0]["expr"] = "sum(rate(xiangzhi_requests_total[5m])"
    assert list(alerting.prometheus_takes_the_rules(groups))


@pytest.mark.parametrize(
    "query",
    [
        "sum(rate(xiangzhi_request_total[5m]))",
        'sum(rate(xiangzhi_requests_total{code="500"}[5m]))',
        "sum by (resident) (rate(xiangzhi_requests_total[5m]))",
        "xiangzhi_request_seconds",
        "max by (le) (xiangzhi_request_seconds_count)",
        "kube_pod_status_ready == 0",
    ],
)
def test_a_query_for_what_nobody_tells_is_found(query):
    assert list(alerting.only_series_of_the_table_are_asked_for({"a panel": [query]}))


def test_a_query_is_read_as_prometheus_reads_it():
    asked = promql.asked(
        'sum by (le, service) (rate(a_bucket{outcome=~"x|y{z}", b!="c"}[5m])) / on (service) d'
    )
    assert asked.series == {"a_bucket", "d"} and asked.grouped == {"le", "service"}
    assert asked.matched == {("a_bucket", "outcome"), ("a_bucket", "b")}


def test_a_label_that_tells_of_a_person_is_found():
    told = copy.deepcopy(alerting.table())
    assert list(alerting.no_label_tells_of_a_person(told)) == []
    told["metrics"]["xiangzhi_requests_total"]["labels"].append("resident")
    told["metrics"]["xiangzhi_dead_letters"]["meaning"] = ""
    assert len(list(alerting.no_label_tells_of_a_person(told))) == 2


def test_a_series_that_nobody_looks_at_is_found():
    few = {where: one for where, one in alerting.queries().items() if "DeadLetters" in where}
    found = list(alerting.every_series_of_the_table_is_shown(few))
    assert len(found) == len(alerting.table()["metrics"]) - 1


def test_an_alert_without_its_runbook_line_and_a_line_without_its_alert_are_found():
    runbook = alerting.RUNBOOK.read_text("utf-8")
    assert list(alerting.every_alert_has_its_runbook_line(alerting.alerts(), runbook)) == []
    changed = runbook.replace("### DeadLetters", "### DeadLettersThere")
    found = list(alerting.every_alert_has_its_runbook_line(alerting.alerts(), changed))
    assert len(found) == 2
    silent = [one | {"annotations": {}, "labels": {}} for one in alerting.alerts()]
    assert len(list(alerting.every_alert_has_its_runbook_line(silent, runbook))) == 2 * len(silent)


def test_a_process_that_no_alert_misses_is_found():
    told = copy.deepcopy(alerting.alerts())
    told[0]["expr"] = told[0]["expr"].replace("market-relay", "market-relai")
    assert len(list(alerting.every_process_is_missed(told))) == 2
