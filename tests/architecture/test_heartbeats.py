"""Every process beside the services that works in turns says that it works, where alarms look for it."""

import ast

import pytest

from deploy.local.processes import read_procfile
from services.chassis.operations.places import senders, service_names
from tests.architecture.house import ROOT

COMMANDS = read_procfile(ROOT / "deploy" / "Procfile", {})
BESIDE = {
    name: command
    for name, command in COMMANDS.items()
    if name.partition("-")[0] in service_names() and "-" in name and not name.endswith("-relay")
}


def test_the_senders_that_are_looked_for_are_those_of_the_procfile():
    told = senders(service_names())
    assert {name for names in told.values() for name in names} == set(BESIDE)
    for service, names in told.items():
        assert all(name.startswith(f"{service}-") for name in names)


@pytest.mark.parametrize("process", sorted(BESIDE))
def test_each_writes_its_heartbeat_under_the_name_of_its_process(process):
    module = next(word for word in BESIDE[process] if word.startswith("services."))
    tree = ast.parse((ROOT / f"{module.replace('.', '/')}.py").read_text("utf-8"))
    (name,) = [
        node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "PROCESS"
    ]
    assert name == process
    beats = [
        node.args[1].id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "beats_in"
    ]
    assert beats == ["PROCESS"]
