"""What the API's own description tells a client."""

import json
import re
import warnings
from itertools import groupby

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from gateway.asyncapi import document
from gateway.event_schemas import declared_events
from gateway.openapi.document import EVERY, specification
from gateway.openapi.shapes import names_in
from gateway.openapi.words import ABOUT, EXAMPLES, OMITTED, TAGS
from gateway.routes import ALL
from services.chassis import __version__
from services.civic.settings import CivicSettings

PORTABLE = re.compile(r"\\[AZ]|\(\?[P<aiLmsux]")
"""What only Python reads in a pattern, or not every engine of ECMA 262."""


@pytest.fixture(scope="module")
def spec() -> dict:
    return json.loads(json.dumps(specification("https://county.example")))


@pytest.fixture(scope="module")
def operations(spec) -> dict[str, dict]:
    return {one["operationId"]: one for path in spec["paths"].values() for one in path.values()}


def _nodes(node, key=""):
    """Give every object of the description that is a schema or a part of one, with the name under which it stands."""
    if isinstance(node, dict):
        yield key, node
        for name, below in node.items():
            if name not in ("example", "examples", "default"):
                yield from _nodes(below, name)
    elif isinstance(node, list):
        for below in node:
            yield from _nodes(below, key)


def _parameter(operation: dict, name: str) -> dict:
    return next(one for one in operation["parameters"] if one["name"] == name)


def test_the_description_is_openapi_3_1(spec):
    assert [error.message[:200] for error in OpenAPIV31SpecValidator(spec).iter_errors()] == []


def test_the_documentation_of_an_action_names_the_level_that_a_resident_needs(operations):
    apply, place, browse = (operations[name] for name in ("apply_for_matter", "place_order", "list_matters"))
    assert (apply["x-assurance"], place["x-assurance"]) == (1, 0)
    assert "1 村（社区）已认证" in apply["description"]
    assert "x-assurance" not in browse


def test_no_two_shapes_of_the_api_share_a_name():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        specification.__wrapped__("https://county.example")


def test_no_body_repeats_what_the_path_says(spec):
    repeated = []
    for path, verb, one in ((p, v, one) for p, found in spec["paths"].items() for v, one in found.items()):
        for content in one.get("requestBody", {}).get("content", {}).values():
            shape = spec["components"]["schemas"].get(
                content["schema"].get("$ref", "").rpartition("/")[2], {}
            )
            repeated += [
                f"{verb} {path}: {name}" for name in names_in(path) if name in shape.get("properties", {})
            ]
    assert repeated == []


def test_a_body_of_which_the_path_says_all_is_not_asked_for(operations):
    assert "requestBody" not in operations["cancel_order"]
    assert operations["cancel_sale"]["requestBody"]["required"]


def test_query_parameters_have_their_types_bounds_and_defaults(operations):
    limit = _parameter(operations["list_orders"], "limit")["schema"]
    assert limit == {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}
    assert _parameter(operations["list_notices"], "unread")["schema"]["type"] == "boolean"
    assert _parameter(operations["list_orders"], "side")["schema"]["enum"] == ["buyer", "seller"]
    assert _parameter(operations["pull_events"], "since")["schema"]["format"] == "date-time"
    assert _parameter(operations["find_region"], "code")["schema"]["pattern"].startswith("^")


def test_no_address_holds_null(operations):
    nullable = [
        (name, one["name"])
        for name, operation in operations.items()
        for one in operation["parameters"]
        if "null" in one["schema"]["type"] or None in one["schema"].get("enum", ())
    ]
    assert nullable == []


def test_patterns_mean_the_same_in_every_language(spec):
    patterns = {one["pattern"] for _, one in _nodes(spec) if isinstance(one.get("pattern"), str)}
    assert len(patterns) > 10
    assert [pattern for pattern in patterns if PORTABLE.search(pattern)] == []


def test_nothing_has_null_as_its_default(spec):
    assert [name for name, one in _nodes(spec) if one.get("default", "") is None] == []


def test_every_field_and_parameter_is_described_in_chinese(spec, operations):
    silent = [
        f"{key}: {name}"
        for key, one in _nodes(spec["components"]["schemas"])
        for name, field in (one.get("properties") or {}).items()
        if not _chinese(field)
    ]
    silent += [
        f"{name}: {one['name']}"
        for name, operation in operations.items()
        for one in operation["parameters"]
        if not _chinese(one)
    ]
    assert silent == []


def test_every_field_that_a_department_receives_is_described_in_chinese(spec):
    for kind, webhook in spec["webhooks"].items():
        [content] = webhook["post"]["requestBody"]["content"].values()
        data = content["schema"]["allOf"][1]["properties"]["data"]
        assert [name for name, one in data["properties"].items() if not _chinese(one)] == [], kind


