"""Whatever a process says, from its first line on and whatever it dies of, is a line of the same JSON log."""

import json
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest

from deploy.k8s.check.code import processes
from deploy.local import ports
from deploy.local.processes import Child
from tests.e2e.platform import Platform

SECRET = "a-password-of-somebody"
AWAY = "127.0.0.1:1"
OF_WHO_STARTED_IT = "==== started"
"""What whoever starts a process on one machine writes over its log."""
TOLD_OF_AN_OUTAGE = ("cannot", "not reachable", "away", "trying again")


@pytest.fixture
def platform(addresses, tmp_path):
    made = Platform(tmp_path, addresses)
    yield made
    made.stop()


@contextmanager
def taken():
    """Give a port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def started(platform: Platform, **changed: str) -> dict[str, Child]:
    """Start every process of the Procfile with an environment in which something is changed."""
    commands = platform.commands()
    assert commands.keys() >= processes().keys()
    made = {}
    for name in processes():
        made[name] = Child(name, commands[name], {**platform.env, **changed}, platform.folder)
        made[name].start()
    return made


def lines(child: Child) -> list[dict]:
    """Give all that a process has said; fails at the first line that is no object of the log."""
    told = []
    said = child.log.read_text("utf-8").splitlines()
    for line in [one for one in said if not one.startswith(OF_WHO_STARTED_IT)]:
        try:
            told.append(json.loads(line))
        except json.JSONDecodeError:
            pytest.fail(f"{child.name} says: {line}")
    assert all({"time", "level", "process", "logger", "message"} <= one.keys() for one in told)
    assert {one["process"] for one in told} <= {child.name}
    return told


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"RPC_TIMEOUT": "soon"}, "RPC_TIMEOUT must be"),
        ({"AMQP_URI": f"http://guest:{SECRET}@broker"}, "AMQP_URI must start with"),
        ({"MASTER_KEY_FILE": "/nowhere/key", "MASTER_KEY": ""}, "MASTER_KEY_FILE cannot be read"),
        ({"OTEL_TRACES_EXPORTER": "zipkin"}, "OTEL_TRACES_EXPORTER must be"),
    ],
    ids=lambda one: next(iter(one)) if isinstance(one, dict) else "",
)
def test_a_wrong_setting_is_one_line_and_exit_code_2(platform, changed, says):
    for name, child in started(platform, **changed).items():
        assert child.process.wait(90) == 2, name
        (told,) = lines(child)
        assert says in told["message"] and told["level"] == "CRITICAL", name
    assert SECRET not in platform.logs()


def test_a_gateway_without_its_key_says_so(platform):
    child = Child(
        "gateway", platform.commands()["gateway"], {**platform.env, "GATEWAY_KEY": ""}, platform.folder
    )
    child.start()
    assert child.process.wait(90) == 2
    (told,) = lines(child)
    assert "GATEWAY_KEY is not set" in told["message"]


def test_a_port_that_is_taken_is_told_and_no_process_goes_on_without_its_probes(platform):
    with taken() as port:
        for name, child in started(platform, PROBE_PORT=str(port)).items():
            assert child.process.wait(90) not in (0, 2), name
            errors = [one for one in lines(child) if one["level"] in ("ERROR", "CRITICAL")]
            assert any("OSError" in one.get("error", "") for one in errors), name


def test_the_gateways_own_port_that_is_taken_is_told(platform):
    with taken() as port:
        env = {**platform.env, "PORT": str(port), "HOST": "127.0.0.1"}
        child = Child("gateway", platform.commands()["gateway"], env, platform.folder)
        child.start()
        platform.wait_for(
            lambda: [one for one in lines(child) if "in use" in one["message"]], 90, lambda: lines(child)
        )
        child.process.send_signal(signal.SIGTERM)
        child.process.wait(90)


def test_broker_and_database_that_are_not_there_are_told_and_waited_for(platform):
    away = {
        "AMQP_URI": f"amqp://guest:{SECRET}@{AWAY}//",
        "MONGODB_URI": f"mongodb://{AWAY}/?replicaSet=rs0&serverSelectionTimeoutMS=500",
        "PORT": str(ports.choose({platform.port})),
    }
    children = started(platform, **away)
    for name, child in children.items():
        platform.wait_for(lambda child=child: child.log.exists() and lines(child), 90, lambda n=name: n)
    for name, child in children.items():
        if name != "gateway":
            platform.wait_for(
                lambda child=child: [
                    one for one in lines(child) if any(word in one["message"] for word in TOLD_OF_AN_OUTAGE)
                ],
                90,
                lambda n=name, c=child: f"{n}: {lines(c)}",
            )
        assert child.process.poll() is None, name
        lines(child)
    for child in children.values():
        child.process.send_signal(signal.SIGTERM)
    for name, child in children.items():
        # a service that waits for the database in the midst of its start may not end in time, and says so
        assert child.process.wait(90) in (0, 1), name
    assert SECRET not in platform.logs()


DYING = f"""
import eventlet
eventlet.monkey_patch()
from services.chassis.core import logs
from services.chassis.runtime import run
logs.set_up("market")
run.log_what_greenlets_die_of()

def dies():
    raise ValueError("{SECRET}")

eventlet.spawn(dies)
eventlet.spawn_n(dies)
eventlet.sleep(0.1)
"""


def test_what_a_greenlet_dies_of_is_a_line_without_its_words():
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", DYING], capture_output=True, text=True, timeout=60, check=True
    )
    told = [json.loads(line) for line in (done.stdout + done.stderr).splitlines()]
    assert [one["message"] for one in told] == ["a greenlet died"] * 2
    assert all(one["error"].endswith("ValueError") for one in told) and SECRET not in done.stdout
