"""Each process tells whether it lives and whether it takes work; nothing that is away elsewhere makes it look dead."""

import signal
import subprocess
import sys
from urllib.parse import quote, urlsplit

import pytest

from deploy.local import environment
from tests.e2e.platform import Platform, management
from tests.e2e.probed import Probed

PROCESSES = (
    "affairs",
    "affairs-relay",
    "identity-dispatcher",
    "identity-webhooks",
    "identity-messages",
    "gateway",
)


@pytest.fixture(scope="module")
def probed(addresses, tmp_path_factory):
    platform = Platform(tmp_path_factory.mktemp("probed"), addresses)
    try:
        platform.run("python", "-m", "services.chassis.runtime.declare")
        yield Probed(platform, PROCESSES)
    finally:
        platform.stop()


def test_every_process_lives_then_takes_work(probed):
    probed.wait_until(200, "/livez")
    probed.wait_until(200, "/readyz")
    assert {probed.says(name, "/elsewhere") for name in PROCESSES} == {404}
    beats = probed.platform.database("identity").heartbeats
    beating = {name for name in PROCESSES if name.startswith("identity-")}
    probed.platform.wait_for(lambda: {one["_id"] for one in beats.find()} == beating)


def test_a_process_that_hangs_answers_nothing_until_it_goes_on(probed):
    for name in ("affairs", "affairs-relay"):
        child = probed.children[name].process
        child.send_signal(signal.SIGSTOP)
        try:
            assert probed.says(name, "/livez") == 0
        finally:
            child.send_signal(signal.SIGCONT)
    probed.wait_until(200, "/readyz")


def test_without_a_broker_who_works_by_it_is_not_ready_and_everybody_lives(probed):
    settings = probed.platform.settings
    vhost = quote(urlsplit(settings.amqp_uri).path[1:], safe="")
    assert management(settings.rabbitmq_management_uri, "DELETE", f"vhosts/{vhost}").ok
    probed.wait_until(503, "/readyz", ("affairs", "affairs-relay"))
    assert {probed.says(name, "/livez") for name in PROCESSES} == {200}
    assert probed.says("gateway", "/readyz") == 200, "people are told 503 by it, and not by nobody"


HANGING = """
import sys
from services.chassis.core.settings import Settings
from services.chassis.daemons import daemon

class Hanging(daemon.Daemon):
    name = "hanging"

    def round(self):
        print("in hand", flush=True)
        __import__("time").sleep(600)

sys.exit(daemon.main("hanging", lambda settings: Hanging(settings, "affairs"), Settings))
"""


def test_who_has_not_finished_within_the_bound_ends_all_the_same(addresses):
    env = {**environment.complete({}), **addresses, "SHUTDOWN_SECONDS": "1"}
    process = subprocess.Popen([sys.executable, "-c", HANGING], env=env, stdout=subprocess.PIPE, text=True)
    try:
        while "in hand" not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 1
        assert "did not end in time" in process.stdout.read()
    finally:
        process.kill()
