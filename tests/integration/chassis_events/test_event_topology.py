"""The declaration of exchanges, queues, bindings and indexes."""

from dataclasses import replace

import pytest
from events_host import Echo
from events_place import event

from services.chassis.amqp import topology
from services.chassis.listeners import hears
from services.chassis.runtime.declare import declare_all


class Earlier:
    """The service as it was: it heard more."""

    name = "echo"

    @hears("test.thing.happened", "test.thing.removed", queue="plain")
    def on_thing(self, event, call):
        """Nothing to do."""

    @hears("test.thing.forgotten", queue="old")
    def on_forgotten(self, event, call):
        """Nothing to do."""


def keys(place, queue: str) -> set[str]:
    """Give the keys that bind a queue to the events."""
    from services.chassis.amqp.management import binding_keys

    return set(binding_keys(place.settings).get(queue, ()))


def test_declaring_twice_changes_nothing(place, capsys):
    declare_all(place.settings, [Echo])
    before = keys(place, "echo.plain.v1")
    declare_all(place.settings, [Echo])
    assert keys(place, "echo.plain.v1") == before
    assert before == {"test.thing.happened.#", "test.thing.changed.#", "test.thing.added.#"}
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == lines[1] and lines[0].startswith("echo: 2 queues, 4 bindings")


class Choosy:
    """A service that needs few of the events that there are."""

    name = "echo"

    @hears("test.thing.happened", queue="helped", selector="helper_id")
    def on_helped(self, event, call):
        """Nothing to do."""


def test_what_does_not_concern_a_queue_never_comes_to_it(place):
    declare_all(place.settings, [Choosy, Echo])
    helped = replace(event("a", 1, helper_id="h"), selectors="helper_id")
    both = replace(event("a", 2, helper_id="h"), selectors="another_id.helper_id.third_id")
    other = replace(event("a", 3), selectors="another_id")
    place.publish(helped, both, other, event("a", 4))
    assert (place.depth("echo.helped.v1"), place.depth("echo.plain.v1")) == (2, 4)


def test_indexes_are_there_after_the_declaration(place):
    declare_all(place.settings, [Echo])
    database = place.database("echo")
    assert {"events", "inbox", "held", "heartbeats", "suspects"} <= set(database.list_collection_names())
    assert database.inbox.index_information()["forgotten"]["expireAfterSeconds"] == 30 * 24 * 3600


def test_bindings_that_are_no_longer_declared_go_only_when_asked(place, capsys):
    declare_all(place.settings, [Earlier])
    declare_all(place.settings, [Echo])
    assert "test.thing.removed.#" in keys(place, "echo.plain.v1")
    declare_all(place.settings, [Echo], prune=True)
    assert "test.thing.removed.#" not in keys(place, "echo.plain.v1")
    assert "test.thing.changed.#" in keys(place, "echo.plain.v1")
    assert keys(place, "echo.old.v1") == set()
    assert "no handler listens to it any more" in capsys.readouterr().out
    assert place.depth("echo.old.v1") == 0


def test_a_queue_with_other_arguments_is_one_sentence_that_says_what_to_do(place):
    with place.connect() as connection:
        arguments = {"x-queue-type": "quorum"}
        how = {"durable": True, "auto_delete": False, "arguments": arguments}
        connection.channel().queue_declare("other.plain.v1", **how)
    other = type("Other", (Earlier,), {"name": "other"})
    with pytest.raises(topology.OtherArguments, match=r"Queue other\.plain\.v1 .*: raise the version"):
        declare_all(place.settings, [other])


def test_the_command_says_when_the_broker_is_away(place):
    answer = place.command("runtime.declare", AMQP_URI="amqp://guest:guest@127.0.0.1:1//")
    assert answer.returncode == 1
    assert answer.stderr.strip().splitlines()[-1].startswith("RabbitMQ or MongoDB cannot be used")


def test_two_handlers_of_one_event_on_one_queue_are_refused_at_start():
    from services.chassis.listeners.consumer import QueueConsumer

    consumer = QueueConsumer("plain")
    consumer.queue = "echo.plain.v1"
    mark = next(iter(Earlier.on_thing.nameko_entrypoints))
    consumer.entrypoints = [mark, mark]
    with pytest.raises(TypeError, match="two handlers hear"):
        consumer._handlers()
