"""What departments were promised is kept: no change breaks a reader of a published version of an event."""

import json

import pytest

from gateway.event_schemas import declared_events
from gateway.publish_contracts import FOLDER, contract, file_name, text_of
from gateway.schema_compatibility import breaks

PUBLISH = "run `python -m gateway.publish_contracts` and look at what it changed"
EVENTS = {file_name(event): event for event in declared_events()}
PUBLISHED = sorted(path.name for path in FOLDER.glob("*.json"))
EVERY_PUBLISHED = pytest.mark.parametrize("name", PUBLISHED)


def test_there_are_published_events():
    assert len(PUBLISHED) > 40


@EVERY_PUBLISHED
def test_a_published_event_is_still_declared(name):
    assert name in EVENTS, f"{name} was published: declare the event again, readers wait for it"


@EVERY_PUBLISHED
def test_no_change_breaks_a_reader_of_a_published_event(name):
    if name not in EVENTS:
        pytest.fail(f"{name} is no longer declared")
    event, published = EVENTS[name], json.loads((FOLDER / name).read_text(encoding="utf-8"))
    advice = f"leave v{event.version} as it is and declare version = {event.version + 1} next to it"
    assert breaks(published, contract(event)) == [], advice


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_every_declared_event_is_published_as_it_is_declared(name):
    path = FOLDER / name
    assert path.exists(), f"{name} is not published: {PUBLISH}"
    assert path.read_text(encoding="utf-8") == text_of(EVENTS[name]), f"{name} is out of date: {PUBLISH}"
