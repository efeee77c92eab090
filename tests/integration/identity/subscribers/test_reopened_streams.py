"""A lost broker has neither streams nor accounts: each department gets its own again, with the password that it has."""

from dataclasses import replace
from urllib.parse import quote

import pytest
from amqp.exceptions import AccessRefused, NotAllowed

from services.chassis.amqp import transport
from services.identity.subscribers.departments.reopen import reopen
from services.identity.subscribers.departments.store import DepartmentStore
from services.identity.subscribers.departments.streams import DepartmentStreams
from tests.integration.identity.subscribers.test_pulling import Puller


def come_in(settings, given):
    uri = replace(settings).amqp_uri
    host = uri.rpartition("@")[2].partition("/")[0]
    reader = f"amqp://{quote(given['user'])}:{quote(given['password'])}@{host}"
    connection = transport.connect(transport.in_virtual_host(reader, given["vhost"]), "reads")
    connection.channel().close()
    transport.close_quietly(connection)


def test_streams_and_every_reader_are_there_again(settings, database):
    Puller(database).department(delivery="stream")
    store, streams = DepartmentStore(database), DepartmentStreams(settings)
    department = store.get("d")
    store.documents.update_one({"_id": "d"}, {"$set": {"readers": ["figures"], "passwords": {"figures": 2}}})
    department = store.get("d")
    for reader in ("", "figures"):
        with pytest.raises((AccessRefused, NotAllowed, OSError)):
            come_in(settings, streams.credentials(department, reader))
    assert reopen(database, streams) == reopen(database, streams) == [department.login]
    for reader in ("", "figures"):
        come_in(settings, streams.credentials(department, reader))
        streams.close_account(department.login_of(reader))
