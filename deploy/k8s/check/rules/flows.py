"""NetworkPolicies allow the flows of flows.toml and nothing else: both are spelled out as single arrows and compared."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from deploy.k8s.check import code
from deploy.k8s.check.manifests import DATA, PLATFORM, Manifests

TABLE = Path(__file__).parents[2] / "components" / "network-policies" / "flows.toml"
DIRECTIONS = {"egress": "to", "ingress": "from"}
EVERYBODY = "*"
ANY = "any port"
BETWEEN_NODES = ("4369/TCP", "25672/TCP", "6000-6500/TCP")
"""RabbitMQ's own: who is where, the nodes among themselves, and copies of streams."""


@dataclass(frozen=True)
class Arrow:
    """One side of one flow: what leaves a pod, or what comes to it."""

    side: str
    source: str
    target: str
    port: str

    def __str__(self) -> str:
        return f"{self.source} -> {self.target}:{self.port} ({self.side})"


@cache
def table() -> dict:
    """Read the table of flows."""
    return tomllib.loads(TABLE.read_text("utf-8"))


def nothing_is_allowed_by_default(manifests: Manifests) -> Iterator[str]:
    """In each of our namespaces one policy selects every pod and allows nothing."""
    if not _policies(manifests):
        return
    for namespace in (PLATFORM, DATA):
        specs = [one["spec"] for one in _policies(manifests) if one["metadata"]["namespace"] == namespace]
        if {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]} not in specs:
            yield f"namespace {namespace}: whatever no policy selects may do anything"


def policies_allow_the_flows_of_the_table_and_no_other(manifests: Manifests) -> Iterator[str]:
    """DNS by UDP and TCP among them (kubernetes/website#54997)."""
    if not _policies(manifests):
        return
    people = _people(manifests)
    wanted, allowed = set(_wanted(people)), set(_allowed(manifests, people))
    for arrow in sorted(map(str, wanted - allowed)):
        yield f"flow {arrow}: no policy allows it"
    for arrow in sorted(map(str, allowed - wanted)):
        yield f"flow {arrow}: is allowed, and the table has no such flow"


def nodes_of_the_broker_reach_each_other(manifests: Manifests) -> Iterator[str]:
    """Also for copies of streams (6000-6500): where these are closed, no stream of three nodes confirms anything, and queues go on as ever."""
    if not _policies(manifests) or not manifests.of("RabbitmqCluster"):
        return
    allowed = set(_allowed(manifests, _people(manifests)))
    for side in DIRECTIONS:
        for port in BETWEEN_NODES:
            if Arrow(side, "broker", "broker", port) not in allowed:
                yield f"broker: its nodes do not reach each other at {port} ({side})"


def every_address_of_the_settings_has_a_flow(_manifests: Manifests) -> Iterator[str]:
    """Or a reason why nobody calls it."""
    named = {name for flow in table()["flows"] for name in flow.get("setting", [])} | table()[
        "no_flow"
    ].keys()
    for name in sorted(code.addresses() - named):
        yield f"{name}: is an address in the settings, and has no flow in flows.toml"
    for name in sorted(named - code.addresses()):
        yield f"flows.toml: {name} is no address in the settings"


def the_ports_of_the_table_are_those_of_the_pods(manifests: Manifests) -> Iterator[str]:
    """The gateway's own and the probes'; what is scraped is what each process is told."""
    ports = {str(p["containerPort"]) for one in manifests.deployments for p in one.process.get("ports", [])}
    for flow in table()["flows"]:
        if set(flow["from"]) & {"ingress-controller", "prometheus"} and "broker" not in flow["to"]:
            for port in flow["ports"]:
                if port.partition("/")[0] not in ports:
                    yield f"flows.toml: no pod listens on {port}"


def _policies(manifests: Manifests) -> list[dict]:
    return manifests.of("NetworkPolicy")


def _people(manifests: Manifests) -> dict[str, tuple[str, dict]]:
    """Give namespace and labels of everybody: our pods, and the places of the table that have any."""
    ours = {one.name: (PLATFORM, one.labels) for one in manifests.workloads}
    places = {name: (p["namespace"], p["labels"]) for name, p in table()["places"].items() if "labels" in p}
    return ours | places


def _wanted(people: dict[str, tuple[str, dict]]) -> Iterator[Arrow]:
    """Spell out the table."""
    governed = {name for name, (namespace, _) in people.items() if namespace in (PLATFORM, DATA)}
    ours = [name for name, (namespace, _) in people.items() if namespace == PLATFORM]
    there = people.keys() | table()["places"].keys()
    for flow in table()["flows"]:
        but = set(flow.get("but", ()))
        ends = {
            side: [
                n for name in flow[side] for n in (ours if name == EVERYBODY else [name]) if n in there - but
            ]
            for side in ("from", "to")
        }
        for source in ends["from"]:
            for target in ends["to"]:
                for port in flow["ports"]:
                    if source in governed:
                        yield Arrow("egress", source, target, port)
                    if target in governed:
                        yield Arrow("ingress", source, target, port)


def _allowed(manifests: Manifests, people: dict[str, tuple[str, dict]]) -> Iterator[Arrow]:
    """Spell out the policies."""
    for policy in _policies(manifests):
        namespace, spec = policy["metadata"]["namespace"], policy["spec"]
        chosen = [
            n
            for n, (where, labels) in people.items()
            if where == namespace and _fits(spec["podSelector"], labels)
        ]
        for side, key in DIRECTIONS.items():
            for rule in spec.get(side, []):
                peers = [name for peer in rule.get(key, [{}]) for name in _named(peer, namespace, people)]
                for port in [_port(one) for one in rule.get("ports", [])] or [ANY]:
                    for one in chosen:
                        for peer in peers:
                            ends = (one, peer) if side == "egress" else (peer, one)
                            yield Arrow(side, *ends, port)


def _named(peer: dict, namespace: str, people: dict[str, tuple[str, dict]]) -> list[str]:
    """Give whom a peer of a policy means, by the names of the table."""
    block = peer.get("ipBlock")
    if block:
        same = [
            name
            for name, place in table()["places"].items()
            if (place.get("cidr"), place.get("except", [])) == (block["cidr"], block.get("except", []))
        ]
        return same or [f"addresses {block['cidr']}"]
    where = peer.get("namespaceSelector", {}).get("matchLabels", {}).get("kubernetes.io/metadata.name")
    if "namespaceSelector" in peer and where is None:
        return ["every namespace"]
    selector = peer.get("podSelector", {})
    there = [
        n for n, (ns, labels) in people.items() if ns == (where or namespace) and _fits(selector, labels)
    ]
    if (where or namespace) not in (PLATFORM, DATA):
        # of a stranger we know only what the table says: a selector that asks for less would let in more
        there = [n for n in there if selector.get("matchLabels") == people[n][1]]
    return there or [f"pods of {where or namespace}"]


def _fits(selector: dict, labels: dict) -> bool:
    if selector.get("matchLabels", {}).items() - labels.items():
        return False
    for one in selector.get("matchExpressions", []):
        has = labels.get(one["key"]) in one.get("values", [])
        if has != (one["operator"] == "In"):
            return False
    return True


def _port(told: dict) -> str:
    last = f"-{told['endPort']}" if "endPort" in told else ""
    return f"{told['port']}{last}/{told.get('protocol', 'TCP')}"


RULES = (
    nothing_is_allowed_by_default,
    policies_allow_the_flows_of_the_table_and_no_other,
    nodes_of_the_broker_reach_each_other,
    every_address_of_the_settings_has_a_flow,
    the_ports_of_the_table_are_those_of_the_pods,
)
