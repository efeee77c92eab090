"""The catalogue of events is an AsyncAPI 3.0 document, names every declared event and field, and tells nothing private."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from marshmallow import fields

from gateway.app import create_app
from gateway.asyncapi import STREAM, document
from gateway.event_schemas import data_schema, declared_events, undecided_fields
from services.chassis.events.event import DECLARED, Envelope, Event, personal, public, routing_key
from services.civic.settings import CivicSettings
from services.identity.subscribers.departments.catalogue import EventCatalogue
from tests.architecture.house import ROOT

SCHEMA = json.loads((Path(__file__).parents[1] / "data" / "asyncapi-3.0.0.schema.json").read_text())
HIDDEN = CivicSettings(
    amqp_uri="amqp://secret-user:secret-word@broker.inner.example:5672/inner-vhost",
    mongodb_uri="mongodb://documents.inner.example:27017",
    rabbitmq_management_uri="http://secret-user:secret-word@broker.inner.example:15672",
    departments_vhost="inner-departments",
    public_url="https://xiangzhi.example",
)
EVERY = pytest.mark.parametrize("event", declared_events(), ids=lambda event: event.type())


@pytest.fixture(scope="module")
def catalogue() -> dict:
    return json.loads(json.dumps(document()))


@pytest.fixture(scope="module")
def visitor():
    return create_app(HIDDEN).test_client()


@pytest.fixture
def undecided():
    class Undecided(Event):
        """For this test only."""

        name = "example.thing.shown"
        thing_id = public(fields.String(required=True))
        owner = personal(fields.String(required=True), of="thing_id", take="name")
        forgotten = fields.String(required=True)

    yield Undecided
    del DECLARED["example.thing.shown", 1]


def _at(catalogue: dict, reference: str):
    found = catalogue
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found


def _references(node):
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


def test_the_catalogue_is_an_asyncapi_3_document(catalogue):
    problems = [f"{e.json_path}: {e.message[:200]}" for e in Draft7Validator(SCHEMA).iter_errors(catalogue)]
    assert problems == []


def test_who_reads_a_stream_is_told_where_names_and_phones_are_pulled(catalogue):
    headers = catalogue["components"]["schemas"]["cloudEvent"]
    told = headers["properties"]["cloudEvents:personaldata"]
    assert told["const"] == "pull" and "GET /events?from_event" in told["description"]
    assert "cloudEvents:personaldata" not in headers["required"]
    assert "`personaldata`" in catalogue["info"]["description"]


def test_the_official_schema_would_notice_a_mistake(catalogue):
    wrong = json.loads(json.dumps(catalogue))
    wrong["operations"]["deliver"]["action"] = "shout"
    assert list(Draft7Validator(SCHEMA).iter_errors(wrong))


def test_everything_that_the_catalogue_refers_to_is_in_it(catalogue):
    references = list(_references(catalogue))
    assert len(references) > 4 * len(declared_events())
    for reference in references:
        assert _at(catalogue, reference)


def test_the_catalogue_names_every_declared_event_and_no_other(catalogue):
    types = {event.type() for event in declared_events()}
    assert types == set(catalogue["components"]["messages"])
    assert len(types) > 40


def test_a_department_s_stream_holds_what_departments_are_offered_and_nothing_that_runs_the_platform(
    catalogue,
):
    declared = {event.type() for event in declared_events()}  # without those of other tests
    offered = {one["type"] for one in EventCatalogue().types} & declared
    assert offered == set(catalogue["channels"][STREAM]["messages"])
    assert "xiangzhi.identity.session.ended.v1" not in offered and len(offered) > 40


def test_every_event_class_of_every_service_is_in_the_catalogue():
    """Read from the source, so that a room which nobody imports is noticed."""
    named = re.compile(r'^    name = "([a-z]+\.[a-z_]+\.[a-z_]+)"$', re.MULTILINE)
    rooms = [path for depth in ("*/*", "*/*/*") for path in ROOT.glob(f"services/{depth}/*.py")]
    written = [n for path in rooms for n in named.findall(path.read_text("utf-8"))]
    assert set(written) == {event.name for event in declared_events()}


@EVERY
def test_an_event_is_described_with_type_version_headers_data_and_address(event, catalogue):
    message = catalogue["components"]["messages"][event.type()]
    channel = catalogue["channels"][event.name]
    assert (message["x-event-name"], message["x-event-version"]) == (event.name, event.version)
    assert message["summary"] and message["description"]
    assert message["headers"]["properties"]["cloudEvents:type"]["const"] == event.type()
    assert set(message["payload"]["properties"]) == set(event._declared_fields)
    assert event.type() in channel["messages"]
    assert channel["address"] == message["x-routing-key"]
    Draft7Validator.check_schema(message["payload"])


@EVERY
def test_the_address_of_an_event_is_the_key_by_which_it_travels(event, catalogue):
    told = Envelope("x:1", event.type(), "/x", "x", None, "510183103204", 1, {})
    region = catalogue["components"]["parameters"]["region"]["examples"][-1]
    assert catalogue["channels"][event.name]["address"].format(region=region) == routing_key(told)


@EVERY
def test_every_field_of_the_catalogue_is_public_or_personal(event, catalogue):
    assert undecided_fields(catalogue["components"]["messages"][event.type()]["payload"]) == []


def test_a_field_that_is_neither_public_nor_personal_is_found(undecided):
    assert undecided_fields(data_schema(undecided)) == ["forgotten"]


def test_a_reader_may_not_count_on_a_field_that_needs_a_grant_nor_refuse_a_new_one(undecided):
    schema = data_schema(undecided)
    assert schema["required"] == ["thing_id"]
    Draft7Validator(schema).validate({"thing_id": "1", "added_later": True})


@EVERY
def test_a_pattern_of_the_catalogue_means_the_same_in_every_language(event, catalogue):
    """Python's anchors are letters in ECMA 262, which JSON Schema asks for."""
    payload = catalogue["components"]["messages"][event.type()]["payload"]
    patterns = [field["pattern"] for field in payload["properties"].values() if "pattern" in field]
    assert [pattern for pattern in patterns if re.search(r"\\[AZz]|\(\?P", pattern)] == []


@pytest.mark.parametrize("path", ["/asyncapi.json", "/events-docs"])
def test_anybody_may_read_and_cache_the_catalogue(path, visitor):
    answer = visitor.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"].startswith("public, max-age=")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    again = visitor.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/asyncapi.json", "/events-docs"])
def test_the_catalogue_tells_nothing_of_the_installation(path, visitor):
    text = visitor.get(path).get_data(as_text=True)
    assert [word for word in ("inner", "secret-", "127.0.0.1", "localhost") if word in text] == []


def test_the_page_shows_every_event_with_its_fields_and_needs_no_script(visitor, catalogue):
    page = visitor.get("/events-docs").get_data(as_text=True)
    assert "<script>" not in page and "style=" not in page
    for kind, message in catalogue["components"]["messages"].items():
        section = page.split(f'<article id="{kind}">')[1].split("</article>")[0]
        assert message["x-routing-key"] in section
        for name, field in message["payload"]["properties"].items():
            assert re.search(rf"<code>{name}\*?</code>.*<dd>{field['x-privacy']}</dd>", section)
