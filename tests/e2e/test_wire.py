"""What really travels is what the catalogue promises, and what any CloudEvents library reads.

On the exchange while the story is told, and in every stream of every department: the witness's, which was granted
everything with all personal fields, the story's, and those of the tests before. No stream carries a personal field.
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from urllib.parse import quote, urlsplit

import pytest
import requests
from cloudevents.core.bindings.amqp import AMQPMessage, from_binary_event

from services.chassis.amqp.transport import in_virtual_host
from services.chassis.events.event import PREFIX, dotted
from services.identity.subscribers.departments.catalogue import EventCatalogue
from tests.architecture.house import SERVICES
from tests.e2e.test_departments import granted
from tests.e2e.wire import CLOUD_EVENT, Wire, attributes, problems, read_streams, structured

KINDS = 25
INNER = {PREFIX + "traceparent", PREFIX + "correlation"}


def _archived(platform) -> set[str]:
    return {one["_id"] for name in SERVICES for one in platform.database(name).events.find({}, {"_id": 1})}


@pytest.fixture(scope="module")
def catalogue(platform) -> dict:
    answer = requests.get(platform.base + "/asyncapi.json", timeout=10)
    assert answer.status_code == 200
    return answer.json()


OFFERED = frozenset(EventCatalogue().names)
"""The events that departments can be granted; with the others the platform keeps itself running."""


def name_of(kind: str) -> str:
    """Give an event's name without prefix and version."""
    return kind.removeprefix("xiangzhi.").rsplit(".v", 1)[0]


@dataclass
class Travelled:
    """Messages of the exchange and of the streams; `given` are the witness's credentials."""

    exchange: list
    streams: list
    given: dict


@pytest.fixture(scope="module")
def travelled(platform, staff, catalogue) -> Travelled:
    """Every message of one telling of the story, and of every stream; none missing of those that the services keep."""
    fields = sorted(_personal_fields(catalogue))
    asked = {"events": ["#"], "region": "510183", "personal_fields": fields, "history": True}
    witness, wire = granted(platform, staff, **asked), Wire(platform.settings.amqp_uri)
    try:
        before = _archived(platform)
        platform.run("python", "-m", "deploy.local.story")
        platform.let_the_hour_pass()
        platform.wait_for(lambda: _archived(platform) - before <= wire.ids())
        fed = platform.wait_for(lambda: _fed(platform, witness.id, wire.ids()))
        uri = in_virtual_host(platform.settings.amqp_uri, platform.settings.departments_vhost)
        yield Travelled(wire.messages, read_streams(uri, fed), witness.given["credentials"])
    finally:
        wire.connection.close()
        staff["data"].post(f"/departments/{witness.id}/revocation", {"reason": "测试结束"})


def _fed(platform, witness: str, ids: set[str]) -> dict[str, int]:
    """Give each stream's last number, once the witness was fed all of these events that are offered to departments."""
    database = platform.database("identity")
    found = list(database.feed.find({"event.id": {"$in": list(ids)}}, {"_id": 1, "name": 1}))
    positions = [one["_id"] for one in found if one["name"] in OFFERED]
    cursors = {one["_id"]: one for one in database.cursors.find()}
    fed = cursors.get(witness, {"position": 0})["position"]
    arrived = len(found) == len(ids) and fed >= max(positions)
    return {f"dept.{id}": one["number"] for id, one in cursors.items() if one["number"]} if arrived else {}


def _personal_fields(catalogue: dict) -> set[str]:
    return {
        f"{message['x-event-name']}:{name}"
        for message in catalogue["components"]["messages"].values()
        for name, field in message["payload"]["properties"].items()
        if field["x-privacy"] == "personal"
    }


@pytest.fixture(params=["exchange", "streams"])
def messages(request, travelled) -> list:
    """What travelled on one of the two ways."""
    return getattr(travelled, request.param)


def _wrong(messages: list, look) -> dict[str, object]:
    """Give what `look` finds wrong, one finding for each type of event."""
    found = {}
    for message in messages:
        wrong = look(message, attributes(message)["type"])
        if wrong:
            found[attributes(message)["type"]] = wrong
    return found


