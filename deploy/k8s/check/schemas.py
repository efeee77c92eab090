"""Whether each object is what Kubernetes takes: its own kinds by its schemas, the others by those of schemas/, nothing unknown in either.

A kind without a schema is a problem, never skipped. An object that several targets have is looked at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path

from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from deploy.k8s.check.manifests import Manifests

OLDEST, NEWEST = "1.30", "1.37"
"""The Kubernetes that are supported; a pause as `preStop: sleep` is what asks for 1.30."""

CUSTOM = Path(__file__).parent / "schemas"
OPEN = "x-kubernetes-preserve-unknown-fields"
EITHER = "x-kubernetes-int-or-string"


def problems(manifests: Manifests) -> Iterator[str]:
    """Give a line for whatever an API server would refuse or drop."""
    for document in manifests.documents:
        yield from _problems_of(json.dumps(document, sort_keys=True))


@cache
def _problems_of(text: str) -> tuple[str, ...]:
    document = json.loads(text)
    kind, version = document["kind"], document["apiVersion"]
    title = f"{kind}/{document['metadata']['name']}"
    own = custom().get((version, kind))
    if own:
        return tuple(_broken(title, own, document))
    found: list[str] = []
    for release in (OLDEST, NEWEST):
        schema = _builtin(release, kind, version)
        if schema is None:
            found.append(
                f"{title}: Kubernetes {release} has no {kind} of {version}, and schemas/ has none either"
            )
        else:
            found += _broken(f"{title} (Kubernetes {release})", schema, document)
    return tuple(found)


def _broken(title: str, schema: Draft202012Validator, document: dict) -> Iterator[str]:
    for error in sorted(schema.iter_errors(document), key=lambda one: list(map(str, one.path))):
        yield f"{title}: {'.'.join(map(str, error.path)) or 'the object'}: {error.message[:200]}"


@cache
def _folder(release: str) -> Path:
    return (
        Path(str(resources.files("kubernetes_validate")))
        / f"kubernetes-json-schema/v{release}.0-local-strict"
    )


@cache
def _definitions(release: str) -> Registry:
    text = (_folder(release) / "_definitions.json").read_text("utf-8")
    return Resource.from_contents(json.loads(text)) @ Registry()


@cache
def _builtin(release: str, kind: str, version: str) -> Draft202012Validator | None:
    """Give the strict validator of a kind of Kubernetes' own, None where it has no such kind."""
    group, _, number = version.rpartition("/")
    name = f"{kind.lower()}-{group.partition('.')[0]}{'-' if group else ''}{number}.json"
    path = _folder(release) / name
    if not path.exists():
        return None
    schema = json.loads(path.read_text("utf-8"))
    return Draft202012Validator(schema, registry=Resource.from_contents(schema) @ _definitions(release))


@cache
def custom() -> dict[tuple[str, str], Draft202012Validator]:
    """Give the validators of the custom resources by version and kind."""
    found = {}
    for path in sorted(CUSTOM.glob("*.json")):
        told = json.loads(path.read_text("utf-8"))
        whole = closed(told["schema"])
        whole["properties"] |= {"apiVersion": {"const": told["apiVersion"]}, "metadata": {"type": "object"}}
        found[told["apiVersion"], told["kind"]] = Draft202012Validator(whole)
    return found


def closed(schema: dict) -> dict:
    """Give a CRD's schema as JSON Schema in which a property that nobody declared is wrong."""
    told = {
        key: value for key, value in schema.items() if not key.startswith("x-kubernetes-") and key != "format"
    }
    if schema.get(EITHER):
        told.pop("type", None)
        told["anyOf"] = [{"type": "integer"}, {"type": "string"}]
    if "properties" in schema:
        told["properties"] = {name: closed(one) for name, one in schema["properties"].items()}
        if "additionalProperties" not in schema and not schema.get(OPEN):
            told["additionalProperties"] = False
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            told[key] = closed(schema[key])
    if schema.get("nullable"):
        told = {"anyOf": [{"type": "null"}, told]}
    told.pop("nullable", None)
    return told
