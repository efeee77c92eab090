"""Events travel as CloudEvents 1.0 in binary mode, declared field by field."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from marshmallow import fields

from services.chassis.amqp.frames import publish_frames
from services.chassis.amqp.topology import EXCHANGE
from services.chassis.events import event
from services.chassis.events.event import Envelope, Event, personal, public

SCHEMA = json.loads((Path(__file__).parents[2] / "data" / "cloudevents-1.0.schema.json").read_text())


@pytest.fixture(scope="module", autouse=True)
def something_happened():
    """An event for these tests only."""

    class SomethingHappened(Event):
        name = "example.thing.happened"
        selectors = ("helper_id",)
        thing_id = public(fields.String(required=True))
        helper_id = public(fields.String())
        owner = personal(fields.String(), of="thing_id", take="name")

    yield
    del event.DECLARED["example.thing.happened", 1]


def envelope(**data):
    return Envelope(
        id="thing:3",
        type="xiangzhi.example.thing.happened.v1",
        source="/xiangzhi/example",
        subject="thing",
        time=datetime(2026, 11, 21, 8, 0, tzinfo=UTC),
        region="510183103204",
        sequence=3,
        data={"thing_id": "thing", **data},
        traceparent="00-" + "a" * 32 + "-" + "b" * 16 + "-01",
        correlation="request-1",
        partitionkey="thing",
    )


def test_an_event_crosses_the_wire_whole():
    body, properties = event.to_message(envelope())
    assert event.from_message(body, properties["headers"]) == envelope()


def test_its_attributes_are_a_valid_cloud_event():
    body, properties = event.to_message(envelope())
    attributes = {name.removeprefix("cloudEvents:"): value for name, value in properties["headers"].items()}
    jsonschema.validate({**attributes, "data": json.loads(body)}, SCHEMA)


def test_it_is_routed_by_name_and_every_level_of_its_region():
    assert event.routing_key(envelope()) == "example.thing.happened.510183.103.204"
    assert event.dotted("510183") == "510183"


def test_what_few_events_hold_stands_in_the_key_and_nowhere_else():
    assert event.selectors_of("example.thing.happened", 1, {"thing_id": "a"}) == ""
    assert event.selectors_of("example.thing.happened", 1, {"thing_id": "a", "helper_id": None}) == ""
    assert event.selectors_of("example.thing.happened", 1, {"thing_id": "a", "helper_id": "h"}) == "helper_id"
    told = replace(envelope(helper_id="h"), selectors="helper_id")
    assert event.routing_key(told) == "example.thing.happened.510183.103.204.helper_id"
    assert event.Envelope.from_document(told.to_document()) == told
    assert "selectors" not in envelope().to_document()
    assert "selectors" not in str(event.to_message(told)) and not event.public_part(told).selectors


@pytest.mark.parametrize("data", [{}, {"thing_id": "a", "phone": "b"}, {"thing_id": 5}])
def test_data_that_the_contract_does_not_declare_never_leaves(data):
    with pytest.raises(ValueError, match="does not fit its contract"):
        event.check_data("example.thing.happened", 1, data)


def test_a_personal_field_is_never_emitted():
    with pytest.raises(ValueError, match="personal"):
        event.check_data("example.thing.happened", 1, {"thing_id": "a", "owner": "王秀英"})


def test_an_undeclared_event_never_leaves():
    with pytest.raises(LookupError, match="not declared"):
        event.check_data("example.thing.vanished", 1, {})


def test_the_public_part_has_no_personal_field_and_no_correlation():
    shown = event.public_part(envelope(owner="王秀英"))
    assert shown.data == {"thing_id": "thing"}
    assert shown.correlation == "" and shown.traceparent == ""


@pytest.mark.parametrize(
    "headers", [{}, {"cloudEvents:id": "a"}, {"cloudEvents:id": "a", "cloudEvents:time": "soon"}]
)
def test_a_message_that_is_no_event_is_told_so(headers):
    with pytest.raises(ValueError, match="not an event of ours"):
        event.from_message(b"{}", headers)


@pytest.mark.parametrize("body", [b"", b"\xff", b"[]", b"{"])
def test_a_body_that_is_no_object_is_told_so(body):
    _, properties = event.to_message(envelope())
    with pytest.raises(ValueError, match="not an event of ours"):
        event.from_message(body, properties["headers"])


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "x" * 253 + ":3"},
        {"id": "x" * 240 + ":3"},  # its five hundredth event would be longer
        {"id": "村" * 80 + ":3"},
        {"type": f"xiangzhi.example.thing.{'x' * 240}.v1"},
        {"correlation": "x" * 70_000},
    ],
)
def test_an_event_that_amqp_cannot_carry_is_refused_before_it_is_stored(changes):
    with pytest.raises(ValueError, match="too long for AMQP"):
        replace(envelope(), **changes).to_document()


def test_the_longest_event_that_is_stored_can_be_published_with_any_number():
    last = 2**63 - 1
    name = "x" * (255 - len("example.thing..510183.103.204"))
    longest = replace(envelope(), id="x" * 235 + ":3", type=f"xiangzhi.example.thing.{name}.v1")
    longest.to_document()
    later = replace(longest, id="x" * 235 + f":{last}", sequence=last)
    body, properties = event.to_message(later)
    assert publish_frames(1, EXCHANGE, event.routing_key(later), body, properties, 131072)