def _chinese(field: dict) -> bool:
    return bool(re.search(r"[一-鿿]", field.get("description", "")))


def test_the_table_of_words_names_no_field_that_is_gone():
    known = {name for shape in _shapes() for name in _names(shape)}
    assert sorted((ABOUT.keys() | EXAMPLES.keys() | OMITTED) - known) == []


def _shapes():
    waiting = [shape for one in EVERY for shape in (one.request, one.answer) if shape] + declared_events()
    seen = set()
    while waiting:
        shape = waiting.pop()
        if shape in seen:
            continue
        seen.add(shape)
        yield shape
        for field in shape().fields.values():
            nested = getattr(getattr(field, "inner", field), "nested", None)
            waiting += [nested] if isinstance(nested, type) else []
    from gateway.aggregation import UnavailablePart

    yield UnavailablePart


def _names(shape) -> set[str]:
    fields = {field.data_key or name for name, field in shape().fields.items()}
    return fields | {f"{one.__name__}.{name}" for one in shape.__mro__ for name in fields}


def test_tags_are_ascii_and_have_a_chinese_name_and_a_description(spec, operations):
    used = {tag for one in operations.values() for tag in one["tags"]}
    assert used == {tag["name"] for tag in spec["tags"]} == set(TAGS)
    for tag in spec["tags"]:
        assert re.fullmatch(r"[a-z][a-z\-]*", tag["name"])
        assert re.fullmatch(r"[一-鿿]+", tag["x-displayName"]) and tag["description"]
    grouped = [tag for group in spec["x-tagGroups"] for tag in group["tags"]]
    assert sorted(grouped) == sorted(used)


def test_the_version_is_told_from_one_place(spec):
    assert spec["info"]["version"] == document()["info"]["version"] == __version__


def test_an_operation_says_by_status_with_which_codes_it_refuses(operations):
    place = operations["place_order"]["responses"]
    assert "order.sold_out" in place["409"]["x-error-codes"]
    assert "order.own_listing" in place["422"]["x-error-codes"]
    assert "listing.not_found" in place["404"]["x-error-codes"]
    assert "token.expired" in place["401"]["x-error-codes"]
    assert "assurance.too_low" in place["403"]["x-error-codes"]
    assert "request.key_missing" in place["400"]["x-error-codes"]
    assert "401" not in operations["list_matters"]["responses"]
    assert "request.key_missing" not in operations["list_orders"]["responses"]["400"]["x-error-codes"]


def test_every_refusal_is_a_problem(spec, operations):
    for name, operation in operations.items():
        for status, answer in operation["responses"].items():
            if not status.startswith("2"):
                schema = answer["content"]["application/problem+json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/Problem"}, (name, status)


def test_what_is_no_json_says_what_it_is(operations):
    part = operations["add_register_part"]
    assert list(part["requestBody"]["content"]) == ["text/csv"]
    assert _parameter(part, "offset")["in"] == "query"
    assert _parameter(operations["take_payment_callback"], "X-Payment-Signature")["in"] == "header"
    assert "application/pdf" in operations["open_export"]["responses"]["200"]["content"]
    assert {one.name for one in ALL if one.collect} == {one.name for one in ALL if one.raw}


def test_what_departments_receive_is_described_as_webhooks(spec):
    assert set(spec["webhooks"]) == {event.type() for event in declared_events()}
    told = spec["webhooks"]["xiangzhi.affairs.application.decided.v1"]["post"]
    assert {one["name"] for one in told["parameters"]} == {
        "webhook-id", "webhook-timestamp", "webhook-signature"
    }  # fmt: skip
    [(media, content)] = told["requestBody"]["content"].items()
    assert media == "application/cloudevents+json"
    data = content["schema"]["allOf"][1]["properties"]["data"]
    assert data["properties"]["application_id"]["x-privacy"] == "public"


def test_names_of_operations_are_the_names_of_the_calls(operations):
    today = [one.name for one in EVERY if not one.moved_to]
    former = {f"{one.name}_formerly" for one in EVERY if one.moved_to}
    assert set(operations) == {*today, *former} and len(former) == 5
    assert all(operations[name]["deprecated"] for name in former)
    twice = [name for name, found in groupby(sorted(today)) if len(list(found)) > 1]
    assert twice == []


def test_the_server_is_where_the_platform_says_it_is():
    settings = CivicSettings(public_url="https://other.example")
    assert specification(settings.public_url)["servers"][0]["url"] == "https://other.example"
