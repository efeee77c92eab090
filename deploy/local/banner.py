"""What a person is told when the platform is up."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping


def first_administrator(env: Mapping[str, str]) -> dict:
    """Appoint the first administrator, or return the one there is: {"login", "password" or None, "state"}."""
    command = ["python", "-m", "services.identity.officials.staff.appoint", "--first"]
    try:
        done = subprocess.run(command, check=False, env=env, capture_output=True, text=True, timeout=60)
        answer = json.loads(done.stdout.strip().splitlines()[-1])
    except (OSError, subprocess.TimeoutExpired, ValueError, IndexError):
        return {}
    return answer if isinstance(answer, dict) else {}


def show(env: Mapping[str, str], administrator: Mapping) -> None:
    """Print where the platform is, who may enter first and how to stop it."""
    print(
        f"\nXiangzhi is up.\n"
        f"  pages               {env['PUBLIC_URL']}/\n"
        f"  API documentation   {env['PUBLIC_URL']}/docs\n"
        f"  administrator       {_entry(administrator)}\n"
        f"  processes           make status, make logs\n"
        f"  stop                Ctrl-C here, or make stop\n",
        flush=True,
    )


def _entry(administrator: Mapping) -> str:
    if not administrator:
        return (
            "not appointed: run `python -m services.identity.officials.staff.appoint --first` for the reason"
        )
    if administrator.get("password"):
        return f"{administrator.get('login')}, one-time password {administrator['password']}"
    return f"{administrator.get('login')} ({administrator.get('state', 'password set earlier')})"
