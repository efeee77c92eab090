"""The whole platform where broker and database speak TLS and each process has a user of its own: the story holds there too."""

from urllib.parse import urlsplit

import pytest
from pymongo import MongoClient

from services.chassis.operations import database_users
from services.chassis.operations.places import service_names
from services.civic.settings import CivicSettings
from tests.certificates import make_authority
from tests.e2e.platform import Platform
from tests.own_mongod import OwnMongod
from tests.tls import tls_in_front_of


class AsOwnUsers(Platform):
    """Each process comes in as its service's own user; what is run once as `declare`, and the gateway not at all."""

    users: dict[str, str]

    def env_of(self, process: str) -> dict[str, str]:
        user = self.users.get(process.partition("-")[0], "mongodb://nobody.example/")
        return {**self.env, "MONGODB_URI": user}


@pytest.fixture
def platform(addresses, tmp_path):
    authority = make_authority(tmp_path / "both.pem", "localhost")
    mongod = OwnMongod(tmp_path / "mongod", authority)
    broker = urlsplit(addresses["AMQP_URI"])
    with tls_in_front_of(broker.port, authority) as port:
        login = broker.netloc.rpartition("@")[0]
        by_tls = broker._replace(
            scheme="amqps", netloc=f"{login}@localhost:{port}", query=f"cacertfile={authority}"
        )
        started = AsOwnUsers(tmp_path / "platform", {**addresses, "AMQP_URI": by_tls.geturl()})
        mongod.start()
        try:
            wanted = database_users.roles(service_names(), started.settings.database_prefix)
            started.users = database_users.addresses(tmp_path / "users", wanted, mongod.uri)
            with MongoClient(mongod.uri) as client:
                for name, may in wanted.items():
                    database_users.make(client, started.users[name], may)
            started.env["MONGODB_URI"] = started.users["declare"]
            started.settings = CivicSettings.from_environment(started.env)
            started.start()
            yield started
        finally:
            started.stop()
            mongod.stop()


def test_the_story_is_told_by_processes_that_reach_their_own_database_only(platform):
    told = platform.run("python", "-m", "deploy.local.story")
    assert "The story is told" in told
    assert "not authorized" not in platform.logs() and "Unauthorized" not in platform.logs()
