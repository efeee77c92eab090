"""The way from a request to its answer, without a broker."""

import pytest
from marshmallow import fields
from pymongo.errors import (
    AutoReconnect,
    DocumentTooLarge,
    DuplicateKeyError,
    NetworkTimeout,
    NotPrimaryError,
    OperationFailure,
    ServerSelectionTimeoutError,
    WaitQueueTimeoutError,
    WriteConcernError,
    WTimeoutError,
)

from services.chassis.core import context
from services.chassis.core.calls import Caller
from services.chassis.core.errors import AlreadyAnswered, NotFound, Unavailable, VersionConflict
from services.chassis.core.schemas import Answer, Shape, Time
from services.chassis.rpc import rpc
from services.chassis.rpc.answering import TRIES, RequestHandler
from services.chassis.rpc.operation import RpcOperation
from services.civic.actor import CivicActor

KEY = {"nameko.idempotency_key": "k" * 16}
ACTOR = {"nameko.actor": CivicActor("r1", "resident").to_wire()}


class Ask(Shape):
    number = fields.Integer(required=True)


class Told(Answer):
    number = fields.Integer()
    at = Time()


def answer(work, request=None, headers=(), ask=Ask, told=Told, **declared):
    """Let one request through a door around `work`."""
    method = rpc(RpcOperation(ask, told, **{"allow": ("anyone",), **declared}))(lambda call: work(call))
    asked = {"number": 1} if request is None else request
    return RequestHandler("test.work", method.operation).answer(method, asked, dict(headers), "c1")


def raising(error):
    def work(call):
        raise error

    return work


def test_only_declared_fields_leave():
    outcome = answer(lambda call: {"number": call.data["number"], "phone": "138"})
    assert (outcome.result, outcome.error) == ({"number": 1}, None)


def test_a_door_that_answers_nothing_gives_null_whatever_its_method_gives():
    assert answer(lambda call: {"number": 1}, told=None).result is None


def test_a_door_that_takes_nothing_refuses_fields():
    assert answer(lambda call: {"number": 2}, request={}, ask=None).result == {"number": 2}
    assert answer(lambda call: {}, request={"a": 1}, ask=None).error.code == "request.invalid"


def test_permission_is_asked_before_the_request_is_read():
    assert answer(lambda call: {}, request={"x": 1}, allow=("official",)).error.code == "access.forbidden"


def test_a_read_needs_no_key_and_gets_none():
    assert answer(lambda call: {"number": len(call.key)}, headers=KEY.items()).result == {"number": 0}


def test_a_write_has_a_key_that_is_its_actors_own():
    keys = []
    for actor in ("a", "b", "a"):
        headers = {**KEY, "nameko.actor": CivicActor(actor, "resident").to_wire()}
        answer(lambda call: keys.append(call.key), headers=headers, told=None, writes=True)
    assert keys[0] == keys[2] != keys[1]


def test_the_answer_to_keep_is_the_dumped_one_unless_it_must_not_be_kept():
    kept = []

    def work(call):
        kept.append(call.render and call.render({"number": 5, "phone": "138"}))
        return {"number": 5}

    answer(work, headers=KEY, writes=True)
    answer(work, headers=KEY, writes=True, remember=False)
    assert kept == [{"number": 5}, None]


class Sack:
    """Something that is saved and given back."""

    def __init__(self):
        self.number, self.version = 5, 0


class Seen(Answer):
    """Tells how often it was dumped."""

    dumped: list[int] = []
    number = fields.Function(lambda sack: Seen.dumped.append(sack.number) or sack.number)


@pytest.mark.parametrize(
    ("again", "told", "dumped"), [("", 5, [5]), ("saved", 6, [5, 6]), ("another", 7, [5, 7])]
)
def test_what_is_kept_is_dumped_once_and_what_was_saved_since_anew(again, told, dumped):
    Seen.dumped.clear()

    def work(call):
        sack = Sack()
        sack.version = 1
        assert call.render(sack) == {"number": 5}
        if again == "saved":
            sack.number, sack.version = 6, 2
        if again == "another":
            sack = Sack()
            sack.number, sack.version = 7, 1
        return sack

    assert answer(work, headers=KEY, told=Seen, writes=True).result == {"number": told}
    assert Seen.dumped == dumped


def test_a_repeat_gets_the_first_answer():
    assert answer(raising(AlreadyAnswered({"number": 9})), headers=KEY, writes=True).result == {"number": 9}


def test_a_lost_race_is_run_again_with_the_same_key_and_untouched_data():
    seen = []

    def work(call):
        seen.append((call.key, dict(call.data)))
        call.data["number"] = 99
        if len(seen) < TRIES:
            raise VersionConflict("a.b", "c")
        return {"number": len(seen)}

    assert answer(work, headers=KEY, writes=True).result == {"number": TRIES}
    assert set(map(str, seen)) == {str(seen[0])}


