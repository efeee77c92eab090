"""What is measured and told: alert rules and dashboards ask for series of metrics.toml only, and each alert has its runbook line."""

from __future__ import annotations

import json
import re
import tempfile
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import yaml

from deploy.k8s.check import code, promql, tools
from deploy.local.folders import PROJECT
from deploy.local.progress import say

MONITORING = Path(__file__).parents[1] / "components" / "monitoring"
RUNBOOK = PROJECT / "docs" / "how-to" / "alerts.md"
NOT_OF_A_PERSON = frozenset(
    [
        "version",
        "route",
        "method",
        "status",
        "reason",
        "service",
        "operation",
        "outcome",
        "queue",
        "stream",
        "provider",
        "kind",
    ]
)
"""The labels that there may be: each has few values, and none tells of anybody."""

PARTS = {"histogram": ("_bucket", "_sum", "_count"), "counter": ("",), "gauge": ("",)}


@cache
def table() -> dict:
    """Read metrics.toml."""
    return tomllib.loads((MONITORING / "metrics.toml").read_text("utf-8"))


@cache
def series() -> dict[str, frozenset[str]]:
    """Give the labels of every series that may be asked for."""
    scraped = set(table()["scraped"])
    outside = table()["outside"].items()
    found = {name: frozenset({*scraped, *told.get("labels", ())}) for name, told in outside}
    for name, told in table()["metrics"].items():
        more = {"le"} if told["kind"] == "histogram" else set()
        for part in PARTS[told["kind"]]:
            found[name + part] = frozenset({*told["labels"], *scraped, *(more if part == "_bucket" else ())})
    return found


def groups() -> list[dict]:
    """Give the groups of alert rules."""
    return yaml.safe_load((MONITORING / "alerts.yaml").read_text("utf-8"))["spec"]["groups"]


def alerts() -> list[dict]:
    """Give every alert."""
    return [rule for group in groups() for rule in group["rules"]]


def queries() -> dict[str, list[str]]:
    """Give every query by where it stands."""
    found = {f"alert {one['alert']}": [one["expr"]] for one in alerts()}
    for path in sorted((MONITORING / "dashboards").glob("*.json")):
        for panel in json.loads(path.read_text("utf-8"))["panels"]:
            found[f"{path.name} {panel['title']}"] = [target["expr"] for target in panel["targets"]]
    return found


def problems() -> Iterator[str]:
    """Give a line for whatever is wrong."""
    yield from no_label_tells_of_a_person(table())
    yield from only_series_of_the_table_are_asked_for(queries())
    yield from every_series_of_the_table_is_shown(queries())
    yield from every_alert_has_its_runbook_line(alerts(), RUNBOOK.read_text("utf-8"))
    yield from every_process_is_missed(alerts())
    yield from prometheus_takes_the_rules(groups())


def no_label_tells_of_a_person(told: dict) -> Iterator[str]:
    """And each series says what it means and who tells it."""
    for name, one in told["metrics"].items():
        for label in sorted(set(one["labels"]) - NOT_OF_A_PERSON):
            yield f"metrics.toml: {name} has the label {label}"
        if not one.get("meaning") or not one.get("by") or one.get("kind") not in PARTS:
            yield f"metrics.toml: {name} does not say what it is, who tells it or what it means"
        if (one.get("kind") == "counter") != name.endswith("_total"):
            yield f"metrics.toml: {name}: counters, and only they, end in _total"


def only_series_of_the_table_are_asked_for(told: dict[str, list[str]]) -> Iterator[str]:
    """By labels that they have."""
    known = series()
    for where, expressions in told.items():
        for expression in expressions:
            asked = promql.asked(expression)
            for name in sorted(asked.series - known.keys()):
                yield f"{where}: nobody tells {name}"
            for name, label in sorted(asked.matched):
                if label not in known.get(name, {label}):
                    yield f"{where}: {name} has no label {label}"
            labels = frozenset().union(*(known.get(name, frozenset()) for name in asked.series))
            for label in sorted(asked.grouped - labels):
                yield f"{where}: nothing in it has a label {label}"


def every_series_of_the_table_is_shown(told: dict[str, list[str]]) -> Iterator[str]:
    """What nobody looks at need not be measured."""
    asked = {
        name for expressions in told.values() for one in expressions for name in promql.asked(one).series
    }
    for name, one in table()["metrics"].items():
        if not asked & {name + part for part in PARTS[one["kind"]]}:
            yield f"metrics.toml: no alert and no dashboard asks for {name}"


def every_alert_has_its_runbook_line(told: list[dict], runbook: str) -> Iterator[str]:
    """A heading of its own in docs/how-to/alerts.md, to which its annotation leads; and no heading is about an alert that went."""
    headings = set(re.findall(r"^### (\w+)$", runbook, re.M))
    for one in told:
        name, notes = one["alert"], one.get("annotations", {})
        if name not in headings:
            yield f"alert {name}: has no line in docs/how-to/alerts.md"
        if notes.get("runbook") != f"docs/how-to/alerts.md#{name.lower()}" or not notes.get("summary"):
            yield f"alert {name}: does not lead to its line, or says nothing"
        if one.get("labels", {}).get("severity") not in ("page", "ticket") or "for" not in one:
            yield f"alert {name}: wakes nobody and waits for nobody"
    for name in sorted(headings - {one["alert"] for one in told}):
        yield f"docs/how-to/alerts.md: there is no alert {name}"


def every_process_is_missed(told: list[dict]) -> Iterator[str]:
    """A process without a single series would else be missed by nothing."""
    expression = next((one["expr"] for one in told if one["alert"] == "ProcessMissing"), "")
    named = set(re.findall(r'absent\(up\{namespace="xiangzhi", process="([\w-]+)"\}\)', expression))
    for name in sorted(named ^ code.processes().keys()):
        yield f"alert ProcessMissing: {name} is missed for nothing, or by nothing"


def prometheus_takes_the_rules(told: list[dict]) -> Iterator[str]:
    """As its own checker says, where the machine has it: `make k8s-check ARGS=--prometheus` brings it."""
    promtool = tools.program("promtool")
    if promtool is None:
        say("alert rules are read by our own checks only: there is no promtool (ARGS=--prometheus)")
        return
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
        yaml.safe_dump({"groups": told}, file)
        file.flush()
        failed, said = tools.run([promtool, "check", "rules", file.name])
    if failed:
        yield f"alerts.yaml: {' '.join(said.split())}"
