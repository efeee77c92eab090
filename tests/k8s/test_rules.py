"""Each rule is seen to fail on a manifest that is broken in one place; unbroken, every target keeps every rule."""

import re

import pytest

from deploy.k8s.check import code, rendering
from deploy.k8s.check.manifests import Manifests
from deploy.k8s.check.rules import RULES, flows, jobs, places, processes, secrets, stores, telling
from tests.k8s.breakages import BREAKAGES
from tests.k8s.breaking import broken, put, rendered

TARGETS = [f"{of}/{name}" for of in ("overlays", "components") for name in rendering.names(of)]


def _title(number: int) -> str:
    rule, target, _ = BREAKAGES[number]
    return f"{rule.__name__}-{target}-{number}"


@pytest.mark.parametrize("number", range(len(BREAKAGES)), ids=_title)
def test_a_broken_manifest_is_found(number):
    rule, target, change = BREAKAGES[number]
    assert list(rule(rendered(target))) == []
    assert list(rule(broken(target, change)))


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_keeps_every_rule(target):
    assert [line for rule in RULES for line in rule(rendered(target))] == []


# these compare with the code alone, or with what is not there yet: they are broken below
ELSEWHERE = {
    flows.every_address_of_the_settings_has_a_flow,
    flows.the_ports_of_the_table_are_those_of_the_pods,
    jobs.a_backup_comes_with_its_restore,
    places.no_example_is_left,
}


def test_every_rule_is_broken_once():
    assert {rule for rule, _, _ in BREAKAGES} | ELSEWHERE == set(RULES)


def test_a_process_that_the_code_gets_is_missed(monkeypatch):
    more = code.processes() | {"market-nightly": ["python", "-m", "services.market.nightly"]}
    monkeypatch.setattr(code, "processes", lambda: more)
    found = list(processes.every_process_of_the_procfile_has_a_deployment(rendered("overlays/county")))
    assert found == ["market-nightly: the Procfile has it, and no Deployment"]


def test_a_secret_that_the_code_gets_is_missed(monkeypatch):
    more = code.secrets() | {"TREASURY_SECRET"}
    monkeypatch.setattr(code, "secrets", lambda: more)
    found = list(secrets.every_secret_of_the_code_is_given_to_somebody(rendered("overlays/county")))
    assert found == ["TREASURY_SECRET: the code has it, and no process is given it"]


def test_an_address_that_the_code_gets_needs_a_flow(monkeypatch):
    more = code.addresses() | {"TREASURY_URL"}
    monkeypatch.setattr(code, "addresses", lambda: more)
    (found,) = flows.every_address_of_the_settings_has_a_flow(rendered("overlays/county"))
    assert "TREASURY_URL" in found


def test_a_port_of_the_table_that_no_pod_has_is_found():
    changed = broken(
        "overlays/county", put("Deployment/gateway", "spec.template.spec.containers.0.ports", [])
    )
    assert any("8080" in line for line in flows.the_ports_of_the_table_are_those_of_the_pods(changed))


def test_a_backup_that_nothing_restores_is_found(monkeypatch, tmp_path):
    (tmp_path / "Makefile").write_text("help:\n", "utf-8")
    monkeypatch.setattr(code, "PROJECT", tmp_path)
    found = jobs.a_backup_comes_with_its_restore(rendered("overlays/county"))
    assert list(found) == ["backup: nothing restores what it keeps"]


QIONGLAI = [
    put("ConfigMap/settings", "data.BACKUP_RECIPIENTS", "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p"),
    put("ConfigMap/settings", "data.PUBLIC_URL", "https://xiangzhi.qionglai.gov.cn"),
    put("ConfigMap/providers", "data.PAYMENT_URL", "https://pay.bank.cn"),
    put("ConfigMap/settings", "data.TRUSTED_PROXIES", "2"),
]  # fmt: skip


def of_a_place(*changes) -> Manifests:
    """Give the overlay of a county, copied from ours and changed."""
    return Manifests("overlays/qionglai", broken("overlays/county", *changes).documents)


def test_an_untouched_copy_is_refused_for_each_example_in_it():
    found = [line.partition(":")[0] for line in places.no_example_is_left(of_a_place())]
    assert found == ["pay.example", "registry.example", "xiangzhi.example"]
    assert list(places.no_example_is_left(rendered("overlays/county"))) == []


def test_one_example_that_was_forgotten_is_named():
    (found,) = places.no_example_is_left(
        of_their_own(put("Ingress/reports", "spec.rules.0.host", "x.example"))
    )
    assert found.startswith("x.example: ")


def test_a_place_without_examples_keeps_every_rule():
    assert [line for rule in RULES for line in rule(of_their_own())] == []


def test_a_place_that_names_nobody_for_its_backups_is_told_so():
    unsaid = put("ConfigMap/settings", "data.BACKUP_RECIPIENTS", "")
    (found,) = places.a_backup_is_encrypted_to_a_key_that_is_one(of_their_own(unsaid))
    assert "BACKUP_RECIPIENTS is not set" in found


def test_a_place_behind_no_proxy_at_all_but_its_ingress_says_so():
    (found,) = telling.the_gateway_knows_of_the_proxy(
        of_their_own(put("ConfigMap/settings", "data.TRUSTED_PROXIES", "0"))
    )
    assert found == "gateway: takes the ingress controller for the caller"


def test_a_way_in_for_departments_says_where_it_is():
    service = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "broker-departments", "namespace": "xiangzhi-data"},
               "spec": {"type": "LoadBalancer", "ports": [{"port": 5671}]}}  # fmt: skip
    tls = put("RabbitmqCluster/broker", "spec.tls", {"secretName": "broker-tls"})
    opened = of_their_own(tls, lambda documents: documents.append(service))
    (found,) = stores.whoever_comes_from_outside_comes_by_tls(opened)
    assert found.startswith("settings.env: DEPARTMENTS_AMQP_URI")
    said = put("ConfigMap/settings", "data.DEPARTMENTS_AMQP_URI", "amqps://mq.qionglai.gov.cn:5671")
    there = of_their_own(tls, said, lambda documents: documents.append(service))
    assert list(stores.whoever_comes_from_outside_comes_by_tls(there)) == []


def of_their_own(*changes) -> Manifests:
    """Give the same with everything in it that a county has to say."""
    changed = of_a_place(*QIONGLAI, *changes)
    for one in changed.documents:
        _say(one, "registry.example/xiangzhi", "registry.qionglai.gov.cn/xiangzhi")
        _say(one, "xiangzhi.example", "xiangzhi.qionglai.gov.cn")
    return changed


def _say(one, before, after) -> None:
    for key, value in one.items() if isinstance(one, dict) else enumerate(one):
        if isinstance(value, str):
            one[key] = value.replace(before, after)
        elif isinstance(value, (dict, list)):
            _say(value, before, after)


def test_the_page_of_requirements_names_rules_that_there_are():
    page = (rendering.FOLDER / "check" / "README.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if re.match(r"\| [0-9]+ \|", line)]
    named = {name for row in rows for name in re.findall(r"`([a-z]+(?:_[a-z]+)+)`", row)}
    assert len(rows) == 12 and named <= {rule.__name__ for rule in RULES}
    assert all(re.search(r"`[a-z]+(?:_[a-z]+)+`", row) for row in rows)
