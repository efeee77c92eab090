"""Accounts of the broker may have any name and any password: in an address they are percent-encoded."""

import secrets
from dataclasses import replace
from urllib.parse import quote, urlsplit

import pytest

from services.chassis.amqp import management, transport
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.subscribers.departments.streams import DepartmentStreams
from tests.integration.identity.subscribers.test_pulling import Puller

PASSWORD = "a@b:/%"
EVERYTHING = {"configure": ".*", "write": ".*", "read": ".*"}


@pytest.fixture
def odd(settings):
    """Settings whose account at the broker has an odd name and an odd password."""
    api, user = settings.rabbitmq_management_uri, f"ops@county/{secrets.token_hex(4)}"
    path = quote(user, safe="")
    management.ask(api, "PUT", f"users/{path}", {"password": PASSWORD, "tags": "administrator"})
    management.ask(api, "PUT", f"permissions/%2F/{path}", EVERYTHING)

    def as_odd(uri: str) -> str:
        parts = urlsplit(uri)
        host = parts.netloc.rpartition("@")[2]
        return parts._replace(netloc=f"{path}:{quote(PASSWORD, safe='')}@{host}").geturl()

    yield replace(settings, amqp_uri=as_odd(settings.amqp_uri), rabbitmq_management_uri=as_odd(api))
    management.ask(api, "DELETE", f"users/{path}")


def test_the_broker_takes_an_odd_password(odd):
    transport.close_quietly(transport.connect(odd.amqp_uri, "odd"))


def test_a_departments_stream_is_made_and_read_with_an_odd_password(odd, database):
    Puller(database).department(delivery="stream")
    department = DepartmentStore(database).get("d")
    streams = DepartmentStreams(odd)
    streams.provision(department)
    given = streams.credentials(department)
    reader = f"amqp://{quote(given['user'])}:{given['password']}@{given['host']}:{given['port']}"
    connection = transport.connect(transport.in_virtual_host(reader, given["vhost"]), "reads")
    transport.close_quietly(connection)
    # the platform itself may write there, under its odd name
    own = transport.connect(transport.in_virtual_host(odd.amqp_uri, given["vhost"]), "writes")
    own.channel().queue_declare(given["stream"], passive=True)
    transport.close_quietly(own)
    streams.close_account(given["user"])
