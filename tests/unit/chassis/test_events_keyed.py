"""Work that is serial per key: the heart of the order that listeners promise."""

import threading

from services.chassis.listeners.keyed import KeyedWork, Together


def test_items_of_one_key_are_never_out_at_the_same_time():
    work = KeyedWork()
    for item in (1, 2):
        work.put("a", item)
    work.put("b", 3)
    assert work.take() == ("a", 1)
    assert work.take() == ("b", 3)
    taken = []
    waiting = threading.Thread(target=lambda: taken.append(work.take()))
    waiting.start()
    waiting.join(0.1)
    assert taken == []
    work.done("a")
    waiting.join(10)
    assert taken == [("a", 2)]


def test_what_nobody_took_is_forgotten_and_what_is_in_hand_is_waited_for():
    work = KeyedWork()
    work.put("a", 1)
    work.put("a", 2)
    assert work.take() == ("a", 1)
    work.forget()
    assert not work.wait_idle(0.01)
    work.done("a")
    assert work.wait_idle(10)
    work.put("a", 3)
    assert work.take() == ("a", 3)
    work.close()
    assert work.take() is None


def test_work_that_must_run_alone_waits_for_the_others_and_keeps_them_out():
    together, seen = Together(), []
    inside, leave = threading.Event(), threading.Event()

    def beside():
        with together.shared():
            inside.set()
            leave.wait(10)
            seen.append("beside")

    def alone():
        with together.exclusive():
            seen.append("alone")

    first = threading.Thread(target=beside)
    first.start()
    inside.wait(10)
    second = threading.Thread(target=alone)
    second.start()
    second.join(0.1)
    assert seen == []
    leave.set()
    first.join(10)
    second.join(10)
    assert seen == ["beside", "alone"]
    with together.shared():
        seen.append("after")
    assert seen[-1] == "after"


def test_more_items_are_taken_of_other_free_keys_only_and_the_rest_keeps_its_place():
    work = KeyedWork()
    work.put_all([("a", 1), ("a", 2), ("b", 30), ("c", 4), ("d", 5)])
    assert work.take() == ("a", 1)
    assert work.take_more(9, lambda item: item < 10) == [("c", 4), ("d", 5)]
    assert work.take() == ("b", 30)
    work.done("a", "c", "d")
    assert work.take() == ("a", 2)


def test_no_more_items_are_taken_than_asked_for():
    work = KeyedWork()
    work.put_all([("a", 1), ("b", 2), ("c", 3)])
    assert work.take_more(2, lambda item: True) == [("a", 1), ("b", 2)]
    assert work.take() == ("c", 3)
