"""What is seen from outside: the way in, which keeps no trace of who reports, and what is measured."""

import re
from collections.abc import Iterator

from deploy.k8s.check.manifests import Manifests
from gateway.app import LARGEST_BODY, with_files
from gateway.routes import ALL

NGINX = "nginx.ingress.kubernetes.io/"
FILES = with_files()
"""(verb, path, bytes) of everything that takes a file."""

UNITS = {"k": 1024, "m": 1024**2, "g": 1024**3, "": 1}


def every_way_in_is_encrypted(manifests: Manifests) -> Iterator[str]:
    """Each host of an Ingress has a certificate, and plain HTTP is sent there."""
    for one in manifests.of("Ingress"):
        name, spec = one["metadata"]["name"], one["spec"]
        covered = {
            host for tls in spec.get("tls", []) if tls.get("secretName") for host in tls.get("hosts", [])
        }
        for rule in spec["rules"]:
            if rule.get("host") not in covered:
                yield f"Ingress {name}: {rule.get('host')} has no certificate"
        if _note(one, "force-ssl-redirect") != "true":
            yield f"Ingress {name}: answers without TLS"


def the_way_in_has_bounds(manifests: Manifests) -> Iterator[str]:
    """Of a body (wider than the gateway's, which refuses with a sentence), and of connections, which the gateway leaves to its proxy."""
    for one in manifests.of("Ingress"):
        name = one["metadata"]["name"]
        size = re.fullmatch(r"([0-9]+)([kmg]?)", _note(one, "proxy-body-size") or "")
        least, most = _bounds_of(one)
        if not size or not least <= int(size[1]) * UNITS[size[2]] <= most:
            yield f"Ingress {name}: bounds no body, or sooner than the gateway"
        if not _note(one, "limit-connections"):
            yield f"Ingress {name}: bounds no connections of one address"
        if _note(one, "proxy-next-upstream") != "off":
            yield f"Ingress {name}: sends a write a second time"


def _bounds_of(ingress: dict) -> tuple[int, int]:
    """Give how wide the way in has to be, and may be: a form with a file comes only where a route or page that takes one lies."""
    paths = [path["path"] for rule in ingress["spec"]["rules"] for path in rule["http"]["paths"]]
    files = [limit for _, place, limit in FILES if any(place.startswith(path) for path in paths)]
    return max([LARGEST_BODY, *files]), max(16 * LARGEST_BODY, *(2 * limit for limit in files), 0)


def reports_leave_no_access_log(manifests: Manifests) -> Iterator[str]:
    """Whatever the gateway takes confidentially is under a path that the ingress does not log."""
    if not manifests.of("Ingress"):
        return
    logged: list[str] = []
    silent: list[str] = []
    for one in manifests.of("Ingress"):
        paths = [path["path"] for rule in one["spec"]["rules"] for path in rule["http"]["paths"]]
        (silent if _note(one, "enable-access-log") == "false" else logged).extend(paths)
    for path in sorted({route.path for route in ALL if _is_confidential(route)}):
        longest = max((p for p in (*logged, *silent) if _under(path, p)), key=len, default=None)
        if longest is not None and longest not in silent:
            yield f"Ingress: who asks {path} stands in its access log"


def the_gateway_knows_of_the_proxy(manifests: Manifests) -> Iterator[str]:
    """Behind an Ingress every caller would else be the controller. A place may have more in front of it, and says so."""
    trusted = [
        manifests.told(one).get("TRUSTED_PROXIES", "0")
        for one in manifests.deployments
        if one.name == "gateway"
    ]
    if manifests.of("Ingress") and trusted == ["0"] and manifests.is_overlay:
        yield "gateway: takes the ingress controller for the caller"
    if not manifests.of("Ingress") and trusted != ["0"] and manifests.is_ours:
        yield "gateway: believes whatever address a caller names"


def every_process_is_measured(manifests: Manifests) -> Iterator[str]:
    """By one monitor that selects every pod of the platform, on the port of its probes."""
    monitors = manifests.of("PodMonitor")
    for one in manifests.deployments if monitors else []:
        meant = [
            m for m in monitors if m["spec"]["selector"].get("matchLabels", {}).items() <= one.labels.items()
        ]
        ends = [end for m in meant for end in m["spec"]["podMetricsEndpoints"]]
        if [(end["port"], end["path"]) for end in ends] != [("probe", "/metrics")]:
            yield f"{one.name}: is not measured on /metrics of its port `probe`, once"


def _is_confidential(route) -> bool:
    return route.operation.confidential or route.path.split("/")[1] == "reports"


def _note(one: dict, name: str) -> str | None:
    return one["metadata"].get("annotations", {}).get(f"{NGINX}{name}")


def _under(path: str, prefix: str) -> bool:
    return prefix == "/" or path == prefix or path.startswith(f"{prefix.rstrip('/')}/")


RULES = (
    every_way_in_is_encrypted,
    the_way_in_has_bounds,
    reports_leave_no_access_log,
    the_gateway_knows_of_the_proxy,
    every_process_is_measured,
)
