"""Broker and its management API by TLS: known by a certificate of a private authority that names the host, and by no other."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
import requests

from services.chassis.amqp import management, transport
from services.chassis.amqp.publishing import ConfirmingChannel, Outgoing
from services.chassis.core.settings import Settings, WrongSetting
from tests.certificates import make_authority
from tests.tls import tls_in_front_of

RPC_LIKE = """
import {hub}
{patch}
import sys
from services.chassis.amqp import transport
connection = transport.connect(sys.argv[1], "tls")
connection.channel().close()
print("in")
transport.close_quietly(connection)
"""
HUBS = {"eventlet": "eventlet.monkey_patch()", "gevent.monkey": "gevent.monkey.patch_all()"}


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """Signs for localhost."""
    return make_authority(tmp_path_factory.mktemp("tls") / "both.pem", "localhost")


@pytest.fixture(scope="module")
def foreign(tmp_path_factory):
    """Signs for localhost too, and nobody here believes it."""
    return make_authority(tmp_path_factory.mktemp("foreign") / "both.pem", "localhost")


@pytest.fixture(scope="module")
def lines(addresses, authority):
    """The ports at which broker and management API speak TLS."""
    ports = [urlsplit(addresses[name]).port for name in ("AMQP_URI", "RABBITMQ_MANAGEMENT_URI")]
    with tls_in_front_of(ports[0], authority) as broker, tls_in_front_of(ports[1], authority) as api:
        yield broker, api


def by_tls(uri: str, host: str, port: int, believed=None) -> str:
    parts = urlsplit(uri)
    netloc = f"{parts.netloc.rpartition('@')[0]}@{host}:{port}"
    query = f"cacertfile={believed}" if believed else ""
    return parts._replace(scheme=f"{parts.scheme}s", netloc=netloc, query=query).geturl()


WRONG = {
    "another host": ("127.0.0.1", "authority"),
    "foreign": ("localhost", "foreign"),
    "unknown": ("localhost", None),
}


@pytest.fixture(params=WRONG, ids=str)
def wrong(request, authority, foreign):
    host, believed = WRONG[request.param]
    return host, {"authority": authority, "foreign": foreign}.get(believed)


def test_the_broker_of_a_private_authority_is_believed_and_carries_more_than_one_tls_record(
    addresses, authority, lines
):
    connection = transport.connect(by_tls(addresses["AMQP_URI"], "localhost", lines[0], authority), "tls")
    try:
        channel = ConfirmingChannel(connection)
        queue = channel.channel.queue_declare("", exclusive=True).queue
        told = [Outgoing("", queue, bytes([n]) * 30_000, {"message_id": str(n)}) for n in range(20)]
        assert channel.publish(told) == {}
        came = []
        channel.channel.basic_consume(queue, no_ack=True, callback=came.append)
        while len(came) < len(told):
            transport.drain(connection, 10)
        assert [one.body for one in came] == [one.body for one in told]
        # what TLS has decrypted and not given yet shows on no socket, and is there all the same
        channel.tend()
    finally:
        transport.close_quietly(connection)


def test_a_broker_that_cannot_prove_its_name_is_refused(addresses, lines, wrong):
    host, believed = wrong
    with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
        transport.connect(by_tls(addresses["AMQP_URI"], host, lines[0], believed), "tls")


@pytest.mark.parametrize("hub", HUBS)
def test_the_same_holds_in_services_and_in_the_gateway(addresses, authority, lines, hub):
    program = RPC_LIKE.format(hub=hub, patch=HUBS[hub])

    def run(host: str) -> subprocess.CompletedProcess:
        uri = by_tls(addresses["AMQP_URI"], host, lines[0], authority)
        return subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program, uri],
            env=os.environ | {"PYTHONPATH": "."},
            capture_output=True,
            text=True,
            timeout=60,
        )

    assert run("localhost").stdout == "in\n"
    refused = run("127.0.0.1")
    assert refused.returncode != 0 and "CERTIFICATE_VERIFY_FAILED" in refused.stderr


def test_the_management_api_is_believed_and_refused_in_the_same_way(addresses, authority, lines):
    uri = addresses["RABBITMQ_MANAGEMENT_URI"]
    good = by_tls(uri, "localhost", lines[1], authority)
    assert management.ask(good, "GET", "whoami").status_code == 200
    assert management.queues(Settings(rabbitmq_management_uri=good), "no-such-host") == []


def test_a_management_api_that_cannot_prove_its_name_is_refused(addresses, lines, wrong):
    host, believed = wrong
    with pytest.raises(requests.exceptions.SSLError):
        management.ask(
            by_tls(addresses["RABBITMQ_MANAGEMENT_URI"], host, lines[1], believed), "GET", "whoami"
        )


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("AMQP_URI", "amqps://broker?cacertfile=/no/such.pem"),
        ("RABBITMQ_MANAGEMENT_URI", "https://broker:15671?cacertfile=/no/such.pem"),
        ("MONGODB_URI", "mongodb://database/?tls=true&tlsCAFile=/no/such.pem"),
    ],
)
def test_an_authority_that_is_not_there_is_named_at_the_start(name, uri):
    with pytest.raises(WrongSetting, match=f"^{name}: .* cannot be read"):
        Settings.from_environment({name: uri})
