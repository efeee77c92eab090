"""Whatever the platform asks of its database is answered from an index and in the index's order, however large it is."""

import contextlib
import inspect

import pytest
from nameko.extensions import ENTRYPOINT_EXTENSIONS_ATTR
from nameko.timer import Timer

from gateway.routes import ALL
from services.chassis.core.calls import utc_now
from services.chassis.core.errors import DomainError
from services.chassis.events.event import DECLARED, Envelope
from services.chassis.relay.outbox import Outboxes
from services.civic.actor import SYSTEM
from services.identity.subscribers.feed.dispatcher import BATCH
from tests.delivering import deliver
from tests.integration.queries.explaining import faults
from tests.integration.queries.hosting import ask

PAGES = 3
SERVICES = ("identity", "affairs", "market", "integrity")
READS = [route for route in ALL if route.reads]
WRITES = [route for route in ALL if not route.reads]

COUNTED = {
    (
        "applications",
        "aggregate",
    ): "an office's open cases, at most as many as are counted, by the desk's index"
}
"""(collection, command) that looks at every key that it counts, with the reason why those are few; scans and sorts are faults there too."""


def wrong(made) -> list[str]:
    """Explain everything that was asked since the last time; gives each fault with the command that has it."""
    client = next(iter(made.databases.values())).client
    found = []
    for database, command in made.watch.take():
        name = next(iter(command))
        counted = (command[name], name) in COUNTED
        found += [f"{fault}: {command}" for fault in faults(client, database, command, counted)]
    return found


def by_name(route) -> str:
    return f"{route.verb} {route.path}"


@pytest.mark.parametrize("route", READS, ids=by_name)
def test_every_list_search_and_single_read_is_answered_from_an_index(made, asking, route):
    service = made.services[route.service]
    door, answered, made.watch.seen = getattr(service, route.name).operation, 0, {}
    for actor in asking.callers(door):
        for request in asking.requests(route):
            for _ in range(PAGES):
                outcome = ask(service, route.name, request, actor)
                assert outcome.error is None or outcome.error.code != "request.invalid", outcome.error.detail
                answered += outcome.error is None
                following = (outcome.result or {}).get("next")
                if not following:
                    break
                request = {**request, _cursor(route): following}
    assert answered, "nobody got an answer: the queries behind the door were not seen"
    assert wrong(made) == []


def test_what_gateways_ask_about_sessions_is_answered_from_an_index(made, asking):
    made.watch.seen = {}
    identity, since = made.services["identity"], asking.values["since"]
    asked = [
        ("ended_sessions", {}),
        ("ended_sessions", {"since": since}),
        ("session_state", {"session_id": "x"}),
    ]
    for door, request in asked:
        assert ask(identity, door, request, SYSTEM).error is None
    assert wrong(made) == []


@pytest.mark.parametrize("kind", ["resident", "official", "department", "visitor"])
def test_what_gateways_ask_before_each_write_is_answered_from_an_index(made, kind):
    made.watch.seen = {}
    asked = {"sessions": [{"session_id": f"no-such-session-{n}", "kind": kind} for n in range(20)]}
    assert ask(made.services["identity"], "introspect_sessions", asked, SYSTEM).result == {"items": []}
    assert wrong(made) == []


def _cursor(route) -> str:
    return "cursor" if "cursor" in route.request._declared_fields else "after"


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_heard_event_changes_is_found_by_an_index(made, asking, name):
    made.watch.seen = {}
    for _, method in inspect.getmembers(made.services[name], inspect.ismethod):
        for event in getattr(getattr(method, "hears", None), "names", ()):
            _hear(method, _event(asking, event))
    assert made.watch.seen
    assert wrong(made) == []


def _hear(method, event: Envelope) -> None:
    with contextlib.suppress(DomainError, OSError):
        deliver(method, event)


def _event(asking, name: str) -> Envelope:
    if name == "#":
        return Envelope.from_document(asking.event)
    data = {field: asking.values.get(field, f"some {field}") for field in DECLARED[name, 1]._declared_fields}
    if name == "identity.region.moved":
        data |= {"code": asking.elsewhere, "new": [asking.village]}
    id = f"test:{name}"
    return Envelope(id, f"xiangzhi.{name}.v1", "/test", id, utc_now(), asking.village, 9, data, "", "", id)


@pytest.mark.parametrize("name", SERVICES)
def test_what_the_clock_looks_for_is_found_by_an_index(made, name):
    made.watch.seen = {}
    for _, method in inspect.getmembers(made.services[name], inspect.ismethod):
        if any(isinstance(one, Timer) for one in getattr(method, ENTRYPOINT_EXTENSIONS_ATTR, ())):
            with contextlib.suppress(DomainError, OSError):
                method()
    assert made.watch.seen or name in ("affairs", "integrity"), "these two have no clock"
    assert wrong(made) == []


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_relay_has_to_publish_is_found_by_an_index(made, name):
    made.watch.seen = {}
    outboxes = Outboxes(made.watched[name])
    outboxes.look()
    for collection in outboxes.collections:
        list(outboxes.pending(collection))
    assert made.watch.seen
    assert wrong(made) == []
    # what waits is counted by its index, key by key
    outboxes.waiting()
    assert [one for one in wrong(made) if "in its plan" in one] == []


def test_what_departments_are_sent_is_found_by_an_index(made):
    made.watch.seen = {}
    subscriptions = made.services["identity"].subscriptions
    failures = made.services["identity"].failed_deliveries
    for delivery in ("stream", "webhook"):
        for department, grant in subscriptions.receiving(delivery)[:3]:
            assert subscriptions.stands(department)
            for position in (0, 4_000):
                assert subscriptions.delivery.after(grant, position, BATCH, utc_now())[0]
            failures.next_due(department.id, utc_now())
            failures.due([department.id], utc_now())
            failures.hurry(department.id, utc_now())
    assert wrong(made) == []


@pytest.mark.parametrize("route", WRITES, ids=by_name)
def test_what_is_written_is_found_by_an_index(made, asking, route):
    service, made.watch.seen = made.services[route.service], {}
    door = getattr(service, route.name).operation
    for actor in asking.callers(door):
        for request in asking.requests(route):
            outcome = ask(service, route.name, request, actor)
            assert outcome.error is None or outcome.error.code != "request.invalid", outcome.error.detail
    assert wrong(made) == []
