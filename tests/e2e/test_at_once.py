"""What ends a session holds at once: also while the relay is silent, and nobody in the whole platform has heard of it."""

import os
import signal
import uuid
from contextlib import contextmanager

import pytest

from deploy.local.story.identity import TOWN, VILLAGE
from tests.e2e.test_officials import ANOTHER, OWN, appointed, with_token


@contextmanager
def silent(platform, *names: str):
    """Let processes stand still for the length of the block; as dead as they are, nobody has ended them."""
    pids = [platform.children[name].process.pid for name in names]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


@pytest.fixture
def no_news(platform):
    """Nothing that happens in identity reaches anybody meanwhile: neither listeners nor gateways."""
    with silent(platform, "identity-relay"):
        yield


def in_office(platform, staff, role="village_administrator", region=VILLAGE):
    id, login, first = appointed(staff, role, region)
    return id, login, platform.person().sign_in(login, OWN, first=first)


def is_over(person, verb, path, body=None) -> None:
    status, answer = person._send(verb, path, body or {}, None, str(uuid.uuid4()))
    assert (status, answer["code"]) == (401, "token.session_over")


def test_who_was_dismissed_certifies_nobody(platform, staff, resident, no_news):
    id, _, official = in_office(platform, staff)
    staff["county"].post(f"/officials/{id}/dismissal")
    is_over(official, "POST", f"/residents/{resident.id}/certification")
    is_over(official, "POST", f"/residents/{resident.id}/rejection", {"reason": "户口不在本村。"})
    assert resident.get(f"/residents/{resident.id}")["state"] == "pending"


def test_who_was_dismissed_reads_nothing_in_full(platform, staff, no_news):
    id, _, official = in_office(platform, staff, "clerk", "510183")
    official.get("/applications/none", expect=404)
    staff["county"].post(f"/officials/{id}/dismissal")
    is_over(official, "GET", "/applications/none")


def test_a_new_password_ends_what_the_old_one_opened(platform, staff, no_news):
    _, login, phone = in_office(platform, staff, "clerk", TOWN)
    computer = platform.person().sign_in(login, OWN)
    given = computer.post("/sessions/password", {"old_password": OWN, "new_password": ANOTHER})
    is_over(phone, "POST", "/notices/reading", {"up_to": "none"})
    with_token(platform, given).post("/notices/reading", {"up_to": "none"}, expect=404)


def test_a_second_factor_ends_what_was_opened_without_it(platform, staff, no_news):
    _, login, phone = in_office(platform, staff, "clerk", TOWN)
    computer = platform.person().sign_in(login, OWN)
    computer.enrol()
    is_over(phone, "POST", "/notices/reading", {"up_to": "none"})
    computer.post("/notices/reading", {"up_to": "none"}, expect=404)


def test_a_session_that_was_ended_elsewhere_writes_nothing_more(platform, staff, no_news):
    _, login, phone = in_office(platform, staff, "clerk", TOWN)
    computer = platform.person().sign_in(login, OWN)
    phone_is = next(one["id"] for one in computer.get("/sessions")["items"] if not one["this"])
    computer.post(f"/sessions/{phone_is}/ending")
    is_over(phone, "POST", "/notices/reading", {"up_to": "none"})
