"""Every route of the public API, by service, area and capability; each file declares one `routes`."""

from importlib import import_module
from pathlib import Path

from gateway.routing import Route

ALL: list[Route] = [
    route
    for path in sorted(Path(__file__).parent.glob("*/*/*.py"))
    if path.name != "__init__.py"
    for route in import_module(
        f"gateway.routes.{path.parents[1].name}.{path.parent.name}.{path.stem}"
    ).routes.all
]
