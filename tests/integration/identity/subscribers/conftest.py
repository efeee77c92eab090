"""Fixtures of what departments receive: a virtual host of their own."""

import secrets
from urllib.parse import quote

import pytest

from services.civic.settings import CivicSettings
from tests.e2e.platform import management


@pytest.fixture
def settings(addresses):
    vhost = f"departments-{secrets.token_hex(4)}"
    yield CivicSettings(
        amqp_uri=addresses["AMQP_URI"],
        rabbitmq_management_uri=addresses["RABBITMQ_MANAGEMENT_URI"],
        departments_vhost=vhost,
        identity_hash_key=b"k" * 32,
    )
    management(addresses["RABBITMQ_MANAGEMENT_URI"], "DELETE", f"vhosts/{quote(vhost)}")
