"""A node of the broker goes and comes back: requests find the spare queue meanwhile, and nobody waits for the node."""

from urllib.parse import urlsplit

import pytest

from deploy.k8s.rehearse.brokers import Nodes
from services.chassis.core.errors import Unavailable
from services.civic.actor import CivicActor
from tests.integration.chassis.conftest import Line, Management

ACTOR = CivicActor("n1", "resident")


@pytest.fixture(scope="module")
def nodes(tmp_path_factory):
    made = Nodes(tmp_path_factory.mktemp("nodes"))
    try:
        made.start()
        yield made
    finally:
        made.stop_all()


@pytest.fixture
def line(nodes):
    """What stands between the service and the nodes, as a load balancer does."""
    line = Line(nodes.brokers[0].amqp_uri)
    line.lay()
    yield line
    line.cut()


def asked(client, text: str):
    """Give what the granary says, None while it cannot be reached."""
    try:
        return client.call("granary", "echo", {"text": text}, ACTOR, timeout=5)["text"]
    except Unavailable:
        return None


def consumers(node, queue: str) -> int:
    """Give how many consume a queue, as a node that runs sees it."""
    found = Management(node.management_uri).ask("GET", f"queues/%2F/{queue}")
    return found.json().get("consumers", 0) if found.ok else 0


def test_requests_are_answered_while_the_queues_node_is_away_and_after_it_is_back(
    nodes, line, rpc_start, rpc_make_client, rpc_until
):
    home, other, _ = nodes.brokers
    rpc_start("Granary", amqp_uri=line.uri)
    client = rpc_make_client(amqp_uri=other.amqp_uri)
    rpc_until(lambda: asked(client, "小麦") == "小麦")
    for queue in ("rpc-granary", "rpc-granary.spare"):
        rpc_until(lambda queue=queue: consumers(home, queue) == 1)
    line.target = "127.0.0.1", urlsplit(other.amqp_uri).port
    nodes.stop(0)
    rpc_until(lambda: asked(client, "水稻") == "水稻")
    nodes.begin(0)
    rpc_until(lambda: consumers(home, "rpc-granary") == 1)
    assert asked(client, "玉米") == "玉米"


def test_a_service_that_is_not_there_is_told_at_once(nodes, rpc_make_client):
    client = rpc_make_client(amqp_uri=nodes.brokers[1].amqp_uri)
    with pytest.raises(Unavailable) as caught:
        client.call("nobody", "echo", {"text": "x"}, ACTOR, timeout=20)
    assert (caught.value.code, caught.value.detail["service"]) == ("rpc.no_service", "nobody")
