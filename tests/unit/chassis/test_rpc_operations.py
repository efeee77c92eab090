"""What a door declares, and how it is found."""

import subprocess
import sys

import pytest

from services.chassis.core.schemas import Answer, Shape
from services.chassis.rpc import Operation, rpc
from services.chassis.rpc.operation import operations_of


class Shapes(Shape):
    pass


class Answers(Answer):
    pass


class Endpoints:
    @rpc(Shapes, Answers, allow=("resident",), writes=True, remember=False)
    def knock(self, call):
        return f"who is there: {call}"

    def helper(self):
        return None


class Service(Endpoints):
    name = "doors"


def test_a_door_keeps_what_it_declares_and_stays_a_plain_method():
    assert Endpoints.knock.door == Operation(Shapes, Answers, ("resident",), writes=True, remember=False)
    assert Endpoints().knock(1) == "who is there: 1"


def test_the_doors_of_a_service_are_those_of_all_its_capabilities():
    assert operations_of(Service) == {"knock": Endpoints.knock.door}


@pytest.mark.parametrize("allow", [(), "resident", ["resident"], None])
def test_a_door_that_does_not_say_who_may_call_is_refused(allow):
    with pytest.raises(TypeError):
        rpc(None, None, allow=allow)


def test_declaring_doors_loads_no_event_loop_and_no_driver():
    script = (
        "import sys, services.chassis.rpc, services.chassis.rpc.client as c;"
        "sys.exit(','.join(sorted({'eventlet', 'nameko', 'pymongo', 'greenlet'} & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
