"""Passwords are hashed by a few at a time: a storm of sign-ins must not take the machine's memory."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher

from services.chassis.core import secrets
from services.chassis.core.errors import Unavailable
from services.chassis.core.secrets import AT_ONCE, WAITING, Passwords

BOUND = 20


class SlowHasher:
    """Hashes when it is told to; counts how many it is at."""

    def __init__(self):
        self.go, self.begun = threading.Event(), threading.Semaphore(0)
        self.lock, self.at_once, self.most = threading.Lock(), 0, 0

    def hash(self, password, salt=None):
        with self.lock:
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        self.begun.release()
        assert self.go.wait(BOUND)
        with self.lock:
            self.at_once -= 1
        return f"hash of {password}"


@pytest.fixture
def passwords(monkeypatch):
    """Passwords whose hashes take as long as the test wants, and whose callers are patient."""
    monkeypatch.setattr(secrets, "PATIENCE", BOUND)
    made = Passwords()
    made._hasher = SlowHasher()
    return made


def test_a_storm_of_passwords_is_hashed_a_few_at_a_time_and_what_is_too_much_is_sent_back(passwords):
    with ThreadPoolExecutor(AT_ONCE + WAITING) as pool:
        asked = [pool.submit(passwords.hash, "secret") for _ in range(AT_ONCE + WAITING)]
        assert all(passwords._hasher.begun.acquire(timeout=BOUND) for _ in range(AT_ONCE))
        end = time.monotonic() + BOUND
        while passwords._room._value:
            assert time.monotonic() < end
        with pytest.raises(Unavailable) as refused:
            passwords.hash("one too many")
        assert refused.value.code == "passwords.busy" and refused.value.detail["retry_after"] > 0
        passwords._hasher.go.set()
        assert {one.result(BOUND) for one in asked} == {"hash of secret"}
    assert passwords._hasher.most == AT_ONCE


def test_who_waits_too_long_for_a_hash_is_sent_back_and_the_place_is_free_again(passwords, monkeypatch):
    monkeypatch.setattr(secrets, "PATIENCE", 0)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked = [pool.submit(passwords.hash, "secret") for _ in range(AT_ONCE)]
        assert all(passwords._hasher.begun.acquire(timeout=BOUND) for _ in range(AT_ONCE))
        for _ in range(WAITING + 1):
            with pytest.raises(Unavailable):
                passwords.hash("in a hurry")
        passwords._hasher.go.set()
        assert all(one.result(BOUND) for one in asked)
    assert passwords.hash("later") == "hash of later"


def test_a_right_and_a_wrong_password_are_still_told_apart():
    passwords = Passwords()
    kept = passwords.hash("乡治 password")
    assert passwords.matches(kept, "乡治 password")
    assert not passwords.matches(kept, "another one") and not passwords.matches(None, "乡治 password")


def test_many_passwords_beside_each_other_are_looked_at_in_one_go(monkeypatch):
    passwords = Passwords()
    first = passwords.hash("the first password")
    kept = [first, *(passwords.hash(f"password number {n}", first) for n in range(3))]
    assert len(set(kept)) == 4
    work = []
    monkeypatch.setattr(secrets, "_off_the_loop", lambda done, *args: work.append(args) or done(*args))
    assert passwords.first_match(kept, "password number 1") == 2
    assert passwords.first_match(kept, "nobody's password") is None
    assert passwords.first_match([], "nobody's password") is None
    assert len(work) == 3


def test_hashes_that_were_made_otherwise_are_looked_at_each_for_itself():
    passwords = Passwords()
    older = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1).hash("an older password")
    kept = [passwords.hash("the first password"), older, passwords.hash("the first password")]
    assert passwords.first_match(kept, "an older password") == 1
    assert passwords.first_match(kept, "the first password") == 0


@pytest.mark.parametrize("none", ["", "h", "$argon2id$v=19$m=65536,t=3,p=4$", "a$b"])
def test_what_is_no_hash_is_nobodys_password(none):
    passwords = Passwords()
    assert passwords.first_match([none], none) is None and not passwords.matches(none, "")
    assert passwords.matches(passwords.hash("a password", none), "a password")
