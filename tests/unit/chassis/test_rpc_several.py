"""Several reads in one message: each passes its own door, none can be a write, one refusal leaves the others alone."""

import pytest
from marshmallow import fields

from services.chassis.core.errors import DomainError, Forbidden, Invalid, NotFound
from services.chassis.core.schemas import Answer, Shape
from services.chassis.rpc import rpc, several
from services.chassis.rpc.answering import RequestHandler
from services.chassis.rpc.operation import RpcOperation
from services.civic.actor import CivicActor

HER = {"nameko.actor": CivicActor("r1", "resident").to_wire(), "nameko.idempotency_key": "k" * 16}


class Ask(Shape):
    number = fields.Integer(required=True)


class Told(Answer):
    number = fields.Integer()


class Endpoints:
    @rpc(RpcOperation(Ask, Told, allow=("resident",)))
    def find(self, call):
        if call.data["number"] == 0:
            raise NotFound("thing.not_found", "没有找到，请核对编号。")
        return call.data

    @rpc(RpcOperation(Ask, Told, allow=("official",)))
    def judge(self, call):
        return call.data

    @rpc(RpcOperation(Ask, Told, allow=("resident",), writes=True))
    def change(self, call):
        raise AssertionError("a write was done")


def asked(headers=HER, **reads):
    service = Endpoints()
    doors = {
        f"test.{name}": (
            RequestHandler(f"test.{name}", getattr(service, name).operation),
            getattr(service, name),
        )
        for name in ("find", "judge", "change")
    }
    request = several.request_of(reads)
    together = several.Reads(doors, "test.several", request, dict(headers), "c1")
    *early, last = [together.answer(name) for name in reads]
    assert early == [None] * len(early)
    return several.found(last, list(reads))


def test_each_read_gets_its_own_answer():
    assert asked(a=("find", {"number": 1}), b=("find", {"number": 2})) == {
        "a": {"number": 1},
        "b": {"number": 2},
    }


def test_a_read_that_is_refused_leaves_the_others_alone():
    found = asked(
        a=("find", {"number": 0}),
        b=("find", {"number": "x"}),
        c=("judge", {"number": 1}),
        d=("find", {"number": 3}),
    )
    assert [type(found[name]) for name in "abc"] == [NotFound, Invalid, Forbidden]
    assert found["a"].code == "thing.not_found" and found["d"] == {"number": 3}


def test_nothing_can_be_written_in_a_group():
    found = asked(a=("change", {"number": 1}), b=("nowhere", {}))
    assert {one.code for one in found.values()} == {"rpc.unknown_method"}


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"asked": {}},
        {"asked": []},
        {"asked": {"a": ["find"]}},
        {"asked": {"a": [1, {}]}},
        {"asked": {"a": ["find", []]}},
    ],
)
def test_what_asks_for_nothing_is_refused_as_malformed(request_):
    with pytest.raises(Invalid):
        several.Reads({}, "test.several", request_, {}, "c1")


def test_a_message_holds_a_bounded_number_of_reads():
    reads = {str(number): ["find", {}] for number in range(several.MOST + 1)}
    with pytest.raises(Invalid):
        several.Reads({}, "test.several", {"asked": reads}, {}, "c1")


@pytest.mark.parametrize("answered", [None, [], {}, {"a": None}, {"a": {"result": 1}}])
def test_a_part_that_the_answer_lacks_is_unavailable(answered):
    assert isinstance(several.found(answered, ["a"])["a"], DomainError)
