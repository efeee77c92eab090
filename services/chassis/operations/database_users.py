"""Make the users of a database with access control: `python -m services.chassis.operations.database_users FOLDER`.

MONGODB_URI is an administrator's. FOLDER has a file for each user, named like it, with the address by which its process comes in:
what MONGODB_URI is there. A file that is missing is written, with a password of its own; one that is there is kept, and the user
gets its password. Again and again without harm: rights that a user has beyond its own are taken away.

A service has its own database and no other; `declare` (also for `load` and `restore`) makes collections and indexes in all of them;
`operator` only reads: counters, events, dead letters, backups.
"""

import argparse
import os
import secrets
import sys
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from services.chassis.core.settings import Settings, WrongSetting
from services.chassis.operations.places import service_names

THERE_ALREADY = 51003


def roles(services: Iterable[str], prefix: str) -> dict[str, list[dict]]:
    """Give what each user may do."""
    names = sorted(services)
    own = {name: [_role("readWrite", f"{prefix}_{name}")] for name in names}
    everywhere = [_role(may, f"{prefix}_{name}") for name in names for may in ("readWrite", "dbAdmin")]
    looks = [_role("read", f"{prefix}_{name}") for name in names] + [_role("clusterMonitor", "admin")]
    return {**own, "declare": everywhere, "operator": looks}


def address_of(user: str, password: str, administrators: str) -> str:
    """Give the address of the same database for another user."""
    parts = urlsplit(administrators)
    host = parts.netloc.rpartition("@")[2]
    query = urlencode({**dict(parse_qsl(parts.query)), "authSource": "admin"})
    login = f"{quote(user, safe='')}:{quote(password, safe='')}"
    return parts._replace(netloc=f"{login}@{host}", path="/", query=query).geturl()


def addresses(folder: Path, names: Iterable[str], administrators: str) -> dict[str, str]:
    """Give each user's address: the one that is kept in the folder, or a new one, which is then kept there."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = {}
    for name in names:
        file = folder / name
        if not file.exists():
            made = address_of(name, secrets.token_urlsafe(24), administrators)
            with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as opened:
                opened.write(made)
        found[name] = file.read_text("utf-8").strip()
    return found


def make(client: MongoClient, address: str, may: list[dict]) -> str:
    """Make the user of an address, or give the one that is there this password and these rights; says which."""
    parts = urlsplit(address)
    if not (parts.username and parts.password):
        raise WrongSetting("The address has no user and password in it: mongodb://user:password@host/.")
    user, told = unquote(parts.username), {"pwd": unquote(parts.password), "roles": may}
    try:
        client.admin.command({"createUser": user, **told})
        return "made"
    except OperationFailure as error:
        if error.code != THERE_ALREADY:
            raise
    client.admin.command({"updateUser": user, **told})
    return "was there: password and rights as they should be"


def _role(name: str, database: str) -> dict:
    return {"role": name, "db": database}


def main(arguments: list[str]) -> int:
    """Make them all and print one line for each; gives the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m services.chassis.operations.database_users",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="one file a user, with its address")
    options = parser.parse_args(arguments)
    try:
        settings = Settings.from_environment()
        wanted = roles(service_names(), settings.database_prefix)
        known = addresses(options.folder, wanted, settings.mongodb_uri)
        client: MongoClient = MongoClient(settings.mongodb_uri, serverSelectionTimeoutMS=5000)
        with client:
            for name, may in wanted.items():
                print(f"{name}: {make(client, known[name], may)}", flush=True)
    except (WrongSetting, OSError) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    except PyMongoError as error:
        print(f"MongoDB does not let users be made ({error}).", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
