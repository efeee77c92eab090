"""The cache hears its events from a real broker, and is not used without it."""

import time

from gateway.cache import invalidation_listener
from gateway.cache.store import KeptAnswers


def test_an_event_ends_what_it_is_about(scene):
    scene.keep("/listings")
    scene.keep("/listings/one", subject="one")
    scene.keep("/listings/two", subject="two")
    scene.keep("/complaint-categories", ())
    scene.tell("affairs.matter.changed", "one")
    scene.tell("market.listing.sold", "one")
    scene.until(lambda: not scene.kept("/listings/one"))
    assert not scene.kept("/listings") and scene.kept("/listings/two") and scene.kept("/complaint-categories")


def test_a_slow_read_that_an_event_overtakes_is_not_kept(scene):
    slow, _ = scene.store.begin(("/listings", ""), ("market.listing.*",), None)
    scene.keep("/listings/one", subject="one")
    scene.tell("market.listing.sold", "one")
    scene.until(lambda: not scene.kept("/listings/one"))
    scene.store.end(slow, b"old", "/listings")
    assert slow.held is None and not scene.kept("/listings")


def test_a_cut_connection_stops_the_use_at_once_and_it_comes_back_empty(scene):
    scene.keep("/complaint-categories", ())
    old = scene.until(scene.queues)
    scene.until(scene.connections)
    seen = []
    empty = scene.store.empty
    scene.store.empty = lambda: (empty(), seen.append(scene.store.usable))
    scene.cut()
    scene.until(lambda: seen)
    assert seen[0] is False
    scene.until(lambda: scene.store.usable)
    assert not scene.kept("/complaint-categories") and len(scene.store) == 0
    scene.keep("/listings")
    scene.tell("market.listing.sold", "x")
    scene.until(lambda: not scene.kept("/listings"))
    assert scene.until(lambda: len(scene.queues()) == 1 and scene.queues()) != old


def test_a_connection_on_which_nothing_comes_back_is_given_up_though_nobody_closed_it(scene, monkeypatch):
    monkeypatch.setattr(invalidation_listener, "GIVEN_UP", 0.5)
    (old,) = scene.until(scene.queues)
    # the consumer is gone and nobody says so: what is sent through the queue stays in it
    channel = scene.declaration._channel
    monkeypatch.setitem(channel.callbacks, next(iter(channel.callbacks)), lambda message: None)
    scene.until(lambda: not scene.store.usable)
    scene.until(lambda: scene.store.usable)
    assert scene.until(lambda: old not in scene.queues() and scene.queues())


def test_who_ends_leaves_no_queue_and_no_connection_and_an_empty_store(scene):
    scene.keep("/listings")
    scene.until(scene.queues)
    scene.declaration.close()
    assert not scene.store.usable and len(scene.store) == 0
    scene.until(lambda: not scene.queues() and not scene.connections())


def test_where_nothing_is_declared_no_queue_is_made_that_would_swallow_events(bare):
    bare.hear()
    time.sleep(0.5)
    assert not bare.store.usable and bare.queues() == []
    bare.declare()
    bare.until(lambda: bare.store.usable)


def test_without_a_broker_nothing_is_kept_and_nothing_fails(bare):
    store = KeptAnswers(10**6, 3600, [()])
    deaf = invalidation_listener.InvalidationListener("amqp://guest:guest@127.0.0.1:1//", [], store)
    time.sleep(0.3)
    assert not store.usable and store.begin(("/regions", ""), (), None) is None
    deaf.close()
