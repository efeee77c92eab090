"""Calls that reach their service: answers, refusals, shapes, keys and permissions."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pymongo
import pytest

from services.chassis.core.actor import Role
from services.chassis.core.errors import Conflict, Forbidden, Invalid, NotFound, Rejected, Unavailable
from services.civic.actor import ANONYMOUS, CivicActor

KEEPER = CivicActor("k1", "official", (Role("keeper", "510183103204"),), assurance=2)


@pytest.fixture(scope="module")
def granary(rpc_start):
    return rpc_start("Granary")


@pytest.fixture(scope="module")
def mill(rpc_start):
    return rpc_start("Mill")


def test_an_answer_comes_back_whole_with_who_asked(granary, rpc_client):
    answer = rpc_client.call("granary", "echo", {"text": "黑虎村的猕猴桃🥝"}, KEEPER)
    assert answer == {"text": "黑虎村的猕猴桃🥝", "actor": "k1", "roles": ["keeper"]}


def test_a_text_of_many_frames_comes_back_whole(granary, rpc_client):
    text = "谷" * 100_000
    assert rpc_client.call("granary", "echo", {"text": text}, ANONYMOUS)["text"] == text


@pytest.mark.parametrize("kind", [Conflict, Forbidden, Invalid, NotFound, Rejected, Unavailable])
def test_every_kind_of_refusal_crosses_whole(granary, rpc_client, kind):
    with pytest.raises(kind) as caught:
        rpc_client.call("granary", "refuse", {"kind": kind.kind}, ANONYMOUS)
    assert type(caught.value) is kind
    assert caught.value.code == "sack.refused"
    assert caught.value.message == "粮仓已满，请明天再来。"
    assert caught.value.detail == {"most": 3, "missing": ["a", "b"], "nested": {"x": [1, None]}}


def test_a_method_that_the_service_does_not_have_is_told_at_once(granary, rpc_client):
    with pytest.raises(Unavailable) as caught:
        rpc_client.call("granary", "burn_down", {}, ANONYMOUS)
    assert caught.value.code == "rpc.unknown_method"


def test_unknown_fields_are_refused_by_name(granary, rpc_client):
    with pytest.raises(Invalid) as caught:
        rpc_client.call("granary", "echo", {"text": "a", "colour": "510183199001011234"}, ANONYMOUS)
    assert caught.value.code == "request.invalid"
    assert list(caught.value.detail["fields"]) == ["colour"]
    assert "510183199001011234" not in str(caught.value.detail)


def test_a_lone_surrogate_is_refused_before_it_is_sent(rpc_client):
    with pytest.raises(Invalid) as caught:
        rpc_client.call("granary", "echo", {"text": "\ud800"}, ANONYMOUS)
    assert caught.value.code == "request.not_json"


def test_who_has_no_role_for_it_is_refused_and_who_has_is_let_in(granary, rpc_client):
    with pytest.raises(Forbidden) as caught:
        rpc_client.call("granary", "keepers_only", {}, CivicActor("r1", "resident"))
    assert caught.value.code == "access.forbidden"
    assert rpc_client.call("granary", "keepers_only", {}, KEEPER) is None


def test_an_unexpected_exception_tells_nobody_its_text(granary, rpc_client):
    with pytest.raises(Unavailable) as caught:
        rpc_client.call("granary", "break_down", {}, CivicActor("x12345678", "resident"))
    assert caught.value.code == "rpc.internal"
    assert "x12345678" not in f"{caught.value} {caught.value.detail}"
    assert "RuntimeError" in granary.lines()
    assert "x12345678" not in granary.lines()


@pytest.mark.parametrize(
    ("key", "code"),
    [
        (None, "request.key_missing"),
        ("short", "request.key_invalid"),
        ("a b" * 10, "request.key_invalid"),
        ("x" * 129, "request.key_invalid"),
        ("钥" * 20, "request.key_invalid"),
    ],
)
def test_a_write_needs_a_proper_key(granary, rpc_client, key, code):
    with pytest.raises(Invalid) as caught:
        rpc_client.call("granary", "fill", {"sack_id": "s", "grains": 1}, KEEPER, key=key)
    assert caught.value.code == code


def test_the_same_key_twice_gives_the_first_answer_and_one_sack(granary, rpc_client):
    key = uuid.uuid4().hex
    first = rpc_client.call("granary", "fill", {"sack_id": "s", "grains": 7}, KEEPER, key=key)
    assert rpc_client.call("granary", "fill", {"sack_id": "s", "grains": 7}, KEEPER, key=key) == first
    poured = {"sack_id": first["id"], "grains": 2}
    key = uuid.uuid4().hex
    assert rpc_client.call("granary", "pour", poured, KEEPER, key=key)["grains"] == 9
    assert rpc_client.call("granary", "pour", poured, KEEPER, key=key)["grains"] == 9


def test_the_same_key_for_another_request_is_refused(granary, rpc_client):
    key = uuid.uuid4().hex
    rpc_client.call("granary", "fill", {"sack_id": "s", "grains": 7}, KEEPER, key=key)
    with pytest.raises(Rejected) as caught:
        rpc_client.call("granary", "fill", {"sack_id": "s", "grains": 8}, KEEPER, key=key)
    assert caught.value.code == "request.key_used_otherwise"


def test_writers_that_lose_a_race_try_again_and_nothing_is_lost(granary, rpc_client):
    sack = rpc_client.call("granary", "fill", {"sack_id": "s", "grains": 1}, KEEPER, key=uuid.uuid4().hex)

    def pour(_):
        poured = {"sack_id": sack["id"], "grains": 1}
        return rpc_client.call("granary", "pour", poured, KEEPER, key=uuid.uuid4().hex)["grains"]

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(pour, range(12))) == list(range(2, 14))


def test_a_race_that_is_always_lost_ends_as_a_conflict_after_eight_runs(granary, rpc_client, rpc_times):
    with pytest.raises(Conflict) as caught:
        rpc_client.call("granary", "always_late", {"seconds": 0}, KEEPER, key=uuid.uuid4().hex)
    assert caught.value.code == "sack.changed_meanwhile"
    assert rpc_times("late") == 8


def test_two_services_answer_for_themselves(granary, mill, rpc_client):
    answers = rpc_client.gather(
        {"a": ("granary", "echo", {"text": "corn"}), "b": ("mill", "echo", {"text": "corn"})}, ANONYMOUS
    )
    assert {name: answer["text"] for name, answer in answers.items()} == {"a": "corn", "b": "CORN"}


def test_gathering_with_one_dead_service_gives_the_rest(granary, rpc_client):
    answers = rpc_client.gather(
        {"a": ("granary", "echo", {"text": "corn"}), "b": ("windmill", "echo", {"text": "corn"})}, ANONYMOUS
    )
    assert answers["a"]["text"] == "corn"
    assert isinstance(answers["b"], Unavailable)
    assert answers["b"].code == "rpc.no_service"


def test_what_is_asked_of_one_service_comes_back_each_under_its_name(granary, rpc_client):
    answers = rpc_client.gather(
        {
            "a": ("granary", "echo", {"text": "corn"}),
            "b": ("granary", "echo", {"text": "rice"}),
            "c": ("granary", "echo", {"text": 1}),
            "d": ("windmill", "echo", {"text": "corn"}),
            "e": ("windmill", "echo", {"text": "rice"}),
        },
        ANONYMOUS,
    )
    assert (answers["a"]["text"], answers["b"]["text"]) == ("corn", "rice")
    assert [answers[name].code for name in "cde"] == ["request.invalid", "rpc.no_service", "rpc.no_service"]


def test_what_is_asked_of_one_service_is_answered_side_by_side(granary, rpc_client):
    answers = rpc_client.gather(dict.fromkeys("ab", ("granary", "meet", {})), ANONYMOUS)
    assert answers == {"a": None, "b": None}


def test_every_service_tells_its_health(mill, rpc_client):
    assert rpc_client.call("mill", "health", {}, ANONYMOUS) == {
        "service": "mill",
        "mongo": True,
        "relay": None,
    }


def test_health_tells_the_relays_last_sign_of_life(mill, rpc_client, rpc_settings):
    at = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    with pymongo.MongoClient(rpc_settings.mongodb_uri) as mongo:
        beats = mongo[f"{rpc_settings.database_prefix}_mill"]["heartbeats"]
        beats.insert_one({"_id": "relay", "at": at, "pending": 2, "oldest": None, "secret": 1})
        relay = rpc_client.call("mill", "health", {}, ANONYMOUS)["relay"]
        beats.delete_many({})
    assert relay == {"at": "2026-01-02T03:04:05+00:00", "pending": 2, "oldest": None}


def test_sixty_four_callers_at_once_each_get_their_own_answer(granary, mill, rpc_client):
    gate = threading.Barrier(64)

    def ask(number):
        gate.wait(30)
        service = ("granary", "mill")[number % 2]
        texts = [f"caller{number}x{turn}" for turn in range(5)]
        actor = CivicActor(f"a{number}", "resident")
        given = [rpc_client.call(service, "echo", {"text": text}, actor) for text in texts]
        return all(
            (answer["text"].lower(), answer["actor"]) == (text, actor.id)
            for answer, text in zip(given, texts, strict=True)
        )

    with ThreadPoolExecutor(64) as threads:
        assert list(threads.map(ask, range(64))) == [True] * 64


def test_the_log_has_one_line_a_call_and_nothing_of_what_was_said(granary, rpc_client, rpc_until):
    secret = uuid.uuid4().hex
    rpc_client.call("granary", "echo", {"text": secret}, CivicActor("audited", "resident"))
    rpc_until(lambda: granary.lines().count('"method":"granary.echo","outcome":"ok"'))
    assert secret not in granary.lines()
