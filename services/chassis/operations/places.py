"""The services of this platform and their databases, as an operator's command opens them."""

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


@contextmanager
def databases(settings: Settings, names: Iterable[str]) -> Iterator[dict[str, Database]]:
    """Open {service: database}; they are closed with the block."""
    opened: dict[str, Database] = {name: connect(settings, name) for name in names}
    try:
        yield opened
    finally:
        for database in opened.values():
            database.client.close()
