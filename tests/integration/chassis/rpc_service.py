"""Two small services for the RPC tests; hosted by rpc_host.py."""

import threading
import time
from dataclasses import dataclass

import eventlet
from marshmallow import fields

from services.chassis.core.actor import ANYONE
from services.chassis.core.errors import (
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Rejected,
    Unavailable,
    VersionConflict,
)
from services.chassis.core.schemas import Answer, Shape, Text, Whole
from services.chassis.rpc import rpc
from services.chassis.rpc.operation import RpcOperation
from services.chassis.storage.dependency_provider import Provided
from services.chassis.storage.store import Store

KINDS = {kind.kind: kind for kind in (Conflict, Forbidden, Invalid, NotFound, Rejected, Unavailable)}


TWO = threading.Barrier(2)


class Words(Shape):
    text = Text(100_000, required=True)


class Nap(Shape):
    seconds = fields.Float(required=True)
    mark = fields.String(load_default="")


class Kind(Shape):
    kind = fields.String(required=True)


class Sack(Shape):
    sack_id = fields.String(required=True)
    grains = Whole(1, 100, required=True)


class Echoed(Answer):
    text = fields.String()
    actor = fields.String()
    roles = fields.List(fields.String())


class Done(Answer):
    mark = fields.String()
    times = fields.Integer()


class SackAnswer(Answer):
    id = fields.String()
    version = fields.Integer()
    grains = fields.Integer()


@dataclass
class SackOfRice:
    id: str
    version: int
    region: str
    grains: int


class SackStore(Store):
    service = "granary"
    collection = "sacks"
    aggregate = SackOfRice
    noun = "sack"


class Marks:
    """Counts in the database how often something was really run."""

    def __init__(self, database):
        self.marks = database["marks"]

    def add(self, mark):
        self.marks.update_one({"_id": mark}, {"$inc": {"times": 1}}, upsert=True)


class Granary:
    name = "granary"
    sacks = Provided(SackStore)
    marks = Provided(Marks)

    @rpc(RpcOperation(Words, Echoed, allow=(ANYONE,)))
    def echo(self, call):
        return {
            "text": call.data["text"],
            "actor": call.actor.id,
            "roles": [r.name for r in call.actor.roles],
        }

    @rpc(RpcOperation(Nap, Done, allow=(ANYONE,)))
    def nap(self, call):
        if call.data["mark"]:
            self.marks.add(call.data["mark"])
        time.sleep(call.data["seconds"])
        return {"mark": call.data["mark"]}

    @rpc(RpcOperation(None, None, allow=(ANYONE,)))
    def meet(self, call):
        TWO.wait(10)

    @rpc(RpcOperation(Kind, None, allow=(ANYONE,)))
    def refuse(self, call):
        kind = KINDS[call.data["kind"]]
        raise kind(
            "sack.refused", "粮仓已满，请明天再来。", most=3, missing=["a", "b"], nested={"x": [1, None]}
        )

    @rpc(RpcOperation(None, None, allow=(ANYONE,)))
    def break_down(self, call):
        raise RuntimeError(f"the password of {call.actor.id}")

    @rpc(RpcOperation(None, None, allow=(ANYONE,)))
    def run_out_of_time(self, call):
        with eventlet.Timeout(0.01):
            time.sleep(10)

    @rpc(RpcOperation(None, None, allow=("keeper",)))
    def keepers_only(self, call):
        return None

    @rpc(RpcOperation(Sack, SackAnswer, allow=(ANYONE,), writes=True))
    def fill(self, call):
        self.marks.add("fill")
        sack = SackOfRice(call.new_id("sack"), 0, "510183103204", call.data["grains"])
        self.sacks.add(sack, [], call)
        return sack

    @rpc(RpcOperation(Sack, SackAnswer, allow=(ANYONE,), writes=True))
    def pour(self, call):
        sack = self.sacks.get(call.data["sack_id"], call)
        sack.grains += call.data["grains"]
        self.sacks.save(sack, [], call)
        return sack

    @rpc(RpcOperation(Nap, SackAnswer, allow=(ANYONE,), writes=True))
    def always_late(self, call):
        self.marks.add("late")
        raise VersionConflict("sack.changed_meanwhile", "刚才有人改动了它，请刷新后再试。")


class Mill:
    name = "mill"

    @rpc(RpcOperation(Words, Echoed, allow=(ANYONE,)))
    def echo(self, call):
        return {"text": call.data["text"].upper(), "actor": call.actor.id}


def no_roof(database):
    raise LookupError("the roof is missing")


class Ruin:
    name = "ruin"
    roof = Provided(no_roof)
