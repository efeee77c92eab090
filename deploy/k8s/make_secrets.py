"""Make the secrets of a new place: `python3 deploy/k8s/make_secrets.py [--members 1|3] [--to FILE] [--files FOLDER]`.

Prints Secrets for `kubectl create -f -`, which refuses to replace one that is there: with another MASTER_KEY all personal data is
lost. With --to it writes them into a new file that its owner alone may read, and never over one that is there. With --files it writes one file a name instead, for deploy/compose.yaml. Needs Python alone, and openssl for the signing key.

Accounts of broker and database have the same password on both sides: in the address that a process reads, percent-encoded, and in
the Secret from which the operator makes the account.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

PLATFORM, DATA = "xiangzhi", "xiangzhi-data"
BROKER = f"broker.{DATA}.svc"
MEMBER = f"database-{{}}.database-svc.{DATA}.svc.{{}}:27017"
DOMAIN = "cluster.local"
SERVICES = ("identity", "affairs", "market", "integrity")
IMPORTED = {"rabbitmq.com/topology-operator": "true"}
"""The Messaging Topology Operator takes accounts only from Secrets with this label, since its 1.20."""
KEYS = {
    "MASTER_KEY": 96,
    "IDENTITY_HASH_KEY": 32,
    "RECEIPT_KEY": 32,
    "GATEWAY_KEY": 32,
    "PAYMENT_SECRET": 32,
}
"""Keys and their length in bytes; that of payments is told to the provider, or replaced by the provider's."""
LATER = (
    *("OLD_MASTER_KEY", "SMS_SECRET", "SMS_FALLBACK_SECRET", "REGISTER_SECRET", "WECHAT_APP_SECRET"),
    "PAPER_SIGNING_KEY",
)
"""What others say or what is not needed yet: there, and empty."""


def keys() -> dict[str, str]:
    """Make the platform's own keys."""
    made = {name: base64.b64encode(secrets.token_bytes(size)).decode() for name, size in KEYS.items()}
    command = ["openssl", "genpkey", "-algorithm", "ed25519"]
    signing = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {**made, "SIGNING_KEY": signing, **dict.fromkeys(LATER, "")}


def password() -> str:
    """Make a password."""
    return secrets.token_urlsafe(24)


def broker_address(scheme: str, user: str, known: str, port: int, path: str = "", host: str = BROKER) -> str:
    """Give the address of the broker for one account."""
    return f"{scheme}://{user}:{quote(known, safe='')}@{host}:{port}{path}"


def database_address(user: str, known: str, members: int, domain: str) -> str:
    """Give the address of the replica set for one account: members by their full names, which are those that they tell each other."""
    hosts = ",".join(MEMBER.format(number, domain) for number in range(members))
    return f"mongodb://{user}:{quote(known, safe='')}@{hosts}/?replicaSet=database&authSource=admin"


def of_cluster(members: int, domain: str = DOMAIN) -> list[dict]:
    """Give every Secret of a cluster: what the pods read, and what the operators make accounts from."""
    platform, accounts = password(), password()
    made = [
        _secret(PLATFORM, "keys", keys()),
        _secret(
            PLATFORM,
            "broker",
            {
                "AMQP_URI": broker_address("amqp", "platform", platform, 5672, "/%2F"),
                "RABBITMQ_MANAGEMENT_URI": broker_address("http", "accounts", accounts, 15672),
            },
        ),
        _secret(DATA, "broker-platform", {"username": "platform", "password": platform}, IMPORTED),
        _secret(DATA, "broker-accounts", {"username": "accounts", "password": accounts}, IMPORTED),
    ]
    for user in (*SERVICES, "declare", "operator"):
        known = password()
        address = database_address(user, known, members, domain)
        made.append(_secret(PLATFORM, f"database-{user}", {"MONGODB_URI": address}))
        made.append(_secret(DATA, f"database-{user}", {"password": known}))
    return made


def _secret(namespace: str, name: str, values: dict[str, str], labels: dict[str, str] | None = None) -> dict:
    metadata = {"name": name, "namespace": namespace} | ({"labels": labels} if labels else {})
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": metadata,
        "type": "Opaque",
        "stringData": values,
    }


def write_files(folder: Path) -> None:
    """Write one file a name for deploy/compose.yaml; whatever is there stays as it is."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, value in keys().items():
        path = folder / name
        if not path.exists():
            # whoever runs the containers reads them under another user's number
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644), "w") as file:
                file.write(value)


def write_new(path: Path, text: str) -> None:
    """Write a file that its owner alone may read; raises FileExistsError where one is there."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def main(arguments: list[str]) -> int:
    """Do what the command line says; gives the exit code."""
    parser = argparse.ArgumentParser(
        prog="make_secrets.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--members", type=int, default=3, choices=(1, 3), help="of the database")
    parser.add_argument("--domain", default=DOMAIN, help=f"of the cluster's own names, if not {DOMAIN}")
    parser.add_argument("--to", type=Path, metavar="FILE", help="a new file, for its owner alone")
    parser.add_argument("--files", type=Path, metavar="FOLDER", help="for deploy/compose.yaml")
    options = parser.parse_args(arguments)
    if options.files:
        write_files(options.files)
        return 0
    made = of_cluster(options.members, options.domain)
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": made}, indent=1)
    if not options.to:
        print(text)
        return 0
    try:
        write_new(options.to, text)
    except OSError as error:
        print(
            f"{options.to} cannot be made ({error.strerror}): secrets are made once; keep that one",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