def _wrong_data(message, catalogue: dict) -> list[str]:
    payload = catalogue["components"]["messages"][attributes(message)["type"]]["payload"]
    data = json.loads(message.body)
    allowed = {name for name, field in payload["properties"].items() if field["x-privacy"] == "public"}
    return problems(payload, data) + sorted(set(data) - allowed)


def _wrong_headers(message, catalogue: dict) -> list[str]:
    declared = catalogue["components"]["schemas"]["cloudEvent"]["properties"]
    of = f"#/components/messages/{attributes(message)['type']}/headers"
    found = problems({"$ref": of, "components": catalogue["components"]}, message.headers)
    return found + sorted(set(message.headers) - set(declared))


def _wrong_cloud_event(message) -> list[str]:
    told = structured(message)
    return problems(CLOUD_EVENT, told) + [name for name in told if not re.fullmatch(r"[a-z0-9]{1,20}", name)]


def _wrong_place(message) -> list[str]:
    """A department is told where in the feed and in its stream an event is, and nothing of the platform inside."""
    places = {name: attributes(message).get(name, "") for name in ("feednumber", "feedposition")}
    found = [f"{name}: {value!r}" for name, value in places.items() if not re.fullmatch("[1-9][0-9]*", value)]
    return found + sorted(INNER & set(message.headers))


def test_every_kind_of_event_that_the_story_causes_is_in_the_catalogue(messages, catalogue):
    seen = {attributes(message)["type"] for message in messages}
    assert seen <= set(catalogue["components"]["messages"])
    assert len(seen) >= KINDS, sorted(seen)


def test_a_department_s_stream_brings_only_what_departments_are_offered(travelled, catalogue):
    seen = {attributes(message)["type"] for message in travelled.streams}
    assert seen and seen <= set(catalogue["channels"]["departmentStream"]["messages"])


def test_the_data_of_every_event_fits_the_catalogue_and_holds_what_is_public(messages, catalogue):
    assert _wrong(messages, lambda message, kind: _wrong_data(message, catalogue)) == {}


def test_the_headers_of_every_event_fit_the_catalogue_and_hold_nothing_undeclared(messages, catalogue):
    assert _wrong(messages, lambda message, kind: _wrong_headers(message, catalogue)) == {}


def test_every_event_travels_by_the_address_that_the_catalogue_names(travelled, catalogue):
    def look(message, kind):
        name = catalogue["components"]["messages"][kind]["x-event-name"]
        address = catalogue["channels"][name]["address"]
        expected = address.format(region=dotted(attributes(message)["region"]))
        key = message.delivery_info["routing_key"]
        return key != expected and f"{key} instead of {expected}"

    assert _wrong(travelled.exchange, look) == {}


def test_every_event_is_a_cloud_event_by_the_official_schema(messages):
    assert _wrong(messages, lambda message, kind: _wrong_cloud_event(message)) == {}


def test_an_independent_cloudevents_library_reads_every_event(messages):
    def look(message, kind):
        properties = {"content-type": message.properties["content_type"]}
        read = from_binary_event(AMQPMessage(properties, message.headers, message.body))
        told = attributes(message)
        read_as = (read.get_id(), read.get_type(), read.get_source(), read.get_subject(), read.get_data())
        expected = (told["id"], kind, told["source"], told["subject"], json.loads(message.body))
        same_time = read.get_time() == datetime.fromisoformat(told["time"])
        return (read_as != expected or not same_time) and f"{read_as} instead of {expected}"

    assert _wrong(messages, look) == {}


def test_a_department_is_told_every_event_s_place_and_nothing_of_the_platform_inside(travelled):
    assert _wrong(travelled.streams, lambda message, kind: _wrong_place(message)) == {}


