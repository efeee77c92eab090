"""The parts of a page: the caller's own from the services, those of everybody from the cache and asked as nobody."""

import orjson
import pytest

from gateway.cache.parts import PageParts
from gateway.cache.reading import PublicReads
from gateway.routes import ALL
from services.chassis.core.errors import Unavailable
from services.chassis.core.settings import Settings
from services.civic.actor import ANONYMOUS, CivicActor

HER = CivicActor("resident-1", "resident")
CATEGORIES = ("integrity", "list_categories", {})


class Client:
    def __init__(self, answer):
        self.answer, self.asked = answer, []

    def call(self, service, door, asked, actor, *, timeout):
        self.asked.append((service, door, asked, actor, timeout))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def begin(self, requests, actor, timeout):
        return lambda: {"actor": actor, "timeout": timeout, **requests}


@pytest.fixture
def reads(monkeypatch):
    reads = PublicReads(Settings(), ALL)
    monkeypatch.setattr(reads, "_is_heard", lambda: True)
    reads.store.heard_everything(reads.store._clock())
    return reads


def read(parts):
    return orjson.loads(orjson.dumps(parts.public(CATEGORIES, 1.5)))


def test_a_public_part_is_asked_once_as_nobody_and_then_kept(reads):
    client = Client({"items": ["甲"], "next": None})
    parts = PageParts(client, reads, ALL)
    assert read(parts) == read(parts) == {"items": ["甲"], "next": None}
    assert client.asked == [(*CATEGORIES, ANONYMOUS, 1.5)]


def test_who_reads_the_route_itself_finds_what_a_page_kept(reads):
    read(PageParts(Client({"items": []}), reads, ALL))
    assert reads.store.find(("/complaint-categories", "")).body == b'{"items":[]}'


def test_a_public_part_that_cannot_be_given_is_the_error_and_is_not_kept(reads):
    gone = Unavailable("rpc.timeout", "系统处理超时，请稍后再试。")
    parts = PageParts(Client(gone), reads, ALL)
    assert parts.public(CATEGORIES, 1.5) is gone
    assert len(reads.store) == 0


def test_the_callers_own_parts_go_to_the_services_with_the_caller():
    wait = PageParts(Client(None), None, ALL).own({"a": CATEGORIES}, HER, 2.0)
    assert wait() == {"actor": HER, "timeout": 2.0, "a": CATEGORIES}
