"""From a process that stopped to who is told: Prometheus measures the real processes, its rule speaks, Alertmanager calls a webhook."""

import copy
import json
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
import requests
import yaml

from deploy.k8s.check import alerting, tools
from deploy.local import ports
from tests.e2e.platform import Platform
from tests.e2e.probed import Probed

PROGRAMS = ("prometheus", "prometheus-alertmanager")
MEASURED = ("affairs", "affairs-relay", "gateway")

pytestmark = pytest.mark.skipif(
    not all(map(tools.program, PROGRAMS)),
    reason="this machine has no Prometheus or no Alertmanager: make k8s-check ARGS=--prometheus",
)


class Webhook:
    """Who is told: keeps what Alertmanager sends."""

    def __init__(self) -> None:
        self.told: list[dict] = []
        webhook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                webhook.told += body["alerts"]
                self.send_response(200)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def was_told(self, name: str, process: str, status: str) -> dict | None:
        return next(
            (
                one
                for one in self.told
                if (one["labels"]["alertname"], one["labels"].get("process"), one["status"])
                == (name, process, status)
            ),
            None,
        )


def at_once(groups: list[dict]) -> list[dict]:
    """Give the rules as they are, but for how long a state must last: a test does not wait for minutes."""
    changed = copy.deepcopy(groups)
    for group in changed:
        group["interval"] = "1s"
        for rule in group["rules"]:
            rule["for"] = "1s"
    return changed


class Monitoring:
    """Prometheus and Alertmanager, as the manifests would have them, on ports of their own."""

    def __init__(self, folder, probed: Probed, webhook: Webhook):
        taken = {*probed.ports.values(), probed.platform.port}
        self.port = ports.choose(taken)
        alertmanager = ports.choose({*taken, self.port})
        rules = folder / "rules.yaml"
        rules.write_text(yaml.safe_dump({"groups": at_once(alerting.groups())}), "utf-8")
        targets = [
            {
                "targets": [f"127.0.0.1:{port}"],
                "labels": {"process": name, "namespace": "xiangzhi", "pod": name},
            }
            for name, port in probed.ports.items()
        ]
        config = folder / "prometheus.yaml"
        config.write_text(
            yaml.safe_dump(
                {
                    "global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
                    "rule_files": [str(rules)],
                    "scrape_configs": [{"job_name": "platform", "static_configs": targets}],
                    "alerting": {
                        "alertmanagers": [{"static_configs": [{"targets": [f"127.0.0.1:{alertmanager}"]}]}]
                    },
                }
            ),
            "utf-8",
        )
        receiver = folder / "alertmanager.yaml"
        route = {"receiver": "us", "group_wait": "0s", "group_interval": "1s", "group_by": ["..."]}
        told = {"name": "us", "webhook_configs": [{"url": webhook.address, "send_resolved": True}]}
        receiver.write_text(yaml.safe_dump({"route": route, "receivers": [told]}), "utf-8")
        self.running = [
            self._start(
                "prometheus",
                f"--config.file={config}",
                f"--storage.tsdb.path={folder / 'series'}",
                f"--web.listen-address=127.0.0.1:{self.port}",
            ),
            self._start(
                "prometheus-alertmanager",
                f"--config.file={receiver}",
                f"--storage.path={folder / 'silences'}",
                f"--web.listen-address=127.0.0.1:{alertmanager}",
                "--cluster.listen-address=",
            ),
        ]

    def _start(self, name: str, *arguments: str) -> subprocess.Popen:
        return subprocess.Popen(
            [tools.program(name), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def ask(self, query: str) -> list[dict]:
        """Give what Prometheus answers to a query; [] while it does not."""
        try:
            answer = requests.get(
                f"http://127.0.0.1:{self.port}/api/v1/query", {"query": query}, timeout=10
            ).json()
        except requests.RequestException:
            return []
        assert answer["status"] == "success", f"{query}: {answer}"
        return answer["data"]["result"]

    def stop(self) -> None:
        for one in self.running:
            one.terminate()
        for one in self.running:
            one.wait(30)


@pytest.fixture(scope="module")
def webhook():
    made = Webhook()
    yield made
    made.server.shutdown()


@pytest.fixture(scope="module")
def probed(addresses, tmp_path_factory):
    platform = Platform(tmp_path_factory.mktemp("alerted"), addresses)
    try:
        platform.run("python", "-m", "services.chassis.runtime.declare")
        made = Probed(platform, MEASURED)
        made.wait_until(200, "/readyz")
        yield made
    finally:
        platform.stop()


@pytest.fixture(scope="module")
def monitoring(probed, webhook, tmp_path_factory):
    made = Monitoring(tmp_path_factory.mktemp("monitoring"), probed, webhook)
    try:
        probed.platform.wait_for(lambda: len(made.ask('up{namespace="xiangzhi"} == 1')) == len(MEASURED), 60)
        yield made
    finally:
        made.stop()


def test_prometheus_understands_what_is_told_and_every_query_of_alerts_and_dashboards(probed, monitoring):
    for expressions in alerting.queries().values():
        for expression in expressions:
            monitoring.ask(expression.replace("$__rate_interval", "1m"))
    told = {one["metric"]["__name__"] for one in monitoring.ask('{namespace="xiangzhi"}')}
    of_prometheus = {name for name in told if name.startswith(("scrape_", "ALERTS"))} | {"up"}
    assert told - of_prometheus <= alerting.series().keys()
    assert {"xiangzhi_outbox_pending", "process_resident_memory_bytes"} <= told
    wait_for = probed.platform.wait_for
    wait_for(lambda: monitoring.ask('xiangzhi_queue_consumers{process="affairs"} == 1'), 60)


def test_who_is_to_be_told_is_told_of_a_process_that_stopped_and_that_it_came_back(
    probed, monitoring, webhook
):
    assert webhook.was_told("ProcessDown", "affairs", "firing") is None
    child = probed.children["affairs"]
    child.process.kill()
    child.process.wait()
    wait_for = probed.platform.wait_for
    told = wait_for(lambda: webhook.was_told("ProcessDown", "affairs", "firing"), 90, lambda: webhook.told)
    assert told["labels"]["severity"] == "page"
    assert told["annotations"]["summary"] == "no pod of affairs answers"
    assert told["annotations"]["runbook"] == "docs/how-to/alerts.md#processdown"
    assert webhook.was_told("ProcessDown", "affairs-relay", "firing") is None
    child.start()
    wait_for(lambda: webhook.was_told("ProcessDown", "affairs", "resolved"), 90, lambda: webhook.told)
