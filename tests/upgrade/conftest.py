"""One upgrade, done once for all tests here: the released version works, the new one is declared beside it and takes over."""

from dataclasses import dataclass, field

import pytest

from deploy.local.folders import PROJECT
from deploy.local.story.person import Person
from tests.upgrade.versions import TwoVersions, unpacked
from tests.upgrade.village import Village

AT_THE_EDGE = frozenset(
    (
        "payment-simulator",
        "sms-simulator",
        "register-simulator",
        "wechat-simulator",
        "identity-messages",
        "identity-webhooks",
    )
)
"""Processes of the released version that nothing here has to do with; each costs seconds to start."""
SERVICES = ("identity", "affairs", "market", "integrity")
LOOKS, TOLD = ("identity", "disclosures"), ("identity", "department_disclosures")


@dataclass
class Upgrade:
    """What was there before the upgrade and while both versions were: documents by id, by service and collection."""

    platform: TwoVersions
    village: Village
    read: dict[str, object] = field(default_factory=dict)
    declared: str = ""
    beside: dict[tuple[str, str], dict] = field(default_factory=dict)
    late: Person | None = None
    kept: dict[tuple[str, str], dict] = field(default_factory=dict)

    def documents(self) -> dict[tuple[str, str], dict]:
        """Give every document as it is now."""
        found = {}
        for service in SERVICES:
            database = self.platform.database(service)
            for name in database.list_collection_names():
                found[service, name] = {one["_id"]: one for one in database[name].find()}
        return found


@pytest.fixture(scope="session")
def upgrade(addresses, tmp_path_factory) -> Upgrade:
    """The platform after the upgrade, everything of the new version running."""
    platform = TwoVersions(tmp_path_factory.mktemp("upgrade"), addresses)
    released = unpacked("v0.1.0", tmp_path_factory.mktemp("released"))
    try:
        platform.tree, platform.spared = released, AT_THE_EDGE
        platform.start()
        done = Upgrade(platform, Village(platform))
        done.read = done.village.reads()
        platform.tree, platform.spared = PROJECT, frozenset()
        done.declared = platform.run("python", "-m", "services.chassis.runtime.declare")
        done.beside = done.documents()
        old_processes_go_on(done)
        platform.end()
        done.kept = done.documents()
        platform.start()
        yield done
    finally:
        platform.stop()


def old_processes_go_on(done: Upgrade) -> None:
    """Let the released version note what went to a department, and then write what its relays do not send any more."""
    village = done.village
    done.late, _ = village.registered()
    village.certify(done.late)
    done.platform.end(*(f"{service}-relay" for service in SERVICES))
    village.registered()
    village.offered()
