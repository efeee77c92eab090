"""What the gateway keeps holds, is bounded, and is used only while the events are heard; also under many threads."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from gateway.cache.entry import OVERHEAD
from gateway.cache.store import SILENCE, KeptAnswers

LISTINGS = ("market.listing.*",)
UNTOLD = ()
SOLD = "xiangzhi.market.listing.sold.v1"
PATIENCE = 20
MAX_AGE = 30


class Clock:
    """Seconds that only the test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def store(clock):
    """A store that hears everything from now on, with room for 40 small answers."""
    made = KeptAnswers(40 * (OVERHEAD + 100), MAX_AGE, [LISTINGS, UNTOLD], clock)
    made.heard_everything(float("inf"))
    return made


def ask(store, path, body=b"{}", group=LISTINGS, subject=None):
    """Ask as the one who leads, and keep the answer."""
    asking, leads = store.begin((path, ""), group, subject)
    assert leads
    store.end(asking, body, f"GET {path}")
    return asking.held


def kept(store, path) -> bool:
    return store.find((path, "")) is not None


def test_what_was_asked_for_is_kept_byte_for_byte(store):
    ask(store, "/listings", b'{"items": []}')
    assert store.find(("/listings", "")).body == b'{"items": []}'
    assert store.find(("/listings", "text=x")) is None
    assert store.find(("/listings?text=x", "")) is None


def test_an_event_ends_the_lists_and_its_own_thing_and_nothing_else(store):
    ask(store, "/listings")
    ask(store, "/listings/one", subject="one")
    ask(store, "/listings/two", subject="two")
    ask(store, "/complaint-categories", group=UNTOLD)
    store.changed(SOLD, "one")
    shown = {
        p: kept(store, p) for p in ("/listings", "/listings/one", "/listings/two", "/complaint-categories")
    }
    assert list(shown.values()) == [False, False, True, True]


def test_an_event_of_another_kind_ends_nothing_and_one_that_nobody_knows_ends_everything_of_its_subject(
    store,
):
    groups = [LISTINGS, ("affairs.matter.*",)]
    both = KeptAnswers(10**6, MAX_AGE, groups)
    both.heard_everything(float("inf"))
    ask(both, "/listings")
    ask(both, "/matters", group=groups[1])
    both.changed(SOLD, "x")
    assert (kept(both, "/listings"), kept(both, "/matters")) == (False, True)
    both.changed("None", "None")
    assert not kept(both, "/matters")


def test_a_read_that_began_before_an_event_is_not_kept_after_it(store):
    asking, _ = store.begin(("/listings", ""), LISTINGS, None)
    store.changed(SOLD, "x")
    store.end(asking, b"old", "GET /listings")
    assert asking.held is None and not kept(store, "/listings")


def test_a_read_that_began_before_the_hearing_was_lost_is_not_kept_when_it_is_back(store):
    asking, _ = store.begin(("/complaint-categories", ""), UNTOLD, None)
    store.empty()
    store.heard_everything(float("inf"))
    store.end(asking, b"old", "GET /complaint-categories")
    assert not kept(store, "/complaint-categories")


def test_nothing_is_used_or_kept_while_nothing_is_heard_and_it_comes_back_empty(store):
    ask(store, "/listings")
    store.empty()
    assert not kept(store, "/listings") and store.begin(("/listings", ""), LISTINGS, None) is None
    store.heard_everything(float("inf"))
    assert not kept(store, "/listings") and len(store) == 0


def test_a_connection_without_a_sign_of_life_is_not_believed(store, clock):
    store.heard_everything(clock.now)
    ask(store, "/listings")
    clock.now += SILENCE - 0.1
    assert kept(store, "/listings")
    clock.now += 0.1
    assert not kept(store, "/listings") and store.begin(("/listings", ""), LISTINGS, None) is None


def test_an_answer_is_never_older_than_the_limit_counted_from_its_question(store, clock):
    asking, _ = store.begin(("/complaint-categories", ""), UNTOLD, None)
    clock.now += MAX_AGE - 1
    store.end(asking, b"{}", "GET /complaint-categories")
    assert store.age(store.find(("/complaint-categories", ""))) == MAX_AGE - 1
    clock.now += 1
    assert not kept(store, "/complaint-categories")