def test_a_refusal_stays_what_it_is():
    refusal = NotFound("sack.not_found", "没有找到，请核对编号。", sack="s1")
    assert answer(raising(refusal)).error is refusal


@pytest.mark.parametrize(
    "error",
    [
        AutoReconnect("x"),
        NotPrimaryError("x"),
        NetworkTimeout("x"),
        ServerSelectionTimeoutError("x"),
        WaitQueueTimeoutError("x"),
        WTimeoutError("x", 64),
        OperationFailure("Read concern majority reads are currently not possible.", 134),
        OperationFailure("No keys found for HMAC that is valid for time", 211),
        WriteConcernError("The server is in quiesce mode and will shut down", 91),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_database_that_is_away_is_said_to_be_away(error):
    outcome = answer(raising(error))
    assert (type(outcome.error), outcome.error.code) == (Unavailable, "storage.unavailable")


@pytest.mark.parametrize(
    "error",
    [
        OperationFailure("secret 138", 17419),
        DocumentTooLarge("secret 138"),
        KeyError("secret 138"),
        DuplicateKeyError("dup key: secret 138", 11000),
        RecursionError("secret 138"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_any_other_exception_is_internal_and_its_text_stays_inside(error, caplog):
    outcome = answer(raising(error))
    assert outcome.error.code == "rpc.internal"
    assert b"secret" not in outcome.encode("test.work")
    logged = [record for record in caplog.records if record.levelname == "ERROR"]
    assert [record.exception for record in logged] == [type(error).__name__]
    assert "raising" not in logged[0].message and "in work" in logged[0].traceback
    assert not any("secret" in str(vars(record)) for record in caplog.records)


def test_a_result_that_json_cannot_carry_is_internal():
    outcome = answer(lambda call: {"number": 1}, told=None)
    assert b'"result":null' in outcome.encode("test.work")
    broken = type(outcome)(result={"text": "\ud800"})
    assert b"rpc.internal" in broken.encode("test.work")


def test_the_work_carries_the_callers_correlation_and_trace():
    seen = []

    def work(call):
        seen.append((context.correlation_id(), context.traceparent()))

    trace = "00-" + "a" * 32 + "-" + "b" * 16 + "-01"
    answer(work, told=None, headers={"nameko.correlation": "given", "nameko.traceparent": trace})
    answer(work, told=None)
    assert seen[0] == ("given", trace)
    assert seen[1][0] == "c1"
    assert context.correlation_id() == ""


def test_one_line_is_logged_a_call_without_its_data(caplog):
    caplog.set_level("INFO", logger="services")
    answer(lambda call: {"number": 424242}, request={"number": 424242})
    answer(raising(NotFound("sack.not_found", "424242")), headers=ACTOR)
    lines = [(r.method, r.outcome, getattr(r, "reason", None)) for r in caplog.records]
    assert lines == [("test.work", "ok", None), ("test.work", "NotFound", "sack.not_found")]
    assert not any("424242" in str(vars(record)) for record in caplog.records)


def _submit(key):
    operation = RpcOperation(
        None, None, ("anyone",), writes=True, remember=False, confidential=True, random_key=True
    )
    return RequestHandler("x.submit", operation).answer(
        lambda call: None, {}, {"nameko.idempotency_key": key}, "request-1"
    )


def test_a_key_that_somebody_could_guess_is_refused_where_a_secret_is_derived_from_it():
    for weak in ("a" * 21, "1234567890abcdef", "a" * 40, "1234512345123451234512345"):
        assert _submit(weak).error.code == "request.key_too_weak"
    assert _submit("0f8fad5b-d9cb-469f-a165-70867728950e").error is None


def test_a_confidential_call_leaves_no_line_in_the_log(caplog):
    with caplog.at_level("INFO"):
        _submit("0f8fad5b-d9cb-469f-a165-70867728950e")
    assert caplog.records == []


def test_only_a_door_that_asks_is_told_where_a_request_comes_from():
    sent = {**KEY, "nameko.caller": Caller("10.1.2.3", "Phone").to_wire()}
    told = []
    for asks, writes in ((True, False), (True, True), (False, False)):
        answer(lambda call: told.append(call.caller), headers=sent, told=None, caller=asks, writes=writes)
    assert told == [Caller("10.1.2.3", "Phone")] * 2 + [Caller()]


def test_a_caller_that_cannot_be_read_is_refused():
    refused = answer(lambda call: {}, headers={"nameko.caller": "10.1.2.3"}, caller=True)
    assert refused.error.code == "rpc.malformed_request"
