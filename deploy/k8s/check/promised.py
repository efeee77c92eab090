"""The one list of names that were promised and are not there yet; whatever is kept has to be struck out of it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from deploy.k8s.check import code

PROMISED = tomllib.loads(Path(__file__).with_name("promised.toml").read_text("utf-8"))
SETTINGS: frozenset[str] = frozenset(PROMISED["settings"])
SECRET_FILES: bool = PROMISED["secret_files"]
PATHS: frozenset[str] = frozenset(PROMISED["paths"])


def problems() -> Iterator[str]:
    """Give a line for each promise that is kept, or for each that names nothing."""
    for name in sorted(SETTINGS & code.settings().keys()):
        yield f"promised.toml: the code has {name}: strike it out"
    left = code.secrets_not_read_from_files()
    if SECRET_FILES and not left:
        yield "promised.toml: the code reads secrets from files: set secret_files to false"
    for name in [] if SECRET_FILES else left:
        yield f"{name}: the manifests give it as a file, and the code does not read {name}_FILE"
    for path in sorted(PATHS & code.probe_paths()):
        yield f"promised.toml: the code answers {path}: strike it out"
