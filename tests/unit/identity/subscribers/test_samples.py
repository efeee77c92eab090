"""Every event that can be asked for is shown made up, as it would come, with the address of its schema."""

import json

import pytest

from gateway.app import create_app
from gateway.openapi.document import specification
from services.chassis.core.schemas import Answer
from services.chassis.events.event import Envelope, check_data
from services.civic.settings import CivicSettings
from services.identity.subscribers.delivered import Delivered, cloud_event
from services.identity.subscribers.departments import contract
from services.identity.subscribers.departments.catalogue import EventCatalogue
from services.identity.subscribers.departments.samples import AT
from services.identity.subscribers.feed import contract as feed
from services.identity.subscribers.feed.contract import CloudEvent
from services.identity.subscribers.webhooks import contract as webhooks

TYPES = EventCatalogue(public_url="https://county.example").types


@pytest.mark.parametrize("kind", TYPES, ids=[one["type"] for one in TYPES])
def test_a_sample_fits_the_contract_of_its_event_and_shows_nobody(kind):
    sample = kind["sample"]
    check_data(kind["name"], kind["version"], sample["data"])
    assert sample["type"] == kind["type"]
    assert CloudEvent().dump(sample) == sample


def test_the_schema_of_an_event_is_where_the_event_says():
    web = create_app(CivicSettings(public_url="https://county.example")).test_client()
    for kind in TYPES:
        address = kind["sample"]["dataschema"]
        assert address == kind["dataschema"]
        answer = web.get(address.removeprefix("https://county.example"))
        assert (answer.status_code, json.loads(answer.data)["title"]) == (200, kind["type"])
    assert web.get("/event-schemas/no.such.event.v1.json").status_code == 404


def test_an_event_says_in_which_edition_its_region_is_read_where_that_is_known():
    event = Envelope("e", "xiangzhi.a.b.c.v1", "/xiangzhi/a", "s", AT, "510183", 1, {}, edition="2023")
    assert cloud_event(Delivered(1, event, "x"))["edition"] == "2023"
    unknown = Envelope("e", "xiangzhi.a.b.c.v1", "/xiangzhi/a", "s", AT, "510183", 1, {})
    assert "edition" not in cloud_event(Delivered(1, unknown, "x"))


def test_no_request_of_departments_is_documented_with_null_as_its_default():
    schemas = specification("https://county.example")["components"]["schemas"]
    ours = [
        name
        for module in (contract, feed, webhooks)
        for name, shape in vars(module).items()
        if isinstance(shape, type) and shape.__module__ == module.__name__ and not issubclass(shape, Answer)
    ]
    shown = [name for name in ours if name in schemas]
    assert {"ApplyForSubscription", "GrantSubscription", "Replay"} <= set(shown)
    defaults = [
        (name, field)
        for name in shown
        for field, told in schemas[name].get("properties", {}).items()
        if told.get("default", "") is None
    ]
    assert defaults == []
