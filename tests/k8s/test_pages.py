"""What the pages of a cluster tell an operator to type names objects that there are: with a slip kubectl would say "no objects", or nothing."""

import re

import pytest

from deploy.local.folders import PROJECT
from tests.k8s.breaking import rendered

PAGES = (
    "deploy/k8s/README.md",
    "docs/how-to/back-up-and-restore.md",
    "docs/how-to/alerts.md",
    "docs/how-to/lost-node.md",
    "docs/how-to/operate.md",
    "docs/how-to/rotate-keys.md",
)
OURS = rendered("overlays/province")
SELECTOR = re.compile(r"-l (xiangzhi/[\w-]+)(?:=([\w-]+))?")
NAMED = re.compile(r"\b(deploy|job|cronjob|rabbitmqcluster|mongodbcommunity|user\.rabbitmq\.com)/([a-z][a-z-]*[a-z])(?=[\s`-])")  # fmt: skip
KINDS = {
    "deploy": "Deployment", "job": "Job", "cronjob": "CronJob", "rabbitmqcluster": "RabbitmqCluster",
    "mongodbcommunity": "MongoDBCommunity", "user.rabbitmq.com": "User",
}  # fmt: skip


def typed(page: str) -> list[str]:
    """Give every line and every word of code in which kubectl is told something."""
    text = (PROJECT / page).read_text("utf-8")
    return [line for line in text.splitlines() if re.search(r"kubectl|\$K |\$D |\$R ", line)]


def missing(page_lines: list[str], documents: list[dict]) -> list[str]:
    labels = [one["metadata"].get("labels", {}) for one in documents]
    names = {(one["kind"], re.sub(r"-[0-9.]+$", "", one["metadata"]["name"])) for one in documents}
    found = []
    for line in page_lines:
        for key, value in SELECTOR.findall(line):
            if not any(key in one and value in ("", one[key]) for one in labels):
                found.append(f"{key}={value}")
        for kind, name in NAMED.findall(line):
            if (KINDS[kind], name) not in names and name != "backup-now":
                found.append(f"{kind}/{name}")
    return found


@pytest.mark.parametrize("page", PAGES)
def test_whatever_is_typed_names_something_that_is_there(page):
    lines = typed(page)
    assert any(NAMED.search(line) for line in lines)
    assert missing(lines, OURS.documents) == []


@pytest.mark.parametrize(
    "line",
    [
        "kubectl apply -k $O -l xiangzhi/restor",
        "kubectl apply -k $O -l xiangzhi/step=store",
        "$K scale deploy/restore --replicas=1",
        "kubectl -n xiangzhi wait job/declared-0.2.0 --for=condition=complete",
    ],
)
def test_a_slip_in_a_page_is_found(line):
    assert missing([line], OURS.documents)
