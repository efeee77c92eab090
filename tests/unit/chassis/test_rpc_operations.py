"""What an operation declares, and how it is found."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from services.chassis.core.schemas import Answer, Shape
from services.chassis.rpc import RpcOperation, rpc
from services.chassis.rpc.operation import declared_in, operations_of


class Shapes(Shape):
    pass


class Answers(Answer):
    pass


contract = SimpleNamespace(
    knock=RpcOperation(Shapes, Answers, allow=("resident",), writes=True, remember=False), Shapes=Shapes
)


class Endpoints:
    @rpc(contract.knock)
    def knock(self, call):
        return f"who is there: {call}"

    def helper(self):
        return None


class Service(Endpoints):
    name = "test"


def test_an_endpoint_points_to_its_operation_and_stays_a_plain_method():
    assert Endpoints.knock.operation is contract.knock
    assert Endpoints().knock(1) == "who is there: 1"


def test_the_operations_of_a_service_are_those_of_all_its_capabilities():
    assert operations_of(Service) == {"knock": contract.knock}


def test_a_contract_lists_its_operations_and_none_of_its_shapes():
    assert declared_in(contract) == {"knock": contract.knock}


@pytest.mark.parametrize("allow", [(), "resident", ["resident"], None])
def test_an_operation_that_does_not_say_who_may_call_is_refused(allow):
    with pytest.raises(TypeError):
        RpcOperation(None, None, allow=allow)


def test_declaring_operations_loads_no_event_loop_and_no_driver():
    script = (
        "import sys, services.chassis.rpc, services.chassis.rpc.client as c;"
        "sys.exit(','.join(sorted({'eventlet', 'nameko', 'pymongo', 'greenlet'} & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
