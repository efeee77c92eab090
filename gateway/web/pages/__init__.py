"""Every page, by persona; each file declares one `PAGE`, whose template stands under the same name; what gives a file has none."""

from importlib import import_module
from pathlib import Path

from gateway.web.declarations import WebPage

ALL: dict[str, WebPage] = {
    f"{path.parent.name}/{path.stem}.html": import_module(
        f"gateway.web.pages.{path.parent.name}.{path.stem}"
    ).PAGE
    for path in sorted(Path(__file__).parent.glob("*/*.py"))
    if path.name != "__init__.py"
}
