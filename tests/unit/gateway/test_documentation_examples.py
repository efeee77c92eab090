"""The examples in the description of the API are ones that the platform takes and gives."""

import json

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from gateway.openapi import examples
from gateway.openapi.document import EVERY, specification
from gateway.routing import Route
from services.identity.people.residents import contract as residents
from services.market.selling.listings import contract as listings

SPEC = json.loads(json.dumps(specification("https://county.example")))
OPERATIONS = {one["operationId"]: one for path in SPEC["paths"].values() for one in path.values()}
ASKED = [one for one in EVERY if one.request and not (isinstance(one, Route) and one.raw)]


def _problems(schema: dict, value) -> list[str]:
    judge = Draft202012Validator({**schema, "components": SPEC["components"]}, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message[:200]}" for error in judge.iter_errors(value)]


@pytest.mark.parametrize("route", ASKED, ids=lambda route: route.name)
def test_the_service_accepts_the_example_of_a_request(route):
    shape = route.request()
    assert shape.validate(examples.of_request(shape)) == {}


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_example_is_as_its_schema_says(name):
    operation = OPERATIONS[name]
    contents = [operation.get("requestBody", {}).get("content", {})]
    contents += [answer.get("content", {}) for answer in operation["responses"].values()]
    for content in contents:
        for media, one in content.items():
            if "example" in one:
                assert _problems(one["schema"], one["example"]) == [], media
    for one in operation["parameters"]:
        if "example" in one:
            assert _problems(one["schema"], one["example"]) == [], one["name"]


def test_every_operation_has_an_example_of_what_it_takes_and_gives():
    for name, operation in OPERATIONS.items():
        for media, one in operation.get("requestBody", {}).get("content", {}).items():
            assert "example" in one, (name, media)
        assert all("example" in one for one in operation["parameters"] if one["required"]), name
        [success] = [answer for status, answer in operation["responses"].items() if status[0] == "2"]
        if "application/json" not in success["content"]:
            continue  # a picture has no example
        json_answer = success["content"]["application/json"]
        assert "example" in json_answer or json_answer["schema"] == {"type": "null"}, name


def test_no_example_leaves_a_text_empty():
    empty = [name for name, one in OPERATIONS.items() if '""' in json.dumps(_examples(one))]
    assert empty == []


def _examples(operation: dict) -> list:
    contents = [operation.get("requestBody", {}), *operation["responses"].values()]
    return [one.get("example") for told in contents for one in told.get("content", {}).values()]


def test_what_is_answered_masked_is_masked_in_the_example():
    shown = examples.of_answer(residents.Resident)
    assert (shown["name"], shown["phone"], shown["id_number"]) == (
        "王*英",
        "138****0109",
        "5101**************",
    )
    assert (shown["state"], shown["assurance"]) == ("certified", 1)
    assert examples.of_request(listings.OfferProduce())["step_milli"] == 1000
