"""Appoint an official from the operator's console: `python -m services.identity.officials.staff.appoint --first`.

`--first` appoints the county's first administrator once; later calls say what became of that account. `--login`, `--role` and
`--region` appoint another one (for the platform's own story). Prints one JSON line {login, password, state}.
"""

import argparse
import json
import sys
import uuid

from services.chassis.core import logs
from services.chassis.core.actor import Role
from services.chassis.core.calls import write_call
from services.chassis.core.secrets import Passwords, derived_password
from services.chassis.storage.database import connect
from services.civic.actor import CivicActor
from services.civic.settings import CivicSettings
from services.identity.divisions.regions.source import COUNTY
from services.identity.officials.staff import contract, usecases
from services.identity.officials.staff.store import OfficialStore

FIRST_LOGIN = "admin"
OPERATOR = CivicActor("operator", "system", (Role("county_administrator", COUNTY["code"]),))


def appoint(settings: CivicSettings, login: str, role: str, region: str) -> dict:
    """Appoint the official, or tell what became of the account with this login."""
    officials = OfficialStore(connect(settings, "identity"))
    key = settings.identity_hash_key
    found = officials.find_by_login(login)
    if found:
        waiting = found.password_is_one_time and found.appointed_by == OPERATOR.id
        password = derived_password(key, found.id) if waiting else None
        return {"login": login, "password": password, "state": "waiting" if waiting else "in use"}
    asked = {"name": "县级管理员", "login": login, "role": role, "region": region}
    call = write_call("appoint", asked, OPERATOR, f"{login}-{uuid.uuid4()}")
    password = derived_password(key, call.new_id("official"))
    official = usecases.new_official(Passwords().hash(password), call)
    officials.add(official, official.appointed(), call)
    return {"login": login, "password": password, "state": "new"}


def main() -> int:
    """Read the arguments, appoint and print."""
    parser = argparse.ArgumentParser(prog="appoint")
    parser.add_argument("--first", action="store_true", help="the county's first administrator")
    parser.add_argument("--login", default=FIRST_LOGIN)
    parser.add_argument("--role", default="county_administrator", choices=contract.ROLES)
    parser.add_argument("--region", default=COUNTY["code"])
    asked = parser.parse_args()
    settings = CivicSettings.from_environment().required("identity_hash_key")
    logs.set_up("appoint", "WARNING")
    print(json.dumps(appoint(settings, asked.login, asked.role, asked.region)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
