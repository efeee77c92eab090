"""The environment of every process of the stack, and the secrets in it."""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from deploy import paper_authority
from deploy.local import ports
from deploy.local.folders import PROJECT, VENV, Folder, read_json, write_private
from deploy.local.simulators.wechat_book import APP_ID

RANDOM = {
    "RECEIPT_KEY": 32,
    "GATEWAY_KEY": 32,
    "IDENTITY_HASH_KEY": 32,
    "MASTER_KEY": 96,
    "PAYMENT_SECRET": 32,
    "SMS_SECRET": 32,
    "REGISTER_SECRET": 32,
    "WECHAT_APP_SECRET": 32,
}
"""Secrets and their length in bytes."""


def settings(folder: Folder, addresses: Mapping[str, str], port: int) -> dict[str, str]:
    """Return what every process is told, `addresses` being those of broker and database."""
    found = ports.remembered(folder, "payment", "sms", "register", "wechat")
    payment, sms, register = found["payment"], found["sms"], found["register"]
    wechat = f"http://{ports.HOST}:{found['wechat']}"
    return {
        **addresses,
        **kept_secrets(folder),
        "PORT": str(port),
        "PUBLIC_URL": f"http://{ports.HOST}:{port}",
        "PAYMENT_PORT": str(payment),
        "PAYMENT_URL": f"http://{ports.HOST}:{payment}",
        "SMS_PORT": str(sms),
        "SMS_URL": f"http://{ports.HOST}:{sms}",
        "REGISTER_PORT": str(register),
        "REGISTER_URL": f"http://{ports.HOST}:{register}",
        "WECHAT_PORT": str(found["wechat"]),
        "WECHAT_APP_ID": APP_ID,
        "WECHAT_AUTHORIZE_URL": f"{wechat}/connect/oauth2/authorize",
        "WECHAT_API_URL": wechat,
        "SIGNING_KEY_FILE": str(signing_key(folder)),
        "PAPER_SIGNING_KEY_FILE": str(paper_signing_key(folder)),
        "XIANGZHI_STATE": str(folder.path),
        # everybody comes from this machine
        "REGISTRATIONS_OF_ADDRESS": "100000",
        "REGISTRATIONS_OF_NETWORK": "100000",
        "PAPER_CHECKS_OF_ADDRESS": "100000",
        "PAPER_CHECKS_OF_NETWORK": "100000",
        "LOOK_UPS_OF_ADDRESS": "100000",
        "LOOK_UPS_OF_NETWORK": "100000",
        "LOOK_UPS_OF_NUMBER": "100000",
        "NUMBER_GUESSES_OF_ADDRESS": "100000",
        "NUMBER_GUESSES_OF_NETWORK": "100000",
    }


def complete(told: Mapping[str, str]) -> dict[str, str]:
    """Return a process's whole environment: the user's, the virtual environment's, what it is told."""
    # What the user set for a process (a log level, a time zone) reaches it, but never in place of ours.
    return {**os.environ, **within_venv(), **told}


def within_venv() -> dict[str, str]:
    """Return what makes `python` and every installed command the virtual environment's own."""
    path = f"{VENV / 'bin'}:{os.environ.get('PATH', '')}"
    return {
        "PATH": path,
        "VIRTUAL_ENV": str(VENV),
        "PYTHONUNBUFFERED": "1",
        "PYTHONPATH": str(PROJECT),
        # nameko needs eventlet, and eventlet tells at every start that it is deprecated
        "PYTHONWARNINGS": "ignore::Warning:nameko.extensions",
    }


def kept_secrets(folder: Folder) -> dict[str, str]:
    """Return the secrets of this state folder, made once: with other ones the data would be unreadable."""
    path = folder.path / "secrets.json"
    known: dict[str, str] = read_json(path)
    missing = [name for name in RANDOM if name not in known]
    if missing:
        known |= {name: base64.b64encode(secrets.token_bytes(RANDOM[name])).decode() for name in missing}
        write_private(path, json.dumps(known, indent=1))
    return known


def signing_key(folder: Folder) -> Path:
    """Return the file with the Ed25519 private key of this state folder, made once."""
    path = folder.path / "signing-key.pem"
    if not path.exists():
        from cryptography.hazmat.primitives import serialization as form
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        key = Ed25519PrivateKey.generate()
        pem = key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
        write_private(path, pem.decode())
    return path


def paper_signing_key(folder: Folder) -> Path:
    """Return the file with the key that signs this state folder's papers, made once with an authority of its own."""
    path = folder.path / paper_authority.SIGNING
    if not path.exists():
        authority, bundle = paper_authority.make("本机试用")
        write_private(folder.path / paper_authority.AUTHORITY, authority)
        write_private(path, bundle)
    return path


def of_running(folder: Folder) -> dict[str, str]:
    """Return the whole environment of the running platform's processes, for commands that work on it."""
    return complete(read_json(folder.environment))


def remember(folder: Folder, told: Mapping[str, str]) -> None:
    """Keep what the processes are told for commands that work on the running platform."""
    write_private(folder.environment, json.dumps(dict(told), indent=1))
