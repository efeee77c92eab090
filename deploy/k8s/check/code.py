"""What the code knows of its own deployment: processes, settings, addresses, constants. The manifests are held to it."""

from __future__ import annotations

import ast
import base64
import re
import tempfile
from dataclasses import fields
from functools import cache
from pathlib import Path

from deploy import paper_authority
from deploy.local.folders import PROJECT
from deploy.local.processes import read_procfile
from services.chassis.core.settings import Settings, WrongSetting
from services.chassis.rpc import wire
from services.civic.settings import CivicSettings

GUNICORN = PROJECT / "gateway" / "gunicorn.conf.py"
SERVICES = ("identity", "affairs", "market", "integrity")
ONCE = {
    "declare": ["python", "-m", "services.chassis.runtime.declare"],
    "load": ["python", "-m", "services.chassis.runtime.load"],
}
"""What a release runs once."""

WAITS = "import signal; signal.pthread_sigmask(signal.SIG_BLOCK, {15}); signal.sigwait({15})"
BY_HAND = {name: ["python", "-c", WAITS] for name in ("operator", "restorer")}
"""What waits for an operator's commands."""
AT_NIGHT = {"backup": ["python", "-m", "services.chassis.backup.take", "--to", "/backups"]}
"""What is done again and again."""

WITH_PERSONAL_DATA = {
    *SERVICES,
    "identity-dispatcher",
    "identity-webhooks",
    "identity-messages",
    "restorer",
    *ONCE,
}
"""Who opens personal data; the gateway and the relays never do."""

SECRETS_OF = {
    **{name: {"MASTER_KEY", "IDENTITY_HASH_KEY"} for name in WITH_PERSONAL_DATA},
    "gateway": {"GATEWAY_KEY"},
    "operator": {"RABBITMQ_MANAGEMENT_URI"},
    "backup": {"RABBITMQ_MANAGEMENT_URI"},
    "restorer": {"MASTER_KEY", "IDENTITY_HASH_KEY", "RECEIPT_KEY", "RABBITMQ_MANAGEMENT_URI"},
    "identity": {"MASTER_KEY", "IDENTITY_HASH_KEY", "SIGNING_KEY_FILE", "RABBITMQ_MANAGEMENT_URI"},
    "market": {"MASTER_KEY", "IDENTITY_HASH_KEY", "PAYMENT_SECRET"},
    "integrity": {"MASTER_KEY", "IDENTITY_HASH_KEY", "RECEIPT_KEY"},
    "declare": {"MASTER_KEY", "IDENTITY_HASH_KEY", "RECEIPT_KEY"},
}
"""The secrets without which each of them does not start or not work, beside broker and database: docs/how-to/configure.md."""


@cache
def processes() -> dict[str, list[str]]:
    """Give the command of each process of the platform."""
    return read_procfile(PROJECT / "deploy" / "Procfile", {})


@cache
def settings() -> dict[str, object]:
    """Give every variable that a process reads, with the type of what it holds."""
    found: dict[str, object] = {one.name.upper(): one.type for one in fields(CivicSettings)}
    return found | dict.fromkeys(_read_by_gunicorn(), "str")


def _read_by_gunicorn() -> list[str]:
    return re.findall(r"os\.environ\.get\(['\"](\w+)['\"]", GUNICORN.read_text("utf-8"))


@cache
def secrets() -> frozenset[str]:
    """Give the settings that nobody may read in a manifest: keys, secrets and addresses with a password in them."""
    with_password = {"AMQP_URI", "MONGODB_URI", "RABBITMQ_MANAGEMENT_URI"}
    keys = {name for name, kind in settings().items() if kind is bytes or name.endswith("_SECRET")}
    return frozenset(keys | with_password | {"SIGNING_KEY_FILE", "PAPER_SIGNING_KEY"})


@cache
def addresses() -> frozenset[str]:
    """Give the settings that are the address of something."""
    return frozenset(name for name in settings() if name.endswith(("_URI", "_URL")))


def kind_of(process: str) -> type[Settings]:
    """Give the class of a process's settings: relays are about nothing of the matter."""
    return Settings if process.endswith("-relay") else CivicSettings


def refused(process: str, told: dict[str, str]) -> str | None:
    """Say why a process would not start with this environment, None where it would."""
    try:
        kind_of(process).from_environment(told)
    except WrongSetting as wrong:
        return str(wrong)
    return None


def any_value(name: str) -> str:
    """Give a value of the form that a secret has."""
    if name == "PAPER_SIGNING_KEY":
        return paper_authority.make("tried")[1]
    if name.endswith("_KEY"):
        return base64.b64encode(bytes(96 if "MASTER" in name else 32)).decode()
    forms = {"AMQP_URI": "amqp://u:p@broker", "MONGODB_URI": "mongodb://u:p@database"}
    return forms.get(name, "http://u:p@broker:15672" if name.endswith("_URI") else "a secret")


def secrets_not_read_from_files() -> list[str]:
    """Give the secrets that cannot be given as a file named by <NAME>_FILE."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "secret"
        left = []
        for name in sorted(secrets() - {"SIGNING_KEY_FILE"}):
            path.write_text(any_value(name), "utf-8")
            read = CivicSettings.from_environment({f"{name}_FILE": str(path)})
            if getattr(read, name.lower()) == getattr(CivicSettings(), name.lower()):
                left.append(name)
        return left


@cache
def probe_paths() -> frozenset[str]:
    """Give the addresses of probes that some process answers beside the gateway's own port."""
    known = {"/livez", "/readyz", "/metrics"}
    sources = [*(PROJECT / "services").rglob("*.py"), *(PROJECT / "gateway").rglob("*.py")]
    texts = [path.read_text("utf-8") for path in sources if path != PROJECT / "gateway" / "health.py"]
    return frozenset(one for one in known if any(f'"{one}"' in text for text in texts))


@cache
def gunicorn_grace() -> float:
    """Give the seconds that gunicorn lets its workers finish."""
    for node in ast.parse(GUNICORN.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            (target,) = node.targets
            if isinstance(target, ast.Name) and target.id == "graceful_timeout":
                return float(str(node.value.value))
    return 0.0


def rpc_queue(service: str) -> str | None:
    """Give the name of the queue that a service's processes share, None where there is none any more."""
    name = getattr(wire, "queue_name", None)
    return name(service) if name else None