def test_a_stream_s_events_are_numbered_without_gaps_in_the_order_of_the_feed(travelled):
    places: dict[str, dict[int, int]] = defaultdict(dict)
    for message in travelled.streams:
        told = attributes(message)
        place = places[message.delivery_info["routing_key"]]
        assert place.setdefault(int(told["feednumber"]), int(told["feedposition"])) == int(
            told["feedposition"]
        )
    assert len(places) >= 2
    for place in places.values():
        assert list(place) == list(range(1, len(place) + 1))
        assert list(place.values()) == sorted(set(place.values()))


def test_a_department_reads_with_its_own_account_what_the_operator_reads(platform, travelled):
    given = travelled.given
    own = [one for one in travelled.streams if one.delivery_info["routing_key"] == given["stream"]]
    last = max(int(attributes(message)["feednumber"]) for message in own)
    host = urlsplit(platform.settings.amqp_uri).netloc.rsplit("@")[-1]
    account = f"amqp://{given['user']}:{quote(given['password'], safe='')}@{host}"
    read = read_streams(in_virtual_host(account, given["vhost"]), {given["stream"]: last})
    # what was fed since may have come along
    read = [message for message in read if int(attributes(message)["feednumber"]) <= last]
    assert [(one.headers, one.body) for one in read] == [(one.headers, one.body) for one in own]


def test_who_was_granted_everything_gets_every_event_of_the_exchange_and_is_told_where_to_pull_names(
    travelled, catalogue
):
    own = [one for one in travelled.streams if one.delivery_info["routing_key"] == travelled.given["stream"]]
    offered = [one for one in travelled.exchange if name_of(attributes(one)["type"]) in OFFERED]
    assert {attributes(one)["id"] for one in offered} <= {attributes(one)["id"] for one in own}
    assert {name_of(attributes(one)["type"]) for one in own} <= OFFERED
    named = {field.split(":")[0] for field in _personal_fields(catalogue)}
    marked = {
        name_of(attributes(one)["type"]) for one in own if attributes(one).get("personaldata") == "pull"
    }
    unmarked = {name_of(attributes(one)["type"]) for one in own if "personaldata" not in attributes(one)}
    assert len(marked) >= 2 and marked <= named and not unmarked & named


TAMPERED = {
    "nothing": ({}, {}),
    "a number that is none": ({"feednumber": "two"}, {}),
    "no place in the feed": ({"feedposition": None}, {}),
    "an attribute that is not declared": ({"feedvillage": "x"}, {}),
    "an attribute of the inside": ({"correlation": "x"}, {}),
    "no time": ({"time": "yesterday"}, {}),
    "no source": ({"source": None}, {}),
    "a field that is not declared": ({}, {"id_number": "510183199001011234"}),
    "a personal field that is no text": ({}, {"resident_name": 5}),
    "a public field that is missing": ({}, {"resident_id": None}),
    "a personal field": ({}, {"resident_phone": "13800000000"}),
    "personal data from elsewhere": ({"personaldata": "push"}, {}),
}
"""Ways to break a promise: (changes of the attributes, changes of the data); None takes away."""


@pytest.mark.parametrize("way", TAMPERED)
def test_a_message_that_breaks_a_promise_is_noticed(travelled, catalogue, way):
    first = next(
        message for message in travelled.streams if attributes(message)["type"].endswith(".registered.v1")
    )
    headers, data = ({**told, **changes} for told, changes in _changed(first, TAMPERED[way]))
    tampered = SimpleNamespace(
        headers={name: value for name, value in headers.items() if value is not None},
        body=json.dumps({name: value for name, value in data.items() if value is not None}),
        properties=first.properties,
        delivery_info=first.delivery_info,
    )

    def found(message) -> list[str]:
        wrong = _wrong_data(message, catalogue) + _wrong_headers(message, catalogue)
        return wrong + _wrong_cloud_event(message) + _wrong_place(message)

    assert bool(found(tampered)) == (way != "nothing"), found(tampered)


def _changed(message, changes):
    attributes, data = changes
    named = {PREFIX + name: value for name, value in attributes.items()}
    return (message.headers, named), (json.loads(message.body), data)
