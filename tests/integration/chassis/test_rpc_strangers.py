"""Requests from others than our client: nameko's own client, and messages that are no requests."""

import uuid

import amqp
import nameko
import orjson
import pytest
from nameko.exceptions import MalformedRequest, MethodNotFound, RemoteError
from nameko.standalone.rpc import ServiceRpcClient

from services.chassis.amqp import transport
from services.civic.actor import ANONYMOUS, CivicActor


@pytest.fixture(scope="module")
def granary(rpc_start):
    return rpc_start("Granary")


@pytest.fixture
def nameko_client(rpc_settings):
    with nameko.config.patch({"AMQP_URI": rpc_settings.amqp_uri}):
        context = {"actor": CivicActor("n1", "resident").to_wire()}
        with ServiceRpcClient("granary", context_data=context, timeout=20) as client:
            yield client


def test_namekos_own_client_can_call(granary, nameko_client):
    assert nameko_client.echo(text="谷子") == {"text": "谷子", "actor": "n1", "roles": []}


def test_namekos_own_client_gets_errors_that_it_understands(granary, nameko_client):
    with pytest.raises(RemoteError) as caught:
        nameko_client.refuse(kind="Rejected")
    assert caught.value.exc_type == "Rejected"
    assert "sack.refused" in caught.value.value
    with pytest.raises(MethodNotFound):
        nameko_client.burn_down()
    with pytest.raises(MalformedRequest):
        nameko_client.echo("positional")


@pytest.fixture
def raw(rpc_settings):
    """Send a message as it is and give the decoded answer."""
    connection = transport.connect(rpc_settings.amqp_uri, "stranger")
    channel = connection.channel()
    channel.auto_decode = False
    answers = []
    queue = channel.queue_declare(exclusive=True).queue
    channel.queue_bind(queue, "nameko-rpc", queue)
    channel.basic_consume(queue, no_ack=True, callback=answers.append)

    def send(body, route="granary.echo", **properties):
        mark = uuid.uuid4().hex
        given = {"content_type": "application/json", **properties, "reply_to": queue, "correlation_id": mark}
        channel.basic_publish(amqp.Message(body, **given), "nameko-rpc", route)
        for _ in range(6):
            if answers:
                break
            transport.drain(connection)
        answer = answers.pop()
        assert answer.properties["correlation_id"] == mark
        return orjson.loads(answer.body)

    yield send
    connection.close()


DEEP = b'{"args":[],"kwargs":' + b'{"a":' * 2000 + b"1" + b"}" * 2001


@pytest.mark.parametrize(
    ("body", "properties"),
    [
        (b"", {}),
        (b"\xff\xfe", {}),
        (b"[]", {}),
        (b'{"args": []}', {}),
        (b'{"args":[1],"kwargs":{}}', {}),
        (b'{"args":[],"kwargs":[]}', {}),
        (DEEP, {}),
        (b'{"args":[],"kwargs":{"text":"a"}}', {"content_type": "text/plain"}),
        (b'{"args":[],"kwargs":{"text":"a"}}', {"application_headers": {"nameko.actor": "root"}}),
        (b'{"args":[],"kwargs":{"text":"a"}}', {"application_headers": {"nameko.actor": "[]"}}),
        (b'{"args":[],"kwargs":{"text":"a"}}', {"application_headers": {"nameko.actor": '{"id": "x"}'}}),
        (b'{"args":[],"kwargs":{"text":"a"}}', {"application_headers": {"nameko.actor": {"id": "x"}}}),
    ],
    ids=[
        "nothing",
        "not text",
        "a list",
        "half a payload",
        "positional",
        "kwargs a list",
        "too deep",
        "another content type",
        "an actor that is text",
        "an actor that is a list",
        "half an actor",
        "half an actor in an AMQP table",
    ],
)
def test_what_is_no_request_gets_an_error_answer_and_others_flow(granary, raw, rpc_client, body, properties):
    error = raw(body, **properties)["error"]
    assert (error["kind"], error["code"]) == ("Invalid", "rpc.malformed_request")
    assert rpc_client.call("granary", "echo", {"text": "a"}, ANONYMOUS)["text"] == "a"


def test_a_request_without_reply_address_is_done_and_harms_nobody(
    granary, rpc_settings, rpc_times, rpc_until
):
    mark = uuid.uuid4().hex
    connection = transport.connect(rpc_settings.amqp_uri, "stranger")
    body = orjson.dumps({"args": [], "kwargs": {"seconds": 0, "mark": mark}})
    message = amqp.Message(body, content_type="application/json")
    connection.channel().basic_publish(message, "nameko-rpc", "granary.nap")
    rpc_until(lambda: rpc_times(mark) == 1)
    connection.close()


def test_the_queue_of_requests_is_durable_and_bounded(granary, rpc_management, rpc_vhost):
    queue = rpc_management.ask("GET", f"queues/{rpc_vhost}/rpc-granary").json()
    assert queue["durable"] is True
    assert queue["arguments"]["x-overflow"] == "reject-publish"
    assert queue["arguments"]["x-max-length"] > 0


def test_nothing_that_was_sent_here_is_left_unacknowledged(granary, raw, rpc_settings):
    raw(b"\xff\xfe")
    raw(b'{"args":[],"kwargs":{}}', route="granary.nosuch")
    assert granary.stop() == 0
    connection = transport.connect(rpc_settings.amqp_uri, "stranger")
    assert connection.channel().queue_declare("rpc-granary", passive=True).message_count == 0
    connection.close()
