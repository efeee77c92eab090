"""The image that everything runs as, and the compose file: linted, valid, and with every process in them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import yaml
from jsonschema import Draft7Validator

from deploy.k8s.check import code, promised, tools
from deploy.k8s.check import compose as of_compose
from deploy.local.folders import PROJECT

IMAGE = PROJECT / "deploy" / "image"
CONTAINERFILE = IMAGE / "Containerfile"
COMPOSE = PROJECT / "deploy" / "compose.yaml"


def problems() -> Iterator[str]:
    """Give a line for whatever is wrong with either."""
    text = CONTAINERFILE.read_text("utf-8")
    yield from linted(text)
    yield from the_image_is_small_in_rights(text)
    yield from the_image_has_what_runs(text)
    compose = yaml.safe_load(COMPOSE.read_text("utf-8"))
    yield from compose_is_valid(compose)
    yield from compose_runs_every_process(compose)
    yield from of_compose.problems(compose)


def linted(text: str) -> Iterator[str]:
    """Whatever hadolint finds."""
    _, told = tools.run([str(tools.hadolint()), "--no-color", "-"], text)
    for line in told.splitlines():
        yield f"Containerfile: {line}"


def the_image_is_small_in_rights(text: str) -> Iterator[str]:
    """Of the base that is given, without root, with wheels only, and without a shell that keeps signals to itself."""
    stages = re.split(r"^FROM ", text, flags=re.M)[1:]
    last = stages[-1]
    if len(stages) < 2 or any(not stage.startswith("${BASE}") for stage in stages):
        yield "Containerfile: a stage is not of the base that is given, or there is one stage only"
    users = re.findall(r"^USER (\S+)", last, re.M)
    if not users or not re.fullmatch(r"[1-9][0-9]*(:[1-9][0-9]*)?", users[-1]):
        yield "Containerfile: the image runs as root, or as a name that a cluster cannot prove to be none"
    if re.search(r"pip\b.*\binstall", last) or "--no-index --only-binary :all:" not in stages[0]:
        yield "Containerfile: something is installed that is no wheel"
    for line in re.findall(r"^(?:CMD|ENTRYPOINT) (.*)$", last, re.M):
        if not line.startswith("["):
            yield "Containerfile: a shell is PID 1"


def the_image_has_what_runs(text: str) -> Iterator[str]:
    """The package of every module that the Procfile, and the Jobs, name."""
    copied = set(re.findall(r"^COPY (\w+) \1$", text, re.M))
    commands = [*code.processes().values(), *code.ONCE.values()]
    named = {
        word.partition(".")[0]
        for one in commands
        for word in one
        if word.startswith(("services.", "gateway."))
    }
    for name in sorted(named - copied):
        yield f"Containerfile: the image has no {name}"


def compose_is_valid(compose: dict) -> Iterator[str]:
    """By the schema of the compose specification."""
    schema = json.loads((IMAGE / "compose-spec.schema.json").read_text("utf-8"))
    for error in Draft7Validator(schema).iter_errors(compose):
        yield f"compose.yaml: {'.'.join(map(str, error.path))}: {error.message[:200]}"


def compose_runs_every_process(compose: dict) -> Iterator[str]:
    """With the profile `platform` as the Procfile and the Jobs say, told only what the code knows."""
    services, known = compose["services"], code.processes() | code.ONCE
    for name in sorted(known.keys() - services.keys()):
        yield f"compose.yaml: does not run {name}"
    variables = code.settings().keys() | promised.SETTINGS | {f"{one}_FILE" for one in code.secrets()}
    for name in sorted(known.keys() & services.keys()):
        one = services[name]
        if one.get("command") != known[name] or one.get("profiles") != ["platform"]:
            yield f"compose.yaml: {name} is not what the Procfile says, or not of the profile `platform`"
        if not one.get("read_only") or not one.get("mem_limit") or one.get("cap_drop") != ["ALL"]:
            yield f"compose.yaml: {name} may write, grow or do more than it needs"
        told = one.get("environment", {})
        for variable in sorted(told.keys() - variables):
            yield f"compose.yaml: {name} is told {variable}, which the code does not read"
        files = {value.removeprefix("/run/secrets/") for key, value in told.items() if key.endswith("_FILE")}
        if files != set(one.get("secrets", [])) or files - compose["secrets"].keys():
            yield f"compose.yaml: {name} has other secrets than it is told of"
        for needed in sorted(code.SECRETS_OF.get(name, set()) - _held(told)):
            yield f"compose.yaml: {name} is not given {needed}"


def _held(told: dict) -> set[str]:
    return {key if key == "SIGNING_KEY_FILE" else key.removesuffix("_FILE") for key in told}
