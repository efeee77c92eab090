"""Publishing writes what is new, carries harmless changes over, and refuses what would break a reader."""

import json

import pytest
from marshmallow import fields

from gateway.publish_contracts import file_name, publish
from services.chassis.events.event import DECLARED, Event, personal, public


@pytest.fixture
def declare():
    """Declare an event with these fields, gone after the test."""

    def declare(version: int = 1, **shape) -> type[Event]:
        described = {"__doc__": "A thing moved.", "name": "example.thing.moved", "version": version}
        return type("ThingMoved", (Event,), {**described, **shape})

    yield declare
    for version in (1, 2):
        DECLARED.pop(("example.thing.moved", version), None)


def _id():
    return public(fields.String(required=True))


def test_a_new_event_gets_its_file_and_a_second_time_nothing_is_written(declare, tmp_path):
    event = declare(thing_id=_id())
    assert publish(tmp_path, [event]).written == ["example.thing.moved.v1.json"]
    kept = json.loads((tmp_path / file_name(event)).read_text())
    assert kept["required"] == ["thing_id"]
    assert publish(tmp_path, [event]).written == []


def test_a_new_field_is_carried_over_into_the_published_file(declare, tmp_path):
    publish(tmp_path, [declare(thing_id=_id())])
    event = declare(thing_id=_id(), note=public(fields.String()))
    outcome = publish(tmp_path, [event])
    assert (outcome.written, outcome.refused) == ([file_name(event)], [])
    assert "note" in json.loads((tmp_path / file_name(event)).read_text())["properties"]


def test_a_change_that_breaks_a_reader_is_refused_and_the_file_stays_as_it_was(declare, tmp_path):
    event = declare(thing_id=_id(), note=_id())
    publish(tmp_path, [event])
    before = (tmp_path / file_name(event)).read_bytes()
    outcome = publish(tmp_path, [declare(thing_id=_id())])
    assert outcome.written == [] and (tmp_path / file_name(event)).read_bytes() == before
    assert "note: the field goes away" in outcome.refused[0]
    assert "declare version = 2 next to it" in outcome.refused[0]


def test_the_next_version_stands_next_to_the_old_one(declare, tmp_path):
    old = declare(thing_id=_id(), note=_id())
    publish(tmp_path, [old])
    new = declare(version=2, thing_id=_id())
    outcome = publish(tmp_path, [old, new])
    assert (outcome.written, outcome.refused) == (["example.thing.moved.v2.json"], [])


def test_a_published_event_that_is_no_longer_declared_is_named(declare, tmp_path):
    publish(tmp_path, [declare(thing_id=_id())])
    refused = publish(tmp_path, []).refused
    assert len(refused) == 1 and "example.thing.moved.v1" in refused[0] and "declare it again" in refused[0]


def test_a_field_that_nobody_decided_on_is_not_published(declare, tmp_path):
    outcome = publish(tmp_path, [declare(thing_id=_id(), note=fields.String())])
    assert outcome.written == [] and "note: is neither public nor personal" in outcome.refused[0]


def test_a_field_that_needs_a_grant_is_published_as_one_that_may_be_absent(declare, tmp_path):
    event = declare(thing_id=_id(), owner=personal(fields.String(required=True), of="thing_id", take="name"))
    publish(tmp_path, [event])
    kept = json.loads((tmp_path / file_name(event)).read_text())
    assert kept["required"] == ["thing_id"] and kept["properties"]["owner"]["x-privacy"] == "personal"