def test_a_flood_of_questions_that_nobody_repeats_pushes_out_nothing_that_is_asked_for_often(store):
    for path in ("/regions", "/matters"):
        ask(store, path)
        assert kept(store, path)
    for number in range(1000):
        ask(store, f"/listings/{number}", b"x" * 50)
    assert kept(store, "/regions") and kept(store, "/matters")
    assert not kept(store, "/listings/1") and kept(store, "/listings/999")


def test_the_bytes_stay_within_their_bound_and_one_large_answer_pushes_nothing_out(store):
    ask(store, "/regions")
    for number in range(300):
        ask(store, f"/listings/{number}", b"x" * (number * 7))
        if number % 2:
            kept(store, f"/listings/{number}")
        assert store.size <= 40 * (OVERHEAD + 100)
    before = len(store)
    assert ask(store, "/huge", b"x" * 10**6) and len(store) == before and not kept(store, "/huge")


def test_what_is_used_least_recently_goes_first(store):
    for number in range(40):
        ask(store, f"/{number}")
        kept(store, f"/{number}")
        kept(store, "/0")
    assert kept(store, "/0") and not kept(store, "/1") and kept(store, "/39")


def test_those_who_want_the_same_wait_for_the_one_who_asks(store):
    asking, leads = store.begin(("/listings", ""), LISTINGS, None)
    with ThreadPoolExecutor(8) as pool:
        others = [pool.submit(store.begin, ("/listings", ""), LISTINGS, None) for _ in range(8)]
        assert leads and all(one.result() == (asking, False) for one in others)
        waiting = [pool.submit(asking.wait, PATIENCE) for _ in range(8)]
        store.end(asking, b"{}", "GET /listings")
        assert {one.result(PATIENCE / 2).body for one in waiting} == {b"{}"}


def test_nobody_waits_for_a_question_that_an_event_has_overtaken(store):
    old, _ = store.begin(("/listings", ""), LISTINGS, None)
    store.changed(SOLD, "x")
    new, leads = store.begin(("/listings", ""), LISTINGS, None)
    assert leads and new is not old
    store.end(old, b"old", "GET /listings")
    assert store.begin(("/listings", ""), LISTINGS, None) == (new, False)
    store.end(new, b"new", "GET /listings")
    assert store.find(("/listings", "")).body == b"new"


def test_who_waits_for_a_question_that_fails_is_woken(store):
    asking, _ = store.begin(("/listings", ""), LISTINGS, None)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(asking.wait, PATIENCE)
        store.end(asking, None, "GET /listings")
        assert waiting.result(PATIENCE / 2) is None
    assert store.begin(("/listings", ""), LISTINGS, None)[1]


def test_under_many_readers_and_writers_nobody_ever_gets_what_was_told_to_be_old(clock):
    """A writer raises the truth, then tells; whoever asks afterwards must not get less than was told."""
    store = KeptAnswers(10**6, MAX_AGE, [LISTINGS], clock)
    store.heard_everything(float("inf"))
    truth, told, wrong, over = [0], [0], [], threading.Event()

    def write():
        for number in range(1, 3000):
            truth[0] = number
            store.changed(SOLD, "one")
            told[0] = number
        over.set()

    def read():
        while not over.is_set():
            least = told[0]
            held = store.find(("/listings/one", ""))
            if held is None:
                asking, leads = store.begin(("/listings/one", ""), LISTINGS, "one")
                if leads:
                    store.end(asking, str(truth[0]).encode(), "GET")
                held = asking.wait(PATIENCE)
            if held and int(held.body) < least:
                wrong.append((int(held.body), least))

    readers = [threading.Thread(target=read) for _ in range(8)]
    for thread in readers:
        thread.start()
    write()
    for thread in readers:
        thread.join(PATIENCE)
    assert wrong == [] and not any(thread.is_alive() for thread in readers)
