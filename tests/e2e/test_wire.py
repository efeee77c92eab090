"""What really travels while the story is told is what the catalogue promises, and what any CloudEvents library reads."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest
import requests
from cloudevents.core.bindings.amqp import AMQPMessage, from_binary_event
from jsonschema import Draft7Validator, FormatChecker

from services.chassis import broker
from services.chassis.events import EXCHANGE, PREFIX, dotted
from tests.architecture.house import SERVICES

CLOUD_EVENT = json.loads((Path(__file__).parents[1] / "data" / "cloudevents-1.0.schema.json").read_text())
KINDS = 25
FORMATS = FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def _is_a_time_with_offset(value) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


class Wire:
    """Hears everything on the events' exchange from now on, through a queue that goes with its connection."""

    def __init__(self, amqp_uri: str):
        # nobody reads the socket while the story is told, so heartbeats would end the connection
        self.connection = broker.connect(amqp_uri, "test wire", heartbeat=0)
        self.channel = self.connection.channel()
        self.channel.auto_decode = False
        self.queue = self.channel.queue_declare(exclusive=True).queue
        self.channel.queue_bind(self.queue, EXCHANGE, "#")
        self.messages: list = []

    def ids(self) -> set[str]:
        """Take what has come in; gives the ids of all events so far."""
        while message := self.channel.basic_get(self.queue, no_ack=True):
            self.messages.append(message)
        return {_attributes(message)["id"] for message in self.messages}


def _attributes(message) -> dict:
    return {name.removeprefix(PREFIX): value for name, value in message.headers.items()}


def _archived(platform) -> set[str]:
    return {one["_id"] for name in SERVICES for one in platform.database(name).events.find({}, {"_id": 1})}


@pytest.fixture(scope="module")
def messages(platform) -> list:
    """Every message of one telling of the story, none missing of those that the services keep as published."""
    wire = Wire(platform.settings.amqp_uri)
    try:
        before = _archived(platform)
        platform.run("python", "-m", "deploy.local.story")
        platform.wait_for(lambda: _archived(platform) - before <= wire.ids())
        yield wire.messages
    finally:
        wire.connection.close()


@pytest.fixture(scope="module")
def catalogue(platform) -> dict:
    answer = requests.get(platform.base + "/asyncapi.json", timeout=10)
    assert answer.status_code == 200
    return answer.json()


def _problems(schema: dict, value) -> list[str]:
    validator = Draft7Validator(schema, format_checker=FORMATS)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def _wrong(messages: list, look) -> dict[str, object]:
    """Give what `look` finds wrong, one finding for each type of event."""
    found = {}
    for message in messages:
        wrong = look(message, _attributes(message)["type"])
        if wrong:
            found[_attributes(message)["type"]] = wrong
    return found


def test_every_kind_of_event_that_the_story_causes_is_in_the_catalogue(messages, catalogue):
    seen = {_attributes(message)["type"] for message in messages}
    assert seen <= set(catalogue["components"]["messages"])
    assert len(seen) >= KINDS, sorted(seen)


def test_the_data_of_every_event_fits_the_catalogue_and_holds_public_fields_only(messages, catalogue):
    def look(message, kind):
        payload, data = catalogue["components"]["messages"][kind]["payload"], json.loads(message.body)
        public = {name for name, field in payload["properties"].items() if field["x-privacy"] == "public"}
        return _problems(payload, data) + sorted(set(data) - public)

    assert _wrong(messages, look) == {}


def test_the_headers_of_every_event_fit_the_catalogue_and_hold_nothing_undeclared(messages, catalogue):
    declared = catalogue["components"]["schemas"]["cloudEvent"]["properties"]

    def look(message, kind):
        schema = {"$ref": f"#/components/messages/{kind}/headers", "components": catalogue["components"]}
        return _problems(schema, message.headers) + sorted(set(message.headers) - set(declared))

    assert _wrong(messages, look) == {}


def test_every_event_travels_by_the_address_that_the_catalogue_names(messages, catalogue):
    def look(message, kind):
        name = catalogue["components"]["messages"][kind]["x-event-name"]
        address = catalogue["channels"][name]["address"]
        expected = address.format(region=dotted(_attributes(message)["region"]))
        key = message.delivery_info["routing_key"]
        return key != expected and f"{key} instead of {expected}"

    assert _wrong(messages, look) == {}


def test_every_event_is_a_cloud_event_by_the_official_schema(messages):
    def look(message, kind):
        structured = _attributes(message) | {
            "datacontenttype": message.properties["content_type"],
            "data": json.loads(message.body),
        }
        odd = [name for name in structured if not re.fullmatch(r"[a-z0-9]{1,20}", name)]
        return _problems(CLOUD_EVENT, structured) + odd

    assert _wrong(messages, look) == {}


def test_an_independent_cloudevents_library_reads_every_event(messages):
    def look(message, kind):
        properties = {"content-type": message.properties["content_type"]}
        read = from_binary_event(AMQPMessage(properties, message.headers, message.body))
        told = _attributes(message)
        read_as = (read.get_id(), read.get_type(), read.get_source(), read.get_subject(), read.get_data())
        expected = (told["id"], kind, told["source"], told["subject"], json.loads(message.body))
        same_time = read.get_time() == datetime.fromisoformat(told["time"])
        return (read_as != expected or not same_time) and f"{read_as} instead of {expected}"

    assert _wrong(messages, look) == {}
