"""A client that others' generator makes of our description, put in the place of a person's own HTTP."""

import json
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType
from urllib.parse import unquote

import yaml

from deploy.local.story.person import SECONDS, Person
from tests.described import Description

PACKAGE = "xiangzhi_client"
COMMAND = (
    "import sys; sys.argv[0] = 'openapi-python-client'; from openapi_python_client.cli import app; app()"
)


def generate(description: Path, into: Path) -> str:
    """Generate the client as a package in the folder; gives what the generator had to say."""
    config = into / "config.yaml"
    config.write_text(yaml.safe_dump({"post_hooks": [], "literal_enums": True}))
    told = [
        "generate",
        "--path",
        description,
        "--output-path",
        into / PACKAGE,
        "--meta",
        "none",
        "--config",
        config,
    ]
    done = subprocess.run(
        [sys.executable, "-c", COMMAND, *map(str, told)], capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


class GeneratedClient:
    """Sends what a person asks for with the generated functions, and counts which of them were used."""

    def __init__(self, spec: dict):
        self.description = Description(spec)
        self.used: set[str] = set()
        self.impossible: list[str] = []

    def send(
        self, person: Person, verb: str, path: str, body: dict | None, query: dict | None, key: str
    ) -> tuple[int, dict]:
        """Do what `Person._send` does; what the client cannot even say is noted, and sent by hand to be refused."""
        operation = self.description.operation_at(verb, path)
        assert operation, f"{verb} {path} is not described"
        name = operation["operationId"]
        module = import_module(f"{PACKAGE}.api.{operation['tags'][0].replace('-', '_')}.{name}")
        arguments = self._in_path(path) | (query or {})
        if any(one["name"] == "Idempotency-Key" for one in operation["parameters"]):
            arguments["idempotency_key"] = key
        if "requestBody" in operation:
            try:
                arguments["body"] = _model(module, operation).from_dict(body or {})
            except KeyError:
                self.impossible.append(name)
                return BY_HAND(person, verb, path, body, query, key)
        self.used.add(name)
        return self._call(module, person, arguments)

    def _call(self, module: ModuleType, person: Person, arguments: dict) -> tuple[int, dict]:
        made = import_module(
            f"{PACKAGE}.client"
        ).Client(
            base_url=person.base,
            headers={k: v for k, v in person.http.headers.items() if k == "Authorization"},
            timeout=SECONDS,
            verify_ssl=False,  # it is plain HTTP here, and reading the certificates for each call takes longer than the call
            raise_on_unexpected_status=True,
        )
        with made as client:
            answer = module.sync_detailed(client=client, **arguments)
        received = json.loads(answer.content) if answer.content else {}
        if answer.parsed is not None:
            # the model holds all of it: nothing was lost on the way into the program
            assert _same(answer.parsed.to_dict(), received), (module.__name__, received)
        return answer.status_code.value, received

    def _in_path(self, path: str) -> dict:
        for pattern, template in self.description.patterns:
            if pattern.fullmatch(path):
                parts = zip(template.split("/"), path.split("/"), strict=True)
                return {name[1:-1]: unquote(value) for name, value in parts if name.startswith("{")}
        return {}


BY_HAND = Person._send


def _model(module: ModuleType, operation: dict):
    [content] = operation["requestBody"]["content"].values()
    return getattr(module, content["schema"]["$ref"].rpartition("/")[2])


def _same(one, other) -> bool:
    """Times are written in several ways; all else is the same."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other or (isinstance(one, str) and isinstance(other, str) and one[:19] == other[:19])
