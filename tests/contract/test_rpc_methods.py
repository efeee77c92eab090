"""The names of RPC methods are wire: routing keys, `operationId`, and input of idempotency keys, from which receipts derive."""

import pytest

from services.chassis.rpc.operation import operations_of
from tests.architecture.house import ROOT, SERVICES, service

PROMISED = (ROOT / "tests/data/rpc_methods.txt").read_text(encoding="utf-8").split()
"""Every name that was ever released; a name is added here with its operation, and none is taken away or renamed."""


@pytest.mark.parametrize("name", SERVICES)
def test_every_method_that_was_promised_is_there_and_every_new_one_is_promised(name):
    there = {f"{name}.{method}" for method in operations_of(service(name))}
    assert there == {one for one in PROMISED if one.startswith(f"{name}.")}
