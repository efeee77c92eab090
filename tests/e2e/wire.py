"""What really travels, read from outside: the services' exchange, and the departments' streams."""

import json
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

from jsonschema import Draft7Validator, FormatChecker

from services.chassis.amqp import transport
from services.chassis.amqp.topology import EXCHANGE
from services.chassis.events.event import PREFIX

CLOUD_EVENT = json.loads((Path(__file__).parents[1] / "data" / "cloudevents-1.0.schema.json").read_text())
FORMATS = FormatChecker(formats=())
READ_SECONDS = 60


@FORMATS.checks("date-time", raises=ValueError)
def _is_a_time_with_offset(value) -> bool:
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


class Wire:
    """Hears everything on the events' exchange from now on, through a queue that goes with its connection."""

    def __init__(self, amqp_uri: str):
        # nobody reads the socket while the story is told, so heartbeats would end the connection
        self.connection = transport.connect(amqp_uri, "test wire", heartbeat=0)
        self.channel = self.connection.channel()
        self.channel.auto_decode = False
        self.queue = self.channel.queue_declare(exclusive=True).queue
        self.channel.queue_bind(self.queue, EXCHANGE, "#")
        self.messages: list = []

    def ids(self) -> set[str]:
        """Take what has come in; gives the ids of all events so far."""
        while message := self.channel.basic_get(self.queue, no_ack=True):
            self.messages.append(message)
        return {attributes(message)["id"] for message in self.messages}


def read_streams(amqp_uri: str, fed: dict[str, int]) -> list:
    """Read streams from their first message to the one numbered as `fed` says; fails after a minute."""
    messages, behind, end = [], dict(fed), time.monotonic() + READ_SECONDS

    def keep(message) -> None:
        messages.append(message)
        stream = message.delivery_info["routing_key"]
        if int(attributes(message)["feednumber"]) >= fed[stream]:
            behind.pop(stream, None)
        message.channel.basic_ack(message.delivery_tag)

    with closing(transport.connect(amqp_uri, "test streams")) as connection:
        channel = connection.channel()
        channel.auto_decode = False
        channel.basic_qos(0, 100, False)
        for stream in fed:
            channel.basic_consume(stream, callback=keep, arguments={"x-stream-offset": "first"})
        while behind:
            assert time.monotonic() < end, f"not read to the end: {behind}"
            connection.drain_events(timeout=READ_SECONDS)
    return messages


def attributes(message) -> dict:
    """Give the CloudEvents attributes of a message by their names."""
    named = message.headers.items()
    return {name.removeprefix(PREFIX): value for name, value in named if name.startswith(PREFIX)}


def structured(message) -> dict:
    """Give a message as CloudEvents' JSON format has it."""
    told = {"datacontenttype": message.properties["content_type"], "data": json.loads(message.body)}
    return attributes(message) | told


def problems(schema: dict, value) -> list[str]:
    """Give what a JSON schema finds wrong."""
    validator = Draft7Validator(schema, format_checker=FORMATS)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]
