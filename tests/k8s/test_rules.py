"""Each rule is seen to fail on a manifest that is broken in one place; unbroken, every target keeps every rule."""

import re

import pytest

from deploy.k8s.check import code, rendering
from deploy.k8s.check.rules import RULES, flows, jobs, processes, secrets
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


def test_the_page_of_requirements_names_rules_that_there_are():
    page = (rendering.FOLDER / "check" / "README.md").read_text("utf-8")
    rows = [line for line in page.splitlines() if re.match(r"\| [0-9]+ \|", line)]
    named = {name for row in rows for name in re.findall(r"`([a-z]+(?:_[a-z]+)+)`", row)}
    assert len(rows) == 12 and named <= {rule.__name__ for rule in RULES}
    assert all(re.search(r"`[a-z]+(?:_[a-z]+)+`", row) for row in rows)
