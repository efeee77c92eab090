"""The services of this platform and their databases, as an operator's command opens them."""

import importlib
import importlib.util
import pkgutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pymongo.database import Database

import services
from services.chassis.core.settings import Settings
from services.chassis.storage.database import connect


def service_names() -> list[str]:
    """Give every folder in services/ that has a service.py; imports none of them."""
    return [
        module.name
        for module in pkgutil.iter_modules(services.__path__)
        if module.ispkg and importlib.util.find_spec(f"services.{module.name}.service")
    ]


def readers_of_streams(opened: dict[str, Database]) -> dict[str, str]:
    """Read what the services call the readers of their streams, by stream: an operator who calls one needs no number.

    A service that feeds streams says it by `stream_readers`, a function of its database, at its class.
    """
    found: dict[str, str] = {}
    for name in sorted(opened.keys() & service_names()):
        service = importlib.import_module(f"services.{name}.service").Service
        if asked := getattr(service, "stream_readers", None):
            found |= asked(opened[name])
    return found


def senders(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Read which processes beside its relay a service sends with, by service: each has a heartbeat in its database.

    A service that has any says it by `senders`, at its class.
    """
    found = {}
    for name in sorted(set(names) & set(service_names())):
        service = importlib.import_module(f"services.{name}.service").Service
        found[name] = getattr(service, "senders", ())
    return found


@contextmanager
def databases(settings: Settings, names: Iterable[str]) -> Iterator[dict[str, Database]]:
    """Open {service: database}; they are closed with the block."""
    opened: dict[str, Database] = {name: connect(settings, name) for name in names}
    try:
        yield opened
    finally:
        for database in opened.values():
            database.client.close()
